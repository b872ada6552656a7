/** Why the first signaling connection failed, and what the user can do about it. */
import { RenegoError } from '../core/errors.ts';

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const TLS = /CERT|_TLS_|SSL|UNABLE_TO_|EPROTO/;

const fail = (code: string, message: string, hint?: string): RenegoError =>
  new RenegoError('connect', code, message, hint);

/** Checks the address before anything is dialled. Returns it normalised. Throws RenegoError `CONNECT_URL`. */
export function signalingUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    const hint = 'An address looks like ws://127.0.0.1:8080/ or wss://example.org/signal.';
    throw new RenegoError('usage', 'CONNECT_URL', `'${text}' is not an address`, hint);
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    const instead = text.replace(/^http/i, 'ws');
    throw new RenegoError(
      'usage',
      'CONNECT_URL',
      `'${text}' is a web address, not a WebSocket one`,
      `Did you mean ${instead} ?`,
    );
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    const hint = 'Signaling servers are reached by ws:// or wss://.';
    throw new RenegoError('usage', 'CONNECT_URL', `renego cannot speak '${url.protocol}'`, hint);
  }
  url.hash = '';
  return url.href;
}

/** The server answered the handshake with something else than 101. */
export function httpError(url: string, status: number): RenegoError {
  const hints: Record<number, string> = {
    401: 'It wants credentials: give them with --header "Authorization: …".',
    403: 'It may check the Origin or a token: give them with --header.',
    404: 'Check the path of the address.',
    426: 'It wants another WebSocket version or subprotocol: see --subprotocol.',
    500: 'Some servers fail like this when they miss their subprotocol: see --subprotocol.',
  };
  const hint = hints[status] ?? 'Check that the address is the one of the WebSocket endpoint.';
  return fail('CONNECT_HTTP', `${url} answered with HTTP ${status} instead of a WebSocket`, hint);
}

/** A failure of the socket or of the handshake, as `ws` reports it. */
export function socketError(url: string, thrown: unknown): RenegoError {
  const { code, text } = describeSocketError(thrown);
  if (code === 'ECONNREFUSED') {
    return fail('CONNECT_REFUSED', `nobody listens at ${url}`, 'Is the server running, and is the port right?');
  }
  if (DNS.has(code)) {
    return fail('CONNECT_DNS', `the host of ${url} cannot be found`, 'Check the spelling of the host name.');
  }
  if (TLS.test(code)) {
    const plain = /EPROTO|WRONG_VERSION/.test(`${code} ${text}`);
    const hint = plain
      ? 'The server does not speak TLS there: try ws:// instead of wss://.'
      : 'For a self-signed certificate of your own, use --insecure.';
    return fail('CONNECT_TLS', `the TLS connection to ${url} failed: ${text}`, hint);
  }
  if (/timed out/i.test(text) || code === 'ETIMEDOUT') {
    return fail('CONNECT_TIMEOUT', `${url} does not answer`, 'A firewall or a wrong port often looks like this.');
  }
  if (/invalid (sec-websocket|upgrade)|parse error|HPE_/i.test(`${text} ${code}`)) {
    return fail('CONNECT_HTTP', `${url} does not speak WebSocket: ${text}`, 'Check the port and the path.');
  }
  if (code === 'ECONNRESET' || /hang up|socket disconnected/.test(text)) {
    const hint = url.startsWith('wss:')
      ? 'If it does not speak TLS, use ws:// instead of wss://.'
      : 'If it expects TLS, use wss:// instead of ws://.';
    return fail('CONNECT_REFUSED', `${url} closed the connection during the handshake`, hint);
  }
  return fail('CONNECT_FAILED', `${url} cannot be reached: ${text}`);
}

/** Code and sentence of a socket error; dialling several addresses of one host gives an AggregateError. */
export function describeSocketError(thrown: unknown): { code: string; text: string } {
  const first = thrown instanceof AggregateError ? (thrown.errors[0] as unknown) : thrown;
  const { code, message } = (typeof first === 'object' && first !== null ? first : {}) as {
    code?: unknown;
    message?: unknown;
  };
  const text = typeof message === 'string' && message !== '' ? (message.split('\n')[0] ?? '') : String(code ?? first);
  return { code: typeof code === 'string' ? code : '', text };
}
