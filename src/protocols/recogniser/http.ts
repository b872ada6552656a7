/** SDP over HTTP: WHIP (RFC 9725), WHEP, and descriptions in the bodies of anybody's requests and responses. */

import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { hashOf } from '../../core/hash.ts';
import { ownText } from '../../core/signal-text.ts';
import { remember as keep } from '../bounded.ts';
import {
  addressesOf,
  describes,
  ends,
  FRAGMENT_TYPE,
  type HttpBody,
  type HttpExchange,
  locationOf,
  pathOf,
  SDP_TYPE,
} from './http-exchange.ts';
import { typeByContent } from './judge.ts';
import type { FoundSignal } from './recognise.ts';

/** One peer connection that is negotiated over HTTP. */
interface HttpSession {
  readonly pc: string;
  /** The server has offered, and nobody has answered. */
  offered?: boolean;
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

/** `all`: everything that this client exchanged is seen, and nobody else's: what it gets back is its own. */
export function createHttpDecoder(client: PartyId, server: PartyId, all = false): HttpDecoder {
  const byLocation = new Map<string, HttpSession>();
  /** By what tells a peer connection apart: the session id of its `o=` line, its ICE user fragments. */
  const byTrait = new Map<string, HttpSession>();
  const byExchange = new WeakMap<HttpExchange, HttpSession>();
  let [made, newest]: [number, HttpSession | undefined] = [0, undefined];
  /** Where signaling went. */
  const addresses = new Set<string>();
  /** What went to the server, and what it gave when it was asked, if it may be told as new by that. */
  const [sent, given] = [new Map<string | number, true>(), new Map<string | number, true>()];

  const remember = (session: HttpSession, signals: readonly FoundSignal[]) => {
    for (const trait of signals.flatMap(traitsOf)) keep(byTrait, trait, session, MOST);
  };
  const locate = (session: HttpSession, exchange: HttpExchange) => {
    const location = locationOf(exchange);
    if (location !== undefined) keep(byLocation, location, session, MOST);
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
    if (known === undefined && newest?.offered === true && isSettled(request)) return newest;
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
      const said = typed(exchange, true, pc).map((signal) => answerTo(session, signal));
      const bye = said.length === 0 && (method === 'DELETE' || ends(exchange, addresses));
      if (all) for (const signal of request.signals) keep(sent, keyOf(signal), true, MOST);
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
      const described = told.findLast((signal) => 'sdp' in signal);
      if (described !== undefined) session.offered = described.type === 'offer';
      if (all && method === 'GET') for (const signal of response.signals) keep(given, keyOf(signal), true, MOST);
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

/** More than any capture holds; beyond it the oldest are forgotten. */
const MOST = 20_000;

const headersOf = ({ headers }: HttpBody) => (headers === undefined ? {} : { headers });

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

const isSettled = ({ signals }: HttpBody): boolean =>
  signals.some((signal) => 'sdp' in signal && typeByContent(signal.sdp) === 'answer');

/** Where the server has offered, a request without a type whose roles are settled answers it. */
function answerTo(session: HttpSession, signal: Signal): Signal {
  if (!('sdp' in signal)) return signal;
  const answers = session.offered === true && signal.assumed?.because === 'a request' && signal.type === 'offer';
  session.offered = false;
  if (!answers || typeByContent(signal.sdp) !== 'answer') return signal;
  return { ...signal, type: 'answer', assumed: { sure: 0.9, because: 'a fixed a=setup after an offer' } };
}

const keyOf = (signal: FoundSignal): string | number =>
  'sdp' in signal ? hashOf(signal.sdp.replaceAll('\r', '').trimEnd()) : JSON.stringify(signal);

function bareType({ method, status, request: sent }: HttpExchange, request: boolean, sdp: string): 'offer' | 'answer' {
  if (request) return method === 'POST' ? 'offer' : (typeByContent(sdp) ?? 'answer');
  if (status === 406) return 'offer';
  return describes(sent) ? 'answer' : (typeByContent(sdp) ?? 'offer');
}

function traitsOf(signal: FoundSignal): string[] {
  if ('sdp' in signal) {
    const origin = /^o=(\S+ \S+)/m.exec(signal.sdp)?.[1];
    const ufrags = [...signal.sdp.matchAll(/^a=ice-ufrag:(\S+)/gm)].map(([, ufrag = '']) => `u${ownText(ufrag)}`);
    return [...(origin === undefined ? [] : [`o${ownText(origin)}`]), ...new Set(ufrags)];
  }
  if (signal.type !== 'candidate') return [];
  const ufrag = signal.ufrag ?? / ufrag (\S+)/.exec(signal.candidate)?.[1];
  return ufrag === undefined ? [] : [`u${ownText(ufrag)}`];
}
