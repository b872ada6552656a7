/** A session as HAR 1.2: WebSocket messages as Chrome writes them (`_webSocketMessages`), and HTTP exchanges. */
import type { SessionHeader, Signal, SignalEvent } from '../../core/event.ts';

type Message = Extract<SignalEvent, { kind: 'message' }>;
type HttpSignal = Extract<Signal, { method: string }>;

/** Which side of a connection the browser is: whoever opened it, else whoever is not called a server. */
const SERVERS = /^(?:server|sfu|janus|upstream)\b/;

export function writeHar(header: SessionHeader, events: readonly SignalEvent[]): string {
  const began = Date.parse(header.startedAt) || 0;
  const messages = events.filter((event): event is Message => event.kind === 'message');
  const http = messages.filter(isHttp);
  const sockets = new Map<string, Message[]>();
  for (const message of messages) {
    if (isHttp(message)) continue;
    const link = message.link ?? '';
    const list = sockets.get(link);
    if (list === undefined) sockets.set(link, [message]);
    else list.push(message);
  }
  const entries = [
    ...[...sockets].map(([link, list]) => socketEntry(link, list, { header, events, began })),
    ...exchanges(http, header, began),
  ];
  const creator = { name: 'renego', version: header.tool.replace(/^renego /, '') };
  return `${JSON.stringify({ log: { version: '1.2', creator, pages: [], entries } }, null, 1)}\n`;
}

interface Whole {
  readonly header: SessionHeader;
  readonly events: readonly SignalEvent[];
  /** Milliseconds since 1970. */
  readonly began: number;
}

function socketEntry(link: string, messages: readonly Message[], { header, events, began }: Whole): object {
  const opened = events.find((event) => event.kind === 'link' && (event.link ?? '') === link);
  const client = opened?.from ?? clientAmong(messages);
  const url = (opened?.kind === 'link' ? opened.url : undefined) ?? header.url ?? 'ws://unknown.invalid/';
  return {
    ...entryOf(began + (opened?.t ?? messages[0]?.t ?? 0), 0),
    request: request('GET', url, {}, undefined),
    response: response(101, {}, ''),
    _resourceType: 'websocket',
    _webSocketMessages: messages.map(({ from, dir, t, encoding, raw }) => ({
      type: (dir === undefined ? from === client || !SERVERS.test(from) : dir === 'c2s') ? 'send' : 'receive',
      time: (began + t) / 1000,
      opcode: encoding === 'text' ? 1 : 2,
      data: raw,
    })),
  };
}

function clientAmong(messages: readonly Message[]): string | undefined {
  return messages.flatMap(({ from, to }) => [from, to]).find((party) => !SERVERS.test(party));
}

function httpOf({ signals }: Message): HttpSignal | undefined {
  return signals.find(
    (signal): signal is HttpSignal =>
      (signal.type === 'request' || signal.type === 'response') &&
      /^(?:GET|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(signal.method),
  );
}

const isHttp = (message: Message): boolean => message.http !== undefined || httpOf(message) !== undefined;

/** What one exchange carried; a body of Engine.IO holds several messages. */
interface Exchange {
  readonly asked: Message[];
  readonly answered: Message[];
}

/** By the exchange they name; else requests with the next response of the same method and peer connection. */
function exchanges(messages: readonly Message[], header: SessionHeader, began: number): readonly object[] {
  const named = new Map<string, Exchange>();
  const unnamed: Exchange[] = [];
  for (const message of messages) {
    if (message.http === undefined) {
      pair(message, unnamed);
      continue;
    }
    const { exchange, status } = message.http;
    const one = named.get(exchange) ?? { asked: [], answered: [] };
    named.set(exchange, one);
    (status === undefined ? one.asked : one.answered).push(message);
  }
  return [...named.values(), ...unnamed].flatMap((one) => exchangeEntry(one, header, began));
}

function pair(message: Message, all: Exchange[]): void {
  const signal = httpOf(message);
  if (signal?.type === 'request') all.push({ asked: [message], answered: [] });
  else
    all
      .find(({ asked, answered }) => {
        const request = asked[0] && httpOf(asked[0]);
        return answered.length === 0 && request?.method === signal?.method && request?.pc === signal?.pc;
      })
      ?.answered.push(message);
}

function exchangeEntry({ asked, answered }: Exchange, header: SessionHeader, began: number): object[] {
  const first = asked[0] ?? answered[0];
  if (first === undefined) return [];
  const [sent, back] = [asked[0], answered[0]];
  const { method = httpOf(first)?.method ?? 'GET', url = header.url ?? 'http://unknown.invalid/' } = first.http ?? {};
  const status = back?.http?.status ?? (back && httpOf(back)?.status) ?? 0;
  return [
    {
      ...entryOf(began + first.t, back === undefined ? 0 : back.t - first.t),
      request: request(method, url, sent ? headersOf(sent) : {}, bodyOf(asked)),
      response: response(status, back ? headersOf(back) : {}, bodyOf(answered)),
    },
  ];
}

/** Messages of one body are parted as Engine.IO 4 does. */
const bodyOf = (messages: readonly Message[]): string => messages.map(({ raw }) => raw).join('\x1e');

const headersOf = (message: Message): Readonly<Record<string, string>> =>
  httpOf(message)?.headers ?? message.http?.headers ?? {};

const entryOf = (at: number, took: number): object => ({
  startedDateTime: new Date(at).toISOString(),
  time: took,
  cache: {},
  timings: { send: 0, wait: took, receive: 0 },
});

const list = (headers: Readonly<Record<string, string>>): object[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

function request(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): object {
  const post =
    body === undefined || body === '' ? {} : { postData: { mimeType: headers['content-type'] ?? '', text: body } };
  return {
    ...{ method, url, httpVersion: 'HTTP/1.1', cookies: [], headers: list(headers), queryString: [] },
    ...post,
    ...{ headersSize: -1, bodySize: body?.length ?? 0 },
  };
}

function response(status: number, headers: Readonly<Record<string, string>>, body: string): object {
  return {
    ...{ status, statusText: '', httpVersion: 'HTTP/1.1', cookies: [], headers: list(headers), redirectURL: '' },
    content: { size: body.length, mimeType: headers['content-type'] ?? '', text: body },
    ...{ headersSize: -1, bodySize: body.length },
  };
}
