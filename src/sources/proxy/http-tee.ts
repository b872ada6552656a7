/** What an HTTP exchange says about the negotiation, read from copies of its bodies after they went on. */
import type { IncomingMessage } from 'node:http';
import type { Draft, PartyId, Signal } from '../../core/event.ts';
import { carriageOf } from '../../protocols/http.ts';
import type { HttpHead, Protocol } from '../../protocols/protocol.ts';
import type { Memory } from '../../protocols/recogniser/decoder.ts';
import { createEventStream } from '../server-sent-events.ts';
import { copyBody, mediaType } from './body.ts';
import type { MessageDraft } from './intervention.ts';
import type { Lanes } from './lanes.ts';
import type { Later } from './later.ts';
import { createReader, type Reader, SERVER, type Tries } from './reader.ts';

export interface Tee {
  request(request: IncomingMessage): void;
  response(answer: IncomingMessage): void;
  failed(why: string): void;
}

export interface HttpTee {
  /** What looks at one exchange. */
  of(request: IncomingMessage): Tee;
  /** Those of all clients that were seen, the newest last. */
  readers(): Iterable<Reader>;
}

export interface HttpCommon {
  /** `https://example.org` */
  readonly origin: string;
  readonly lanes: Lanes;
  readonly later: Later;
  readonly tell: (draft: Draft) => number | undefined;
  readonly protocol?: Protocol;
  readonly memory: Memory;
  readonly tries: Tries;
}

/** Makes the copies of all exchanges of a proxy, which remembers who is who and which addresses are sessions. */
export function createHttpTee(common: HttpCommon): HttpTee {
  const { origin, lanes, later, tell, memory, tries } = common;
  /** One reader a client: what it has seen of one request explains the next. */
  const readers = createBook<Reader>();
  /** Paths where a session lives: what WHIP and WHEP answer with in Location. */
  const sessions = createBook<true>();

  let exchanges = 0;
  let handshakes = 0;
  /** Whose it is turns out in the answer. */
  const nextHandshake = () => {
    handshakes += 1;
    return `handshake ${handshakes}`;
  };

  return { of, readers: readers.values };

  function of(request: IncomingMessage): Tee {
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    const url = origin + path;
    exchanges += 1;
    const exchange = String(exchanges);
    const key = engineId(path) ?? (isPolling(path) ? nextHandshake() : machineOf(request));
    let told = false;
    let asked: (() => void) | undefined;
    let telling = isPolling(path) || (sessions.has(pathOf(path)) && /^(?:PATCH|DELETE|POST)$/.test(method));

    function readerOf(party: PartyId, link: string): Reader {
      const named = common.protocol === undefined ? {} : { protocol: common.protocol };
      return (
        readers.get(link) ?? readers.put(link, createReader({ url, client: party, link, memory, tries, ...named }))
      );
    }

    function read(body: Buffer, out: boolean, http: HttpHead): void {
      const { party, link } = lanes.of(key);
      const reader = readerOf(party, link);
      const bodies = isPolling(path) ? packets(body) : [body];
      for (const one of bodies) {
        const draft = reader.read(one, false, out, http);
        tell({ ...named(draft, http, party), http: carriageOf(http, exchange, draft.signals) });
      }
    }

    return {
      request(message) {
        copyBody(message, (body) => {
          const http = { method, url, headers: headersOf(message) };
          asked = () => read(body ?? Buffer.alloc(0), true, http);
          telling ||= body !== undefined && tells(body, message);
          if (telling) later.add(askNow, body?.length ?? 0);
        });
      },
      response(answer) {
        const http = { method, url, status: answer.statusCode ?? 0, headers: headersOf(answer) };
        const say = (body: Buffer) => {
          askNow();
          read(body, false, http);
        };
        if (mediaType(answer) === 'text/event-stream') {
          readStream(answer, (data) => {
            if (tells(data, answer)) later.add(() => say(data), data.length);
          });
          return;
        }
        copyBody(answer, (body) => {
          telling ||= body !== undefined && tells(body, answer);
          if (!telling) return;
          const id = isPolling(path) ? /^0\{.*?"sid":"([^"]+)"/.exec(String(body))?.[1] : undefined;
          if (id !== undefined) lanes.also(id, lanes.of(key));
          const location = answer.headers.location;
          if (location !== undefined) sessions.put(pathOf(location), true);
          later.add(() => say(body ?? Buffer.alloc(0)), body?.length ?? 0);
        });
      },
      failed(why) {
        later.add(() => {
          const from = lanes.of(key).party;
          tell({ from, to: SERVER, kind: 'problem', code: 'PROXY_UNREACHABLE', detail: `${method} ${path}: ${why}` });
        }, 0);
      },
    };

    function askNow(): void {
      if (told) return;
      told = true;
      asked?.();
    }
  }
}

/** Until it is none any more. */
function readStream(answer: IncomingMessage, event: (data: Buffer) => void): void {
  const stream = createEventStream();
  const text = new TextDecoder();
  const read = (chunk: Buffer) => {
    try {
      for (const data of stream.push(text.decode(chunk, { stream: true }))) event(Buffer.from(data));
    } catch {
      answer.off('data', read);
    }
  };
  answer.on('data', read);
}

/** An exchange that means nothing else is called by what it is. */
function named(draft: MessageDraft, http: HttpHead, party: PartyId): MessageDraft {
  const known = draft.signals.some(({ type }) => type !== 'other');
  if (known) return draft;
  const method = `${http.method} ${pathOf(http.url)}`.slice(0, 80);
  const signal: Signal =
    'status' in http
      ? { type: 'response', method, status: http.status, ok: http.status < 400 }
      : { type: 'request', method };
  const [from, to] = 'status' in http ? [SERVER, party] : [party, SERVER];
  return { ...draft, from, to, protocol: draft.protocol === 'unknown' ? 'http' : draft.protocol, signals: [signal] };
}

const SDP_TYPES = /^application\/(?:sdp|trickle-ice-sdpfrag)$/;

function tells(body: Buffer, message: IncomingMessage): boolean {
  return SDP_TYPES.test(mediaType(message)) || body.includes('v=0') || body.includes('candidate:');
}

/** Requests of one program on one machine are taken for one client's. */
const machineOf = ({ socket, headers }: IncomingMessage): string =>
  `${socket.remoteAddress} ${headers['user-agent'] ?? ''}`;

/** Engine.IO, the transport of Socket.IO: one client, many requests with the same id. */
const isPolling = (path: string): boolean => /[?&]EIO=\d/.test(path) && /[?&]transport=polling/.test(path);
export const engineId = (path: string | undefined): string | undefined => /[?&]sid=([^&]+)/.exec(path ?? '')?.[1];

/** Engine.IO 4 sends several packets in one body, with a record separator between them. */
function packets(body: Buffer): Buffer[] {
  return body
    .toString()
    .split('\x1e')
    .map((text) => Buffer.from(text));
}

/** Path without query, also of an absolute address. */
const pathOf = (url: string): string => url.replace(/^\w+:\/\/[^/]*/, '').split(/[?#]/, 1)[0] ?? '';

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => !SECRET.has(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** Credentials are not taken over into the log. */
const SECRET = new Set(['authorization', 'cookie', 'set-cookie', 'proxy-authorization']);

const MOST_REMEMBERED = 1000;

/** A map that forgets its oldest entry when it is full. */
function createBook<T>() {
  const map = new Map<string, T>();
  return {
    get: (key: string) => map.get(key),
    has: (key: string) => map.has(key),
    values: () => map.values(),
    put(key: string, value: T): T {
      map.set(key, value);
      const oldest = map.keys().next().value;
      if (map.size > MOST_REMEMBERED && oldest !== undefined) map.delete(oldest);
      return value;
    },
  };
}
