/** What went wrong on the way to the server: each kind with a code of its own, and what to do about it. */
import type { IncomingMessage } from 'node:http';
import { describeSocketError } from '../connect-error.ts';
import type { Upstream } from './upstream.ts';

export interface Failure {
  readonly code: `PROXY_${string}`;
  /** A sentence for the log and for whoever asked. */
  readonly why: string;
  /** The same in a few words, where there are some. */
  readonly brief?: string;
}

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const CUT = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);
const NO_WAY = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']);

/** Of a request that got no answer, or only the begin of one. */
export function failureOf(thrown: unknown, { origin, host, secure }: Upstream): Failure {
  const { code, text } = describeSocketError(thrown);
  if (code === 'ECONNREFUSED')
    return { code: 'PROXY_REFUSED', why: `nobody listens at ${origin}: is the server running, and is the port right?` };
  if (DNS.has(code))
    return { code: 'PROXY_DNS', why: `the host ${host} cannot be found (${code}): check its spelling and the network` };
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code))
    return {
      code: 'PROXY_CERTIFICATE',
      why: `the certificate of ${origin} is not trusted: ${text} (--insecure accepts it)`,
    };
  if (secure && /EPROTO|WRONG_VERSION|_SSL_|_TLS_/.test(`${code} ${text}`)) {
    const plain = origin.replace(/^https/, 'http');
    return { code: 'PROXY_TLS', why: `${origin} does not speak TLS as it should: ${text}; without TLS it is ${plain}` };
  }
  if (code === 'ETIMEDOUT')
    return {
      code: 'PROXY_TIMEOUT',
      why: `${origin} does not answer: a firewall or a wrong port often looks like this`,
    };
  if (NO_WAY.has(code))
    return { code: 'PROXY_NO_ROUTE', why: `there is no way to ${origin} (${code}): check the network` };
  if (code.startsWith('HPE_'))
    return { code: 'PROXY_NOT_HTTP', why: `${origin} does not answer in HTTP: ${text}; check the port` };
  if (CUT.has(code) || /hang up|socket disconnected/.test(text)) {
    const hint = secure ? '' : '; if it expects TLS, its address begins with https:// or wss://';
    return { code: 'PROXY_RESET', why: `${origin} closed the connection without an answer${hint}` };
  }
  return { code: 'PROXY_UNREACHABLE', why: `${origin} cannot be reached: ${text}` };
}

/** The answer had begun. */
export const cutOff = ({ origin }: Upstream): Failure => ({
  code: 'PROXY_CUT_OFF',
  why: `${origin} closed the connection in the middle of its answer`,
});

const HINTS: Readonly<Record<number, string>> = {
  401: '; it wants credentials from the app',
  403: '; it may check the Origin, a cookie or a token',
  404: '; check the path of the address',
};

/** The handshake of a WebSocket was answered like any other request. */
export function noUpgrade(url: string, { statusCode = 0, statusMessage = '' }: IncomingMessage): Failure {
  const status = `HTTP ${statusCode} ${statusMessage}`.trimEnd();
  const why = `${url} answered with ${status} instead of a WebSocket${HINTS[statusCode] ?? ''}`;
  return { code: 'PROXY_NO_WEBSOCKET', why, brief: status };
}

/** Nobody may send such an answer on. */
export const unfit = ({ origin }: Upstream, status: number): Failure => ({
  code: 'PROXY_NOT_HTTP',
  why: `${origin} answered with the status ${status}, ${status === 101 ? 'which nobody has asked for' : 'which HTTP does not have'}`,
});

export const APP_GONE: Failure = {
  code: 'PROXY_APP_GONE',
  why: 'the app has given up while the message was held',
};

/** It did not wait for the end of the handshake. */
export const goneEarly = (url: string): Failure => ({
  code: 'PROXY_APP_GONE',
  why: `the app has closed its connection before ${url} answered the handshake`,
  brief: 'closed before the handshake was answered',
});
