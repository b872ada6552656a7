/** SDP over HTTP: WHIP (RFC 9725), WHEP, and descriptions in the bodies of anybody's requests and responses. */

import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { remember as keep } from '../bounded.ts';
import { tellingHeaders } from '../telling-headers.ts';
import { payloadIn, saysBye } from './http-url.ts';
import { typeByContent } from './judge.ts';
import { type FoundSignal, recognise } from './recognise.ts';

export const SDP_TYPE = 'application/sdp';
export const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';

export interface HttpBody {
  readonly raw: string;
  /** Media type without parameters, in lower case; '' if it is not stated. */
  readonly type: string;
  readonly signals: readonly FoundSignal[];
  /** What looks like signaling and is none. */
  readonly aside: readonly string[];
  /** Only those that tell about the negotiation; undefined if the capture has no headers. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

export interface HttpExchange {
  readonly method: string;
  readonly url: string;
  /** 0 while there is no response. */
  readonly status: number;
  readonly request: HttpBody;
  readonly response: HttpBody;
}

export const NO_BODY: HttpBody = { raw: '', type: '', signals: [], aside: [], headers: undefined };

const OPAQUE =
  /^(?:text\/(?:html|css|javascript)|application\/(?:javascript|x-javascript|wasm)|(?:image|font|audio|video)\/.*)$/;

/** A body with what it holds. Those that cannot hold signaling (pages, scripts, media) are not looked into. */
export function readHttpBody(
  raw: string,
  headers: Readonly<Record<string, string>> | undefined,
  { url, status, mimeType = '' }: { readonly url: string; readonly status?: number; readonly mimeType?: string },
): HttpBody {
  const type = (headers?.['content-type'] ?? mimeType).split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const told = headers && tellingHeaders(headers);
  if (OPAQUE.test(type)) return { raw, type, signals: [], aside: [], headers: told };
  const payload = raw === '' && status === undefined ? (payloadIn(url) ?? raw) : raw;
  const { found, aside } = recognise(payload, { http: { url, ...(status !== undefined && { status }) } });
  return { raw, type, signals: found.map(({ signal }) => signal), aside, headers: told };
}

/** One peer connection that is negotiated over HTTP. */
interface HttpSession {
  readonly pc: string;
  protocol: 'whip' | 'whep' | 'http-sdp';
}

/** One direction of an exchange. */
export interface HttpDecoded {
  readonly protocol: string;
  readonly signals: Signal[];
}

export interface HttpDecoder {
  /** Requests and responses in the order of their times; a response may belong to another object that has the same request. */
  request(exchange: HttpExchange): HttpDecoded;
  response(exchange: HttpExchange, asked?: HttpExchange): HttpDecoded;
}

/** Those exchanges that carry signaling, or act on a session that another one has created. */
export function signalingAmong(exchanges: readonly HttpExchange[]): HttpExchange[] {
  const addresses = new Set(exchanges.flatMap(addressesOf));
  return exchanges.filter((one) => isSignaling(one, addresses));
}

const carries = (one: HttpExchange): boolean => [...one.request.signals, ...one.response.signals].some(isSubstantial);

/** Where an exchange that carries signaling went, and where the session is that it has created. */
export function addressesOf(exchange: HttpExchange): string[] {
  return carries(exchange) ? [pathOf(exchange.url), locationOf(exchange) ?? pathOf(exchange.url)] : [];
}

export function isSignaling(exchange: HttpExchange, addresses: ReadonlySet<string>): boolean {
  const known = addresses.has(pathOf(exchange.url));
  return (
    carries(exchange) || (known && (ACTS.has(exchange.method) || isBye(exchange.response))) || ends(exchange, addresses)
  );
}

/** Whether an exchange can be one of these, whatever the others are. */
export const mayMatter = (exchange: HttpExchange): boolean =>
  carries(exchange) || ACTS.has(exchange.method) || isBye(exchange.response);

const isBye = ({ signals }: HttpBody): boolean => signals.some(({ type }) => type === 'bye');

/** A goodbye to a server that signaling went to. */
const ends = ({ method, url }: HttpExchange, addresses: ReadonlySet<string>): boolean =>
  ACTS.has(method) && saysBye(url, addresses);

const ACTS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const isSubstantial = ({ type }: FoundSignal): boolean => type !== 'bye' && type !== 'end-of-candidates';

/** `all`: everything that this client exchanged is seen, and nobody else's: what it gets back is its own. */
export function createHttpDecoder(client: PartyId, server: PartyId, all = false): HttpDecoder {
  const byLocation = new Map<string, HttpSession>();
  /** By what tells a peer connection apart: the session id of its `o=` line, its ICE user fragments. */
  const byTrait = new Map<string, HttpSession>();
  const byExchange = new WeakMap<HttpExchange, HttpSession>();
  let [made, newest]: [number, HttpSession | undefined] = [0, undefined];
  /** Where signaling went. */
  const addresses = new Set<string>();
  /** What went to the server, and what it gave when it was asked. */
  const [sent, given] = [new Map<string, true>(), new Map<string, true>()];

  const remember = (session: HttpSession, signals: readonly FoundSignal[]) => {
    for (const trait of signals.flatMap(traitsOf)) if (byTrait.size < MOST) byTrait.set(trait, session);
  };
  const locate = (session: HttpSession, exchange: HttpExchange) => {
    const location = locationOf(exchange);
    if (location !== undefined && byLocation.size < MOST) byLocation.set(location, session);
    // What a request without a telling address was shows when it is answered.
    if (session.protocol === 'http-sdp') session.protocol = protocolOf(exchange);
  };
  const open = (exchange: HttpExchange): HttpSession => {
    made += 1;
    const protocol = protocolOf(exchange);
    newest = { protocol, pc: made === 1 ? pairId(client, server) : `${protocol}-${made}` };
    return newest;
  };
  const sessionFor = (exchange: HttpExchange): HttpSession => {
    const { request } = exchange;
    const known =
      byLocation.get(pathOf(exchange.url)) ??
      request.signals
        .flatMap(traitsOf)
        .map((trait) => byTrait.get(trait))
        .find((session) => session !== undefined);
    const offers = describes(exchange.request) || (describes(exchange.response) && exchange.method === 'POST');
    return known ?? (newest === undefined || (offers && exchange.method === 'POST') ? open(exchange) : newest);
  };

  return {
    request(exchange) {
      const session = sessionFor(exchange);
      byExchange.set(exchange, session);
      locate(session, exchange);
      remember(session, exchange.request.signals);
      const { method, request } = exchange;
      const { pc } = session;
      for (const address of addressesOf(exchange)) if (addresses.size < MOST) addresses.add(address);
      const said = typed(exchange, true, pc);
      const bye = said.length === 0 && (method === 'DELETE' || saysBye(exchange.url, addresses));
      for (const signal of request.signals) keep(sent, keyOf(signal), true, MOST);
      const signals: Signal[] = [
        { type: 'request', pc, method, ...headersOf(request) },
        ...said,
        ...(bye ? [{ type: 'bye' as const, pc }] : []),
      ];
      return { protocol: session.protocol, signals };
    },
    response(exchange, asked = exchange) {
      const session = byExchange.get(asked) ?? sessionFor(exchange);
      locate(session, exchange);
      const { method, status, response } = exchange;
      const { pc } = session;
      const ok = status >= 200 && status < 300;
      const answered: Signal = { type: 'response', pc, method, status, ok, ...headersOf(response) };
      const told = typed(exchange, false, pc, isNew);
      if (method === 'GET') for (const signal of response.signals) keep(given, keyOf(signal), true, MOST);
      return { protocol: session.protocol, signals: [answered, ...told] };

      /** Who asks for all there is gets his own messages back, and what he got before. */
      function isNew(signal: FoundSignal): boolean {
        if (!all || (!('sdp' in signal) && signal.type !== 'candidate')) return true;
        const key = keyOf(signal);
        return !sent.has(key) && !(method === 'GET' && given.has(key));
      }
    },
  };
}

/** More sessions than any capture holds. */
const MOST = 20_000;

const headersOf = ({ headers }: HttpBody) => (headers === undefined ? {} : { headers });
const describes = ({ signals }: HttpBody): boolean => signals.some((signal) => 'sdp' in signal);

/** By the address; else by shape: SDP that is answered with a new address is WHIP, or WHEP if it only receives. */
function protocolOf({ url, method, request, response }: HttpExchange): HttpSession['protocol'] {
  const named = /(?:^|[^a-z])(whip|whep)(?![a-z])/i.exec(pathOf(url))?.[1]?.toLowerCase();
  if (named === 'whip' || named === 'whep') return named;
  const created = method === 'POST' && request.type === SDP_TYPE && response.headers?.location !== undefined;
  if (!created && request.type !== FRAGMENT_TYPE) return 'http-sdp';
  return /^a=recvonly\s*$/m.test(request.raw) && !/^a=(?:sendonly|sendrecv)\s*$/m.test(request.raw) ? 'whep' : 'whip';
}

/** The signals of a body. Bare SDP says what it is by where it stands: a request offers, a response answers. */
function typed(exchange: HttpExchange, request: boolean, pc: string, isNew = (_: FoundSignal) => true): Signal[] {
  const body = request ? exchange.request : exchange.response;
  return body.signals.flatMap((signal): Signal[] => {
    if (!isNew(signal)) return [];
    if (body.type !== SDP_TYPE || !('sdp' in signal)) return [{ ...signal, pc }];
    return [{ type: bareType(exchange, request, signal.sdp), pc, sdp: signal.sdp }];
  });
}

const keyOf = (signal: FoundSignal): string =>
  'sdp' in signal ? signal.sdp.replaceAll('\r', '').trimEnd() : JSON.stringify(signal);

function bareType({ method, status, request: sent }: HttpExchange, request: boolean, sdp: string): 'offer' | 'answer' {
  if (request) return method === 'POST' ? 'offer' : (typeByContent(sdp) ?? 'answer');
  if (status === 406) return 'offer';
  return describes(sent) ? 'answer' : (typeByContent(sdp) ?? 'offer');
}

function traitsOf(signal: FoundSignal): string[] {
  if ('sdp' in signal) {
    const origin = /^o=(\S+ \S+)/m.exec(signal.sdp)?.[1];
    const ufrags = [...signal.sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, ufrag]) => `u${ufrag}`);
    return [...(origin === undefined ? [] : [`o${origin}`]), ...new Set(ufrags)];
  }
  if (signal.type !== 'candidate') return [];
  const ufrag = signal.ufrag ?? / ufrag (\S+)/.exec(signal.candidate)?.[1];
  return ufrag === undefined ? [] : [`u${ufrag}`];
}

/** Where the session of a created resource is, like `pathOf`. */
function locationOf({ url, response }: HttpExchange): string | undefined {
  const location = response.headers?.location;
  return location === undefined ? undefined : pathOf(location, url);
}

/** Address without fragment, as it is compared; texts that are none stay as they are. */
function pathOf(url: string, base?: string): string {
  try {
    const parsed = new URL(url, base);
    return `${parsed.host}${parsed.pathname}`;
  } catch {
    return url;
  }
}
