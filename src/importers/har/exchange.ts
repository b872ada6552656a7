/** One entry of a HAR as an HTTP exchange that may carry signaling. */
import { type FoundSignal, signalsIn } from '../../protocols/recogniser/recognise.ts';
import { isObject } from '../../session/lines.ts';

type JsonObject = Readonly<Record<string, unknown>>;

export interface HttpBody {
  readonly raw: string;
  /** Media type without parameters, in lower case; '' if it is not stated. */
  readonly type: string;
  readonly signals: readonly FoundSignal[];
  /** Only those that tell about the negotiation; undefined if the capture has no headers. */
  readonly headers: Readonly<Record<string, string>> | undefined;
}

export interface HttpExchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly request: HttpBody;
  readonly response: HttpBody;
}

export const SDP_TYPE = 'application/sdp';
export const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';

/** Undefined for what is no exchange. Bodies that cannot hold signaling (pages, scripts, media) are not looked into. */
export function readExchange(entry: JsonObject): HttpExchange | undefined {
  const { request, response } = entry;
  if (!isObject(request) || !isObject(response)) return undefined;
  const { method, url } = request;
  if (typeof method !== 'string' || typeof url !== 'string') return undefined;
  return {
    method: method.toUpperCase().slice(0, 16),
    url,
    status: typeof response.status === 'number' ? response.status : 0,
    request: readBody(request.postData, request.headers),
    response: readBody(response.content, response.headers),
  };
}

function readBody(content: unknown, headerList: unknown): HttpBody {
  const headers = readHeaders(headerList);
  const { text, encoding, mimeType } = isObject(content) ? content : {};
  const stated = headers?.['content-type'] ?? (typeof mimeType === 'string' ? mimeType : '');
  const type = stated.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const raw = typeof text !== 'string' ? '' : encoding === 'base64' ? decodeBase64(text) : text;
  return { raw, type, signals: OPAQUE.test(type) ? [] : signalsIn(raw), headers };
}

const OPAQUE =
  /^(?:text\/(?:html|css|javascript)|application\/(?:javascript|x-javascript|wasm)|(?:image|font|audio|video)\/.*)$/;

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}

/** What the exchange is judged by. Anything else, such as credentials, is not taken over. */
const TELLING = new Set([
  'content-type',
  'location',
  'etag',
  'if-match',
  'accept',
  'accept-patch',
  'link',
  'retry-after',
]);

function readHeaders(list: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const headers: Record<string, string> = {};
  for (const header of list as readonly unknown[]) {
    if (!isObject(header) || typeof header.name !== 'string' || typeof header.value !== 'string') continue;
    const name = header.name.toLowerCase();
    if (TELLING.has(name)) headers[name] = header.value;
  }
  return headers;
}
