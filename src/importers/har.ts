/** HAR 1.2, as browsers save it: WebSocket messages (Chrome's `_webSocketMessages`), and SDP over HTTP. */
import { RenegoError } from '../core/errors.ts';
import type { Draft, SessionHeader, SignalEvent } from '../core/event.ts';
import { createHttpDecoder, type HttpDecoded } from '../protocols/recogniser/http.ts';
import { type HttpExchange, mayMatter, signalingAmong } from '../protocols/recogniser/http-exchange.ts';
import { isObject } from '../session/lines.ts';
import { type CapturedFrame, readFrame } from './frame.ts';
import { decodeFrames, SERVER } from './frames/lanes.ts';
import { readExchange } from './har/exchange.ts';
import { inOrder, type Ordered, orderOf } from './har/order.ts';
import { readOwnEvent, readOwnExchange, readOwnHeader, readOwnMessage } from './har/own.ts';
import { type Importer, type NumberedDraft, type Put, type Reading, startOf } from './importer.ts';
import { createJsonReader } from './json-stream.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The lane of the browser that was recorded. */
const CLIENT = 'client';

const EXAMPLE = JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    entries: [
      {
        startedDateTime: '2026-11-21T07:47:26.064Z',
        request: { method: 'GET', url: 'ws://127.0.0.1:8080/' },
        response: { status: 101 },
        _resourceType: 'websocket',
        _webSocketMessages: [
          { type: 'send', time: 1795247246.07, opcode: 1, data: '{"type":"offer","sdp":"v=0\\r\\n"}' },
          { type: 'receive', time: 1795247246.09, opcode: 1, data: '{"type":"answer","sdp":"v=0\\r\\n"}' },
        ],
      },
    ],
  },
});

export const har: Importer = {
  name: 'har',
  title: 'HAR',
  sniff(head) {
    if (!/^\ufeff?\s*\{\s*"log"\s*:\s*\{/.test(head)) return 0;
    return /"(?:entries|creator|pages)"\s*:/.test(head) ? 0.98 : 0.5;
  },
  open: openHar,
  example: EXAMPLE,
};

/** Entries are looked at one by one; of those without signaling nothing is kept. */
function openHar(put: Put): Reading {
  const sockets: Happening[] = [];
  const exchanges = new Map<HttpExchange, Timing>();
  let [listed, links] = [false, 0];
  /** What was written as this HAR, where it was renego. */
  let own: SessionHeader | undefined;
  let header: Partial<SessionHeader> = {};

  const reader = createJsonReader({
    want: ([log, entries, ...rest]) => {
      if (log === undefined || (log === 'log' && entries === undefined)) return 'enter';
      if (log === 'log' && entries === '_session') return 'take';
      if (log === 'log' && entries === '_events') return rest.length === 0 ? 'enter' : 'take';
      if (log !== 'log' || entries !== 'entries') return 'skip';
      listed = true;
      return rest.length === 0 ? 'enter' : 'take';
    },
    take([, list], entry) {
      if (!isObject(entry)) return;
      if (list === '_session') {
        own = readOwnHeader(entry);
        return;
      }
      if (list === '_events') {
        const event = readOwnEvent(entry);
        if (own !== undefined && event !== undefined) sockets.push(restored(event, own));
        return;
      }
      if (isSocket(entry)) {
        links += 1;
        for (const one of socketHappenings(entry, `ws${links}`, own)) sockets.push(one);
        return;
      }
      const known = own && readOwnExchange(entry);
      if (own !== undefined && known !== undefined) {
        for (const event of known) sockets.push(restored(event, own));
        return;
      }
      const exchange = readExchange(entry);
      if (exchange !== undefined && mayMatter(exchange)) exchanges.set(exchange, timingOf(entry));
    },
  });
  return {
    write: reader.write,
    end() {
      const problem = reader.end();
      if (!listed && problem === undefined)
        throw new RenegoError('input', 'INPUT_UNREADABLE', 'The HAR has no list of entries (log.entries).');
      const happenings = inOrder([...sockets, ...httpHappenings(exchanges)]);
      if (happenings.length === 0 && problem === undefined) throw nothingIn();
      const start = own === undefined ? startOf(happenings.map(({ t }) => t)) : beganAt(own);
      const drafts = draftsOf(happenings, start.epoch, own !== undefined);
      header = own ?? { startedAt: start.startedAt, ...urlOf(drafts) };
      for (const draft of drafts) put(draft);
      if (problem !== undefined) put(problem);
    },
    header: () => header,
  };
}

function nothingIn(): RenegoError {
  return new RenegoError(
    'input',
    'INPUT_UNREADABLE',
    'The HAR holds neither WebSocket messages nor SDP over HTTP.',
    'Open the developer tools before the page connects, and save the HAR with content.',
  );
}

type Happening = Ordered &
  (
    | { readonly draft: Draft }
    | { readonly event: SignalEvent }
    | { readonly frame: CapturedFrame }
    | { readonly exchange: HttpExchange; readonly part: 'request' | 'response' }
  );

/** When an exchange began, how long it took, and the order of its request and response. */
interface Timing {
  readonly sent: number;
  readonly took: number;
  readonly orders: readonly [number | undefined, number | undefined];
}

function timingOf(entry: JsonObject): Timing {
  const { time, request, response } = entry;
  return {
    sent: startedAt(entry),
    took: typeof time === 'number' && time > 0 ? time : 0,
    orders: [orderOf(request), orderOf(response)],
  };
}

function httpHappenings(exchanges: ReadonlyMap<HttpExchange, Timing>): Happening[] {
  return signalingAmong([...exchanges.keys()]).flatMap((exchange): Happening[] => {
    const { sent, took, orders } = exchanges.get(exchange) ?? { sent: 0, took: 0, orders: [undefined, undefined] };
    const request = { t: sent, order: orders[0], exchange, part: 'request' as const };
    const response = { t: sent + took, order: orders[1], exchange, part: 'response' as const };
    return exchange.status === 0 ? [request] : [request, response];
  });
}

function isSocket(entry: JsonObject): boolean {
  return Array.isArray(entry._webSocketMessages) || entry._resourceType === 'websocket';
}

const beganAt = ({ startedAt }: SessionHeader): { startedAt: string; epoch: number } => ({
  startedAt,
  epoch: Date.parse(startedAt),
});

const restored = (event: SignalEvent, own: SessionHeader): Happening => ({
  ...{ t: beganAt(own).epoch + event.t, order: event.seq, event },
});

/** Of a HAR of ours that a connection was opened is told by an event of its own. */
function socketHappenings(entry: JsonObject, link: string, own: SessionHeader | undefined): Happening[] {
  const { url } = isObject(entry.request) ? entry.request : {};
  const { status, _error: failure } = isObject(entry.response) ? entry.response : {};
  const refused = typeof status === 'number' && status !== 101;
  const reason = typeof failure === 'string' ? failure : refused ? `HTTP ${status}` : undefined;
  const opened: Draft = {
    ...{ from: CLIENT, to: SERVER, link, kind: 'link', change: refused ? 'error' : 'open' },
    ...(typeof url === 'string' && { url }),
    ...(refused && reason !== undefined && { reason }),
  };
  const began = startedAt(entry);
  const messages = Array.isArray(entry._webSocketMessages) ? entry._webSocketMessages.filter(isObject) : [];
  let t = began;
  const frames = messages.flatMap((message): Happening[] => {
    if (typeof message.time === 'number' && Number.isFinite(message.time)) t = message.time * 1000;
    const event = readOwnMessage(message._event, message.data);
    if (own !== undefined && event !== undefined) return [restored(event, own)];
    const frame = frameOf(message, link, t);
    return frame === undefined ? [] : [{ t, order: orderOf(message), frame }];
  });
  if (own !== undefined) return frames;
  const order = orderOf(entry) ?? frames[0]?.order;
  return [{ t: Math.min(began, frames[0]?.t ?? began), order, draft: opened }, ...frames];
}

const DIRECTIONS: ReadonlyMap<unknown, string> = new Map([
  ['send', 'c2s'],
  ['receive', 's2c'],
]);

/** Text is opcode 1, binary (in base64) opcode 2 (RFC 6455 5.2). Anything else, such as an error, is no frame. */
function frameOf({ type, opcode, data }: JsonObject, conn: string, t: number): CapturedFrame | undefined {
  const dir = DIRECTIONS.get(type);
  if (dir === undefined || (opcode !== 1 && opcode !== 2)) return undefined;
  return readFrame({ t, dir, conn, opcode: opcode === 2 ? 'binary' : 'text', data });
}

function startedAt({ startedDateTime }: JsonObject): number {
  const t = typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : Number.NaN;
  return Number.isFinite(t) ? t : 0;
}

/** `own`: numbers are those of the session that was written. */
function draftsOf(happenings: readonly Happening[], epoch: number, own: boolean): NumberedDraft[] {
  const frames = happenings.flatMap((one, i) => ('frame' in one ? [{ ...one.frame, number: i + 1 }] : []));
  const messages = new Map(decodeFrames(frames, CLIENT).map((draft) => [draft.seq, draft]));
  const http = createHttpDecoder(CLIENT, SERVER, true);
  const numbers = new Map<HttpExchange, number>();
  const numberOf = (exchange: HttpExchange): number => {
    const number = numbers.get(exchange) ?? numbers.size + 1;
    numbers.set(exchange, number);
    return number;
  };
  return happenings.flatMap((one, i): NumberedDraft[] => {
    const seq = i + 1;
    if ('event' in one) return [one.event];
    const draft =
      'draft' in one
        ? one.draft
        : 'exchange' in one
          ? httpDraft(one.part, one.exchange, http[one.part](one.exchange), numberOf(one.exchange))
          : messages.get(seq);
    return draft === undefined ? [] : [{ ...draft, seq: own ? (one.order ?? seq) : seq, t: one.t - epoch }];
  });
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

/** The first address, for the header. */
function urlOf(drafts: readonly Draft[]): { url?: string } {
  const link = drafts.find((draft) => draft.kind === 'link');
  return link?.kind === 'link' && link.url !== undefined ? { url: link.url } : {};
}
