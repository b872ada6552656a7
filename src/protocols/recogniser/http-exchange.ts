/** Exchanges of HTTP: their bodies with what they hold, which of them are signaling, and where it went. */
import { tellingHeaders } from '../telling-headers.ts';
import { readableText } from './codecs/utf8.ts';
import { type Addresses, byeIn, isAbove, payloadIn, placesOf, saysBye } from './http-url.ts';
import { isPromising } from './promising.ts';
import { type FoundSignal, type Recognised, recognise } from './recognise.ts';

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

/** What is known of a body besides its headers. */
interface About {
  readonly url: string;
  /** Of a response. */
  readonly status?: number;
  readonly mimeType?: string;
}

/** A body with what it holds. Those that cannot hold signaling (pages, scripts, media) are not looked into. */
export function readHttpBody(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> | undefined,
  about: About,
): HttpBody {
  const raw = typeof body === 'string' ? body : (readableText(body) ?? '');
  const type = (headers?.['content-type'] ?? about.mimeType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const told = headers && tellingHeaders(headers);
  if (OPAQUE.test(type)) return { raw, type, signals: [], aside: [], headers: told };
  const { found, aside } = recogniseBody(body, about);
  return { raw, type, signals: found.map(({ signal }) => signal), aside, headers: told };
}

/** A request without a body may carry its message in its address. */
function recogniseBody(body: string | Uint8Array, { url, status }: About): Recognised {
  const payload = body.length === 0 && status === undefined ? (payloadIn(url) ?? '') : body;
  return recognise(payload, { http: { url, ...(status !== undefined && { status }) } });
}

/**
 * Whether a body that may be anything is worth telling: it carries signaling, or what looks like it, or says something of
 * negotiation to an address that some went to.
 */
export function isTelling(body: string | Uint8Array, about: About, addresses: Addresses): boolean {
  const isKnown = addresses.has(placesOf(about.url)[0] ?? '');
  const text = body.length === 0 ? about.url : body;
  if (!isKnown && typeof text === 'string' && !isPromising(text)) return false;
  const { found, aside } = recogniseBody(body, about);
  return aside.length > 0 || found.some(({ signal }) => isKnown || saysAll(signal));
}

/** Alone, without a word of what it is about. */
const saysAll = (signal: FoundSignal): boolean =>
  'sdp' in signal || signal.type === 'candidate' || signal.type === 'notify';

/** Those exchanges that carry signaling, or act on a session that another one has created. */
export function signalingAmong(exchanges: readonly HttpExchange[]): HttpExchange[] {
  const addresses = new Set(exchanges.flatMap(addressesOf));
  return exchanges.filter((one) => isSignaling(one, addresses));
}

const carries = (one: HttpExchange): boolean => [...one.request.signals, ...one.response.signals].some(isSubstantial);

/** Where an exchange that carries signaling went, by what, and where the session is that it has created. */
export function addressesOf(exchange: HttpExchange): string[] {
  if (!carries(exchange)) return [];
  const location = locationOf(exchange);
  return [...placesOf(exchange.url), pathOf(exchange.url), ...(location === undefined ? [] : [location])];
}

export function isSignaling(exchange: HttpExchange, addresses: ReadonlySet<string>): boolean {
  const known = addresses.has(pathOf(exchange.url));
  return (
    carries(exchange) || (known && (ACTS.has(exchange.method) || isBye(exchange.response))) || ends(exchange, addresses)
  );
}

/** Whether an exchange can be one of these, whatever the others are. */
export const mayMatter = (exchange: HttpExchange): boolean =>
  carries(exchange) || ACTS.has(exchange.method) || isBye(exchange.response) || byeIn(exchange.url) !== undefined;

const isBye = ({ signals }: HttpBody): boolean => signals.some(({ type }) => type === 'bye');

/** A goodbye to a server that signaling went to; a mere GET, too (webrtc-streamer's `hangup`, libwebrtc's `sign_out`). */
export const ends = ({ method, url }: Pick<HttpExchange, 'method' | 'url'>, addresses: Addresses): boolean =>
  (method === 'DELETE' && isAbove(url, addresses)) || (METHODS.has(method) && saysBye(url, addresses));

const ACTS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Those that are not about the address itself, as OPTIONS and HEAD are. */
const METHODS: ReadonlySet<string> = new Set(['GET', ...ACTS]);

const isSubstantial = ({ type }: FoundSignal): boolean => type !== 'bye' && type !== 'end-of-candidates';

export const describes = ({ signals }: HttpBody): boolean => signals.some((signal) => 'sdp' in signal);

/** Where the session of a created resource is, like `pathOf`. */
export function locationOf({ url, response }: HttpExchange): string | undefined {
  const location = response.headers?.location;
  return location === undefined ? undefined : pathOf(location, url);
}

/** Address without fragment, as it is compared; texts that are none stay as they are. */
export function pathOf(url: string, base?: string): string {
  try {
    const parsed = new URL(url, base);
    return `${parsed.host}${parsed.pathname}`;
  } catch {
    return url;
  }
}
