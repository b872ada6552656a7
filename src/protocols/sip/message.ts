/** SIP messages (RFC 3261, section 7) as text and as values. Everything read is a stranger's: no field is trusted. */
import type { Frame } from '../protocol.ts';

export interface SipHeader {
  /** As written, long form. */
  readonly name: string;
  readonly value: string;
}

interface Parts {
  readonly headers: readonly SipHeader[];
  readonly body: string;
}

export type SipRequest = Parts & { readonly method: string; readonly uri: string };
export type SipResponse = Parts & { readonly status: number; readonly reason: string };
export type SipMessage = SipRequest | SipResponse;

/** RFC 3261, section 7.3.3, and what came after it. */
const COMPACT: Readonly<Record<string, string>> = {
  c: 'Content-Type',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  s: 'Subject',
  t: 'To',
  v: 'Via',
};

const MAX_HEADERS = 200;

export const isRequest = (message: SipMessage): message is SipRequest => 'method' in message;

/** Empty lines keep the connection alive (RFC 5626, section 4.4.1): two ask, one answers. */
export const isKeepalive = (text: string): boolean => /^(?:\r\n){1,2}$/.test(text);

/** Reads one frame; `fault` says why it is no SIP. Never throws. */
export function readSip(frame: Frame): SipMessage | { readonly fault: string } {
  const text = frame.encoding === 'text' ? frame.data : decodeBase64(frame.data);
  if (text === undefined) return { fault: 'binary frame' };
  if (isKeepalive(text)) return { fault: 'keepalive' };
  const gap = /\r?\n\r?\n/.exec(text);
  const [head, body] = gap ? [text.slice(0, gap.index), text.slice(gap.index + gap[0].length)] : [text, ''];
  // A header may go on in lines that begin with a blank.
  const [first = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = lines.slice(0, MAX_HEADERS).flatMap(readHeader);
  const request = /^([A-Z]{1,32}) (\S+) SIP\/2\.0$/.exec(first);
  if (request) return { method: request[1] ?? '', uri: request[2] ?? '', headers, body };
  const response = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/.exec(first);
  if (response) return { status: Number(response[1]), reason: response[2] ?? '', headers, body };
  return { fault: 'not SIP' };
}

/** SIP may come in binary frames too (RFC 7118, section 4); undefined if it is no text. */
function decodeBase64(data: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readHeader(line: string): readonly SipHeader[] {
  const [, name, value = ''] = /^([^\s:]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [{ name: COMPACT[name.toLowerCase()] ?? name, value: value.trimEnd() }];
}

/** All values of a header, in order; those of one line apart where commas part them (not for `WWW-Authenticate`). */
export function valuesOf({ headers }: Parts, name: string): readonly string[] {
  return headers.filter((one) => one.name.toLowerCase() === name.toLowerCase()).map((one) => one.value);
}

/** The first value of a header; '' without one. */
export const headerOf = (message: Parts, name: string): string => valuesOf(message, name)[0] ?? '';

/** Number and method of `CSeq`. */
export function cseqOf(message: Parts): { readonly number: number; readonly method: string } {
  const [, number = '0', method = ''] = /^(\d{1,10})\s+([A-Z]+)/.exec(headerOf(message, 'CSeq')) ?? [];
  return { number: Number(number), method };
}

export const callIdOf = (message: Parts): string => headerOf(message, 'Call-ID').slice(0, 128);

/** As it goes over the wire; `Content-Length` is added. */
export function writeSip(first: string, headers: readonly (readonly [string, string])[], body = ''): string {
  const length = new TextEncoder().encode(body).length;
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`), `Content-Length: ${length}`];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
