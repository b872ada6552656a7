/** One entry of a HAR as an HTTP exchange that may carry signaling. */
import { type HttpBody, type HttpExchange, readHttpBody } from '../../protocols/recogniser/http-exchange.ts';
import { isObject, type JsonObject } from '../../session/lines.ts';

/** Undefined for what is no exchange. Bodies that cannot hold signaling (pages, scripts, media) are not looked into. */
export function readExchange(entry: JsonObject): HttpExchange | undefined {
  const { request, response } = entry;
  if (!isObject(request) || !isObject(response)) return undefined;
  const { method, url } = request;
  if (typeof method !== 'string' || typeof url !== 'string') return undefined;
  const status = typeof response.status === 'number' ? response.status : 0;
  return {
    method: method.toUpperCase().slice(0, 16),
    url,
    status,
    request: readBody(request.postData, request.headers, url),
    response: readBody(response.content, response.headers, url, status),
  };
}

function readBody(content: unknown, headerList: unknown, url: string, status?: number): HttpBody {
  const { text, encoding, mimeType } = isObject(content) ? content : {};
  const raw = typeof text !== 'string' ? '' : encoding === 'base64' ? decodeBase64(text) : text;
  const stated = typeof mimeType === 'string' ? { mimeType } : {};
  return readHttpBody(raw, readHeaders(headerList), { url, ...(status !== undefined && { status }), ...stated });
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}

function readHeaders(list: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const headers: Record<string, string> = {};
  for (const header of list as readonly unknown[]) {
    if (!isObject(header) || typeof header.name !== 'string' || typeof header.value !== 'string') continue;
    headers[header.name.toLowerCase()] = header.value;
  }
  return headers;
}
