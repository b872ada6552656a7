/** One SIP message (RFC 3261 7): what its head says, and its body. */

export interface SipMessage {
  /** `INVITE`, `BYE`; of a response the method that it answers. */
  readonly method: string;
  /** Responses only. */
  readonly status?: number;
  readonly reason?: string;
  readonly callId: string | undefined;
  /** Names in lower case, compact forms (7.3.3) written out; of several the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const COMPACT: Readonly<Record<string, string>> = {
  i: 'call-id',
  c: 'content-type',
  f: 'from',
  t: 'to',
  l: 'content-length',
  e: 'content-encoding',
  m: 'contact',
  v: 'via',
};
const START = /^\s*(?:([A-Z]{2,20}) \S+ SIP\/2\.0|SIP\/2\.0 (\d{3}) ?([^\r\n]*))\r?\n/;
const LONGEST_HEAD = 32 * 1024;

/** Undefined for what is no SIP. */
export function readSip(text: string): SipMessage | undefined {
  const [line, request, status, reason] = START.exec(text.slice(0, 2048)) ?? [];
  if (line === undefined) return undefined;
  const end = /\r?\n\r?\n/.exec(text.slice(0, LONGEST_HEAD));
  const head = text.slice(line.length, end?.index ?? text.length);
  const headers = readHeaders(head);
  const body = end === null ? '' : text.slice(end.index + end[0].length);
  const method = request ?? /^\d+\s+([A-Z]+)/.exec(headers.cseq ?? '')?.[1] ?? '';
  return {
    method,
    ...(status !== undefined && { status: Number(status), reason: reason ?? '' }),
    callId: headers['call-id'],
    headers,
    body,
  };
}

/** `Name: value` lines, folded ones joined. */
export function readHeaders(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const key = COMPACT[name] ?? name;
    if (!Object.hasOwn(headers, key)) headers[key] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** A challenge (401, 407) and a glare answer (491) are followed by another try; 487 answers a CANCEL, which ended it. */
const RETRIED = new Set([401, 407, 487, 491]);

/** Whether a message ends the call, or what is to be one (RFC 3261 9, 15). */
export const endsCall = ({ method, status }: SipMessage): boolean =>
  status === undefined && (method === 'BYE' || method === 'CANCEL');

/** Whether a message refuses an offer for good (RFC 3261 13.2.2.3, 14.1: a call that was there before goes on). */
export const refusesOffer = ({ method, status }: SipMessage): boolean =>
  status !== undefined && status >= 300 && !RETRIED.has(status) && (method === 'INVITE' || method === 'UPDATE');
