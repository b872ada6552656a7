/** SDP over HTTP: WHIP (RFC 9725), WHEP, and descriptions in the bodies of anybody's requests and responses. */
import { type Draft, type PartyId, pairId, type Signal } from '../../core/event.ts';
import { typeByContent } from '../../protocols/recogniser/judge.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';
import { SERVER } from '../frames/lanes.ts';
import { FRAGMENT_TYPE, type HttpBody, type HttpExchange, SDP_TYPE } from './exchange.ts';

/** One peer connection that is negotiated over HTTP. */
interface HttpSession {
  readonly pc: string;
  readonly protocol: 'whip' | 'whep' | 'http-sdp';
}

export interface HttpDecoder {
  /** The message of one direction of an exchange. Requests and responses in the order of their times. */
  request(exchange: HttpExchange): Draft;
  response(exchange: HttpExchange): Draft;
}

/** Those exchanges that carry signaling, or act on a session that another one has created. */
export function signalingAmong(exchanges: readonly HttpExchange[]): HttpExchange[] {
  const carries = (one: HttpExchange) => [...one.request.signals, ...one.response.signals].some(isSubstantial);
  const paths = new Set(exchanges.filter(carries).flatMap((one) => [pathOf(one.url), locationOf(one) ?? '']));
  return exchanges.filter((one) => carries(one) || (ACTS.has(one.method) && paths.has(pathOf(one.url))));
}

const ACTS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const isSubstantial = ({ type }: FoundSignal): boolean => type !== 'bye' && type !== 'end-of-candidates';

export function createHttpDecoder(client: PartyId): HttpDecoder {
  const byLocation = new Map<string, HttpSession>();
  /** By what tells a peer connection apart: the session id of its `o=` line, its ICE user fragments. */
  const byTrait = new Map<string, HttpSession>();
  const byExchange = new Map<HttpExchange, HttpSession>();
  let [made, newest]: [number, HttpSession | undefined] = [0, undefined];

  const remember = (session: HttpSession, signals: readonly FoundSignal[]) => {
    for (const trait of signals.flatMap(traitsOf)) byTrait.set(trait, session);
  };
  const open = (exchange: HttpExchange): HttpSession => {
    made += 1;
    const protocol = protocolOf(exchange);
    newest = { protocol, pc: made === 1 ? pairId(client, SERVER) : `${protocol}-${made}` };
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
      const location = locationOf(exchange);
      if (location !== undefined) byLocation.set(location, session);
      remember(session, exchange.request.signals);
      const { method, request } = exchange;
      const { pc } = session;
      const signals = [
        { type: 'request' as const, pc, method, ...headersOf(request) },
        ...typed(exchange, true, pc),
        ...(method === 'DELETE' ? [{ type: 'bye' as const, pc }] : []),
      ];
      return message(client, SERVER, session, request, signals);
    },
    response(exchange) {
      const session = byExchange.get(exchange) ?? sessionFor(exchange);
      byExchange.delete(exchange);
      const { method, status, response } = exchange;
      const { pc } = session;
      const ok = status >= 200 && status < 300;
      const answered = { type: 'response' as const, pc, method, status, ok, ...headersOf(response) };
      return message(SERVER, client, session, response, [answered, ...typed(exchange, false, pc)]);
    },
  };
}

function message(from: PartyId, to: PartyId, session: HttpSession, body: HttpBody, signals: Signal[]): Draft {
  const { protocol } = session;
  return { from, to, link: 'http', kind: 'message', protocol, encoding: 'text', raw: body.raw, signals };
}

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
function typed(exchange: HttpExchange, request: boolean, pc: string): Signal[] {
  const body = request ? exchange.request : exchange.response;
  return body.signals.flatMap((signal): Signal[] => {
    if (signal.type === 'bye') return [];
    if (body.type !== SDP_TYPE || !('sdp' in signal)) return [{ ...signal, pc }];
    return [{ ...signal, type: bareType(exchange, request, signal.sdp), pc }];
  });
}

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
