/** What HTTP exchanges say about the negotiation: whose they are, and which messages are in their bodies. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Draft, PartyId, Signal } from '../../core/event.ts';
import { remember } from '../../protocols/bounded.ts';
import { carriageOf } from '../../protocols/http.ts';
import type { HttpHead, Protocol } from '../../protocols/protocol.ts';
import type { Memory } from '../../protocols/recogniser/decoder.ts';
import { ends } from '../../protocols/recogniser/http-exchange.ts';
import { placesOf } from '../../protocols/recogniser/http-url.ts';
import { pathOf } from '../origin-form.ts';
import { createEar } from './ear.ts';
import type { Failure } from './failure.ts';
import { closes, engineId, headersOf, isPolling, localOf, machineOf, packetsOf, sizeOf, tells } from './http-facts.ts';
import type { MessageDraft } from './intervention.ts';
import type { Lane, Lanes } from './lanes.ts';
import { meaning, meaningOf } from './meaning.ts';
import { createPresence } from './presence.ts';
import { createReader, type Reader, SERVER, type Tries } from './reader.ts';

/** A body, or one event of a stream, that is worth telling. */
export interface Reading {
  /** Engine.IO sends several packets in one body. */
  readonly messages: readonly Buffer[];
  readonly polling: boolean;
  /** Bytes that it keeps in memory. */
  readonly size: number;
  /** Reads one of them, or what is sent instead. To be called in order. */
  decode(data: Buffer): MessageDraft;
}

/** One request and its response. Bodies come without their compression; undefined: not worth a look, too large, cut off. */
export interface HttpExchange {
  readonly lane: Lane;
  /** Undefined as long as it says nothing; the response may make it worth telling. */
  request(message: IncomingMessage, body: Buffer | undefined): Reading | undefined;
  response(answer: IncomingMessage, body: Buffer | undefined): Reading | undefined;
  /** The data of one event of a response that is a stream. `anyway`: also if it says nothing. */
  event(answer: IncomingMessage, data: Buffer, anyway?: boolean): Reading | undefined;
  /** The request, if it has not been read yet: before anything of the response is. */
  untold(): Reading | undefined;
  /** A side takes nothing, or something again: a sentence without its subject. `out`: the server. */
  slow(out: boolean, text: string): void;
  /** Whether the request carries a message, and is none that may be answered late (a poll). */
  readonly negotiates: boolean;
  /** The server gives no answer, or does at last: a sentence without its subject. */
  silent(text: string): void;
  /** It came to nothing. */
  failed(failure: Failure): void;
}

export interface HttpExchanges {
  /** `response`: what whoever asks is waiting for; absent if that is the proxy itself. */
  of(request: IncomingMessage, response?: ServerResponse): HttpExchange;
  /** Those of all clients that were seen, the newest last. */
  readers(): Iterable<Reader>;
}

export interface HttpCommon {
  /** `https://example.org` */
  readonly origin: string;
  readonly lanes: Lanes;
  readonly tell: (draft: Draft) => number | undefined;
  readonly protocol?: Protocol;
  readonly memory: Memory;
  readonly tries: Tries;
}

/** The packet that ends a session of Engine.IO. */
const CLOSED = Buffer.from('1');

/** Remembers who is who and which addresses are sessions. */
export function createHttpExchanges(common: HttpCommon): HttpExchanges {
  const { origin, lanes, tell, memory, tries } = common;
  /** One reader a client: what it has seen of one request explains the next. */
  const readers = new Map<string, Reader>();
  /** Paths where a session lives: what WHIP and WHEP answer with in Location. */
  const sessions = new Map<string, true>();
  /** Where bodies went that tell of negotiation: a goodbye to the same server may be only an address. */
  const addresses = new Map<string, true>();
  let exchanges = 0;
  let handshakes = 0;
  /** Whose it is turns out in the answer. */
  const nextHandshake = () => {
    handshakes += 1;
    return `handshake ${handshakes}`;
  };

  const presence = createPresence(lanes.left);
  const speaks = createEar(common.protocol);

  function readerOf({ party, link }: Lane, url: string): Reader {
    const known = readers.get(link);
    if (known !== undefined) return known;
    const named = common.protocol === undefined ? {} : { protocol: common.protocol };
    const reader = createReader({ url, client: party, link, memory, tries, ...named });
    remember(readers, link, reader);
    return reader;
  }

  function of(request: IncomingMessage, given?: ServerResponse): HttpExchange {
    const path = localOf(request.url ?? '/');
    const method = request.method ?? 'GET';
    const url = origin + path;
    exchanges += 1;
    const exchange = String(exchanges);
    const polling = isPolling(path);
    const engine = engineId(path);
    if (engine !== undefined) {
      lanes.seen(engine);
      if (given !== undefined) presence.asks(engine);
      given?.once('close', () => presence.answered(engine));
    }
    const key = engine ?? (polling ? nextHandshake() : machineOf(request));
    let asked: Reading | undefined;
    let negotiates = false;
    let telling =
      polling ||
      (sessions.has(pathOf(path)) && /^(?:PATCH|DELETE|POST)$/.test(method)) ||
      ends({ method, url }, addresses);
    const tellsOf = (body: Buffer | undefined, head: IncomingMessage): boolean => {
      const does =
        body !== undefined && !polling && (tells(body, head, url, addresses) || speaks(body, head, { method, url }));
      if (does) for (const place of placesOf(url)) remember(addresses, place, true);
      return does;
    };

    function reading(body: Buffer, out: boolean, http: HttpHead): Reading {
      return {
        polling,
        size: body.length + sizeOf(http),
        messages: polling ? packetsOf(body) : [body],
        decode(data) {
          const lane = lanes.of(key);
          const draft = readerOf(lane, url).read(data, false, out, http);
          const told = { ...named(draft, http, lane.party), http: carriageOf(http, exchange, draft.signals) };
          return meaningOf(draft).again ? meaning(told, meaningOf(draft)) : told;
        },
      };
    }

    const answered = (answer: IncomingMessage, body: Buffer): Reading =>
      reading(body, false, { method, url, status: answer.statusCode ?? 0, headers: headersOf(answer) });

    function leaving(body: Buffer | undefined): void {
      if (engine !== undefined && polling && body !== undefined && closes(packetsOf(body))) lanes.left(engine);
    }

    function untold(): Reading | undefined {
      const one = asked;
      asked = undefined;
      return one;
    }

    function problem(code: string, detail: string, out: boolean): void {
      const { party, link } = lanes.of(key);
      const [from, to] = out ? [party, SERVER] : [SERVER, party];
      tell({ from, to, link, kind: 'problem', code, detail: `${method} ${pathOf(path)}: ${detail}` });
    }

    return {
      get lane() {
        return lanes.of(key);
      },
      request(message, body) {
        asked = reading(body ?? Buffer.alloc(0), true, { method, url, headers: headersOf(message) });
        telling = tellsOf(body, message) || telling;
        negotiates = telling && !polling;
        leaving(body);
        return telling ? untold() : undefined;
      },
      response(answer, body) {
        telling = tellsOf(body, answer) || telling;
        if (!telling) return undefined;
        const id = polling ? /^0\{.*?"sid":"([^"]+)"/.exec(String(body))?.[1] : undefined;
        if (id !== undefined) {
          lanes.also(id, lanes.of(key));
          presence.opened(id, String(body));
        }
        // The server closes it, or knows it no more.
        leaving(answer.statusCode === 400 ? CLOSED : body);
        const { location } = answer.headers;
        if (location !== undefined) remember(sessions, pathOf(location), true);
        return answered(answer, body ?? Buffer.alloc(0));
      },
      event: (answer, data, anyway) =>
        anyway || tells(data, answer, url, addresses) ? answered(answer, data) : undefined,
      untold,
      slow(out, text) {
        const { party } = lanes.of(key);
        problem('PROXY_SLOW', `${out ? SERVER : party} ${text}`, out);
      },
      get negotiates() {
        return negotiates;
      },
      silent: (text) => problem('PROXY_SILENT', `${SERVER} ${text}`, false),
      failed: ({ code, why }) => problem(code, why, true),
    };
  }

  return { of, readers: () => readers.values() };
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
