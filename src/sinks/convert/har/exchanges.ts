/** HTTP exchanges of a session, each as an entry of a HAR once it is over. */
import type { MessageEvent, SessionHeader, Signal } from '../../../core/event.ts';
import { entryOf, request, response } from './entry.ts';
import { ownEvent } from './own.ts';

type HttpSignal = Extract<Signal, { method: string }>;

/** What one exchange carried; a body of Engine.IO holds several messages. */
interface Exchange {
  readonly asked: MessageEvent[];
  readonly answered: MessageEvent[];
}

export interface Exchanges {
  /** Entries that are whole by now. */
  add(message: MessageEvent): Iterable<string>;
  /** The others. */
  rest(): Iterable<string>;
}

/** Answered exchanges that may still get another message, and exchanges that may still be answered. */
const [SETTLING, OPEN] = [64, 4096];

export function createExchanges(header: SessionHeader, began: number): Exchanges {
  const open = new Map<string, Exchange>();
  let begun = 0;

  /** By the exchange a message names; else a response ends the oldest request of the same method and peer connection. */
  function exchangeOf(message: MessageEvent): Exchange | undefined {
    if (message.http !== undefined) {
      const name = `named ${message.http.exchange}`;
      return open.get(name) ?? begin(name);
    }
    const signal = httpOf(message);
    if (signal?.type === 'request') return begin(`unnamed ${begun}`);
    return [...open.values()].find(({ asked, answered }) => {
      const sent = asked[0] && httpOf(asked[0]);
      return answered.length === 0 && sent?.method === signal?.method && sent?.pc === signal?.pc;
    });
  }

  function begin(name: string): Exchange {
    const exchange = { asked: [], answered: [] };
    begun += 1;
    open.set(name, exchange);
    return exchange;
  }

  function* flush(most: number, all: boolean): Generator<string> {
    for (const [name, exchange] of open) {
      if (open.size <= most) return;
      if (!all && exchange.answered.length === 0) continue;
      open.delete(name);
      yield* exchangeEntry(exchange, header, began);
    }
  }

  return {
    *add(message) {
      const exchange = exchangeOf(message);
      const sent = message.http === undefined ? httpOf(message)?.type === 'request' : message.http.status === undefined;
      (sent ? exchange?.asked : exchange?.answered)?.push(message);
      yield* flush(SETTLING, false);
      yield* flush(OPEN, true);
    },
    rest: () => flush(0, true),
  };
}

function httpOf({ signals }: MessageEvent): HttpSignal | undefined {
  return signals.find(
    (signal): signal is HttpSignal =>
      (signal.type === 'request' || signal.type === 'response') &&
      /^(?:GET|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(signal.method),
  );
}

/** Carried by HTTP. */
export const isHttp = (message: MessageEvent): boolean => message.http !== undefined || httpOf(message) !== undefined;

function exchangeEntry({ asked, answered }: Exchange, header: SessionHeader, began: number): string[] {
  const first = asked[0] ?? answered[0];
  if (first === undefined) return [];
  const [sent, back] = [asked[0], answered[0]];
  const { method = httpOf(first)?.method ?? 'GET', url = header.url ?? 'http://unknown.invalid/' } = first.http ?? {};
  const status = back?.http?.status ?? (back && httpOf(back)?.status) ?? 0;
  const entry = {
    ...entryOf(began + first.t, back === undefined ? 0 : back.t - first.t),
    request: { ...request(method, url, sent ? headersOf(sent) : {}, bodyOf(asked)), ...ownOf(asked) },
    response: { ...response(status, back ? headersOf(back) : {}, bodyOf(answered)), ...ownOf(answered) },
  };
  return [JSON.stringify(entry)];
}

/** In which order they came, and what they were. */
const ownOf = (messages: readonly MessageEvent[]): object =>
  messages[0] === undefined ? {} : { _seq: messages[0].seq, _events: messages.map(ownEvent) };

/** Messages of one body are parted as Engine.IO 4 does. */
const bodyOf = (messages: readonly MessageEvent[]): string => messages.map(({ raw }) => raw).join('\x1e');

const headersOf = (message: MessageEvent): Readonly<Record<string, string>> =>
  httpOf(message)?.headers ?? message.http?.headers ?? {};
