/** Signaling over HTTP in all pages: requests and responses that carry descriptions or candidates, and what acts on these. */
import type { Draft, HttpCarriage, PartyId, PcId, Signal } from '../../core/event.ts';
import { remember } from '../../protocols/bounded.ts';
import { ends } from '../../protocols/recogniser/http-exchange.ts';
import { placesOf } from '../../protocols/recogniser/http-url.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';
import { carriedBy, findCarried } from './carried.ts';
import type { Known } from './known.ts';
import type { PageRef } from './peer.ts';
import type { Peers } from './peers.ts';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** `id` is unique in the browser. */
export interface Http {
  sent(id: string, page: PageRef, request: HttpRequest): void;
  /** Before the body is there. `location` as in the header. */
  answered(id: string, status: number, location: string | undefined): void;
  /** False if nobody would look at the body. */
  awaits(id: string): boolean;
  /** It is known to be about a negotiation. */
  matters(id: string): boolean;
  done(id: string, body: string): void;
  failed(id: string, reason: string): void;
  /** A server-sent event. */
  pushed(id: string, data: string): void;
  left(pageKey: string): void;
}

interface Exchange {
  readonly number: number;
  readonly page: PageRef;
  readonly server: PartyId;
  readonly request: HttpRequest;
  readonly found: readonly FoundSignal[];
  status: number;
  location: string | undefined;
  told: boolean;
  /** The connection that its request is about. */
  pc: PcId | undefined;
}

/** So many requests at once are waited for. */
const MOST = 1000;
const LONGEST = 262_144;
const LINK = 'http';
/** Responses without a body (Fetch, null body status). */
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

export interface HttpOptions {
  tell(draft: Draft): number | undefined;
  server(url: string): PartyId;
  readonly known: Known;
  readonly peers: Peers;
}

export function createHttp({ tell, server, known, peers }: HttpOptions): Http {
  const exchanges = new Map<string, Exchange>();
  let made = 0;
  /**
   * Addresses that have to do with a negotiation: what is done there is told also without a body. With the connection, where
   * the address was made for one.
   */
  const resources = new Map<string, PcId | undefined>();
  /** The same as a goodbye may be recognised by: `GET /sign_out?peer_id=1`. */
  const addresses = new Map<string, true>();

  function message(exchange: Exchange, out: boolean, body: string, found: readonly FoundSignal[], first: Signal): void {
    const carried = carriedBy(found, out, exchange.page, known, peers);
    exchange.pc ??= carried.pc ?? resources.get(pathOf(exchange.request.url));
    const own = carried.pc ?? exchange.pc ?? exchange.page.lane();
    const [from, to] = out ? [own, exchange.server] : [exchange.server, own];
    const envelope = { kind: 'message', dir: out ? 'c2s' : 's2c', protocol: 'http', encoding: 'text' } as const;
    const raw = body.slice(0, LONGEST);
    const signals = [first, ...carried.signals];
    const seq = tell({ from, to, link: LINK, ...envelope, raw, signals, http: carriageOf(exchange, out) });
    if (!out) for (const signal of found) known.brought(signal, { seq, link: LINK });
    const path = pathOf(exchange.request.url);
    const made = locationOf(exchange);
    for (const place of placesOf(exchange.request.url)) remember(addresses, place, true, MOST);
    if (resources.size >= MOST) return;
    if (!resources.has(path)) resources.set(path, undefined);
    if (made !== undefined && pathOf(made) !== path) resources.set(pathOf(made), exchange.pc);
  }

  function tellRequest(exchange: Exchange): void {
    if (exchange.told) return;
    exchange.told = true;
    const { method, url, body } = exchange.request;
    message(exchange, true, body, exchange.found, { type: 'request', method: `${method} ${pathOf(url)}` });
  }

  function tellResponse(exchange: Exchange, body: string, found: readonly FoundSignal[]): void {
    tellRequest(exchange);
    const { status, request } = exchange;
    const answer = {
      type: 'response',
      method: `${request.method} ${status}`,
      status,
      ok: status >= 200 && status < 300,
    } as const;
    message(exchange, false, body, found, answer);
  }

  return {
    sent(id, page, { method, url, body }) {
      if (exchanges.size >= MOST) return;
      const request = { method: method.slice(0, 16), url: url.slice(0, 2000), body };
      const found = body.length > LONGEST ? [] : findCarried(body);
      made += 1;
      const exchange: Exchange = {
        page,
        // Only one of which something is told gets a lane.
        get server() {
          return server(url);
        },
        request,
        found,
        number: made,
        status: 0,
        location: undefined,
        told: false,
        pc: undefined,
      };
      exchanges.set(id, exchange);
      const acts = method !== 'GET' && method !== 'OPTIONS' && resources.has(pathOf(url));
      if (found.length > 0 || acts || ends({ method, url }, addresses)) tellRequest(exchange);
    },
    answered(id, status, location) {
      const exchange = exchanges.get(id);
      if (exchange === undefined) return;
      Object.assign(exchange, { status, location });
      if (!NO_BODY.has(status)) return;
      // No more is to come, and Chromium says that such a response was called off.
      exchanges.delete(id);
      if (exchange.told) tellResponse(exchange, '', []);
    },
    awaits: (id) => exchanges.has(id),
    matters: (id) => exchanges.get(id)?.told === true,
    done(id, body) {
      const exchange = exchanges.get(id);
      exchanges.delete(id);
      if (exchange === undefined) return;
      const found = body.length > LONGEST ? [] : findCarried(body);
      if (exchange.told || found.length > 0) tellResponse(exchange, body, found);
    },
    failed(id, reason) {
      const exchange = exchanges.get(id);
      exchanges.delete(id);
      if (!exchange?.told) return;
      if (exchange.status !== 0) tellResponse(exchange, '', []);
      const { page, server: to, pc } = exchange;
      tell({ from: pc ?? page.lane(), to, link: LINK, kind: 'link', change: 'error', reason: reason.slice(0, 300) });
    },
    pushed(id, data) {
      const exchange = exchanges.get(id);
      const found = exchange === undefined || data.length > LONGEST ? [] : findCarried(data);
      if (exchange && found.length > 0)
        message(exchange, false, data, found, { type: 'notify', method: 'server-sent event' });
    },
    left(pageKey) {
      for (const [id, { page }] of exchanges) if (page.key === pageKey) exchanges.delete(id);
    },
  };
}

function carriageOf({ number, request: { method, url }, status, location }: Exchange, out: boolean): HttpCarriage {
  const carriage = { method, url, exchange: String(number) };
  if (out) return carriage;
  return { ...carriage, status, ...(location !== undefined && { headers: { location } }) };
}

function locationOf({ location, request }: Exchange): string | undefined {
  if (location === undefined) return undefined;
  try {
    return new URL(location, request.url).href;
  } catch {
    return undefined;
  }
}

/** Without host and query: what is shown, and compared. */
function pathOf(url: string): string {
  try {
    return new URL(url).pathname.slice(0, 120);
  } catch {
    return url.slice(0, 120);
  }
}
