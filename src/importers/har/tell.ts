/** What a HAR tells, in order, as drafts: read from the spool when it is its turn. */
import type { Draft, SignalEvent } from '../../core/event.ts';
import { createHttpDecoder, type HttpDecoded } from '../../protocols/recogniser/http.ts';
import type { HttpExchange } from '../../protocols/recogniser/http-exchange.ts';
import type { CapturedFrame } from '../frame.ts';
import { AHEAD, createFrameDecoder, SERVER } from '../frames/lanes.ts';
import type { Put, Spool } from '../importer.ts';
import type { Happening } from './happening.ts';
import { CLIENT } from './socket.ts';

export interface Telling {
  readonly epoch: number;
  /** Numbers are those of the session that was written. */
  readonly own: boolean;
  readonly spool: Spool;
  readonly put: Put;
  /** What is wrong with the document. */
  readonly problem: Draft | undefined;
}

/** One at a time. Who is behind a connection, and what is passed on, shows in what comes later: so far is looked ahead. */
export function* tellHappenings(happenings: readonly Happening[], telling: Telling): Generator<void> {
  const { spool, put, problem } = telling;
  const decoder = createFrameDecoder(CLIENT);
  const tell = createTeller(telling, () => decoder.next());
  /** Characters of the frames that are looked at, from `next` on, and wait to be told. */
  let [next, characters] = [0, 0];
  const sizes = new Map<number, number>();

  function advance(): void {
    tell(happenings[next] as Happening, next);
    characters -= sizes.get(next) ?? 0;
    sizes.delete(next);
    next += 1;
  }

  for (const [i, one] of happenings.entries()) {
    if ('frame' in one) {
      const frame = JSON.parse(spool.read(one.frame)) as CapturedFrame;
      decoder.add({ ...frame, t: one.t, number: i + 1 });
      sizes.set(i, frame.data.length);
      characters += frame.data.length;
    }
    while (next <= i && (sizes.size === 0 || sizes.size > AHEAD.frames || characters > AHEAD.characters)) {
      advance();
      yield;
    }
  }
  while (next < happenings.length) {
    advance();
    yield;
  }
  if (problem !== undefined) put(problem);
}

type DecodedFrame = ReturnType<ReturnType<typeof createFrameDecoder>['next']>;

function createTeller({ epoch, own, spool, put }: Telling, decoded: () => DecodedFrame) {
  const http = createHttpDecoder(CLIENT, SERVER, true);
  const numbers = new Map<HttpExchange, number>();

  function numberOf(exchange: HttpExchange): number {
    const number = numbers.get(exchange) ?? numbers.size + 1;
    numbers.set(exchange, number);
    return number;
  }

  function draftOf(one: Exclude<Happening, { readonly event: unknown }>): Draft | undefined {
    if ('draft' in one) return one.draft;
    if ('frame' in one) return decoded();
    const { part, exchange } = one;
    return httpDraft(part, exchange, http[part](exchange), numberOf(exchange));
  }

  return (one: Happening, index: number): void => {
    if ('event' in one) {
      put(JSON.parse(spool.read(one.event)) as SignalEvent);
      return;
    }
    const draft = draftOf(one);
    const seq = own ? (one.order ?? index + 1) : index + 1;
    if (draft !== undefined) put({ ...draft, seq, t: one.t - epoch });
  };
}

function httpDraft(
  part: 'request' | 'response',
  exchange: HttpExchange,
  { protocol, signals }: HttpDecoded,
  number: number,
): Draft {
  const [from, to, dir] = part === 'request' ? ([CLIENT, SERVER, 'c2s'] as const) : ([SERVER, CLIENT, 's2c'] as const);
  const { method, url, status } = exchange;
  const http = { method, url, ...(part === 'response' && { status }), exchange: String(number) };
  const { raw } = exchange[part];
  return { from, to, link: 'http', kind: 'message', dir, protocol, encoding: 'text', raw, signals, http };
}
