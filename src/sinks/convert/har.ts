/** A session as HAR 1.2: WebSocket messages as Chrome writes them (`_webSocketMessages`), and HTTP exchanges. */
import type { SessionHeader, Signal, SignalEvent } from '../../core/event.ts';

type Message = Extract<SignalEvent, { kind: 'message' }>;
type HttpSignal = Extract<Signal, { method: string }>;

/** Which side of a connection the browser is: whoever opened it, else whoever is not called a server. */
const SERVERS = /^(?:server|sfu|janus|upstream)\b/;

export function writeHar(header: SessionHeader, events: readonly SignalEvent[]): string {
  const began = Date.parse(header.startedAt) || 0;
  const messages = events.filter((event): event is Message => event.kind === 'message');
  const http = messages.filter((message) => httpOf(message) !== undefined);
  const sockets = new Map<string, Message[]>();
  for (const message of messages) {
    if (httpOf(message) !== undefined) continue;
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
    _webSocketMessages: messages.map(({ from, t, encoding, raw }) => ({
      type: from === client || !SERVERS.test(from) ? 'send' : 'receive',
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

/** Requests with the next response of the same method and peer connection. */
function exchanges(messages: readonly Message[], header: SessionHeader, began: number): readonly object[] {
  const left = [...messages];
  const entries: object[] = [];
  for (let sent: Message | undefined = left.shift(); sent !== undefined; sent = left.shift()) {
    const asked: HttpSignal | undefined = httpOf(sent);
    if (asked?.type !== 'request') continue;
    const index = left.findIndex((other) => {
      const answered = httpOf(other);
      return answered?.type === 'response' && answered.method === asked.method && answered.pc === asked.pc;
    });
    const back: Message | undefined = index < 0 ? undefined : left.splice(index, 1)[0];
    const answered = back && httpOf(back);
    entries.push({
      ...entryOf(began + sent.t, back === undefined ? 0 : back.t - sent.t),
      request: request(asked.method, header.url ?? 'http://unknown.invalid/', asked.headers ?? {}, sent.raw),
      response: response(answered?.status ?? 0, answered?.headers ?? {}, back?.raw ?? ''),
    });
  }
  return entries;
}

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
