/** Why the first signaling connection failed, and what the user can do about it. */
import { RenegoError } from '../core/errors.ts';

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']);
const TLS = /CERT|_TLS_|SSL|UNABLE_TO_|EPROTO/;

const fail = (code: string, message: string, hint?: string): RenegoError =>
  new RenegoError('connect', code, message, hint);

/** Checks the address before anything is dialled. Returns it normalised. Throws RenegoError `CONNECT_URL`. */
export function signalingUrl(text: string): string {
  const url = parseUrl(text, 'An address looks like ws://127.0.0.1:8080/ or wss://example.org/signal.');
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    const instead = text.replace(/^http/i, 'ws');
    const hint = `Did you mean ${instead} ? For signaling over HTTP, name it with --protocol.`;
    throw badUrl(`'${text}' is a web address, not a WebSocket one`, hint);
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw badUrl(`renego cannot speak '${url.protocol}'`, 'Signaling servers are reached by ws:// or wss://.');
  }
  return url.href;
}

/** The same for protocols that begin with a request: ws:// and wss:// stand for http:// and https:// there. */
export function requestUrl(text: string): string {
  const url = parseUrl(text, 'An address looks like https://example.org/whip/endpoint.');
  if (!/^(http|ws)s?:$/.test(url.protocol)) {
    throw badUrl(`renego cannot speak '${url.protocol}'`, 'This protocol is reached by http:// or https://.');
  }
  return url.href.replace(/^ws/, 'http');
}

function badUrl(message: string, hint: string): RenegoError {
  return new RenegoError('usage', 'CONNECT_URL', message, hint);
}

function parseUrl(text: string, hint: string): URL {
  try {
    const url = new URL(text);
    url.hash = '';
    return url;
  } catch {
    throw badUrl(`'${text}' is not an address`, hint);
  }
}

/** Who names a system need not know its path. */
const PATHS = 'Usual ones are /socket.io/, /peerjs, /ws and /rtc; --protocol <name> adds the one of its system.';

/** The server answered the handshake with something else than 101. */
export function httpError(url: string, status: number): RenegoError {
  const hints: Record<number, string> = {
    401: 'It wants credentials: give them with --header "Authorization: …".',
    403: 'It may check the Origin or a token: give them with --header.',
    404: `Check the path of the address. ${PATHS}`,
    426: 'It wants another WebSocket version or subprotocol: see --subprotocol.',
    500: 'Some servers fail like this when they miss their subprotocol: see --subprotocol.',
  };
  const hint = hints[status] ?? `Check that the address is the one of the WebSocket endpoint. ${PATHS}`;
  return fail('CONNECT_HTTP', `${url} answered with HTTP ${status} instead of a WebSocket`, hint);
}

/** A failure of the socket or of the handshake, as `ws` and Node's HTTP report it. */
export function socketError(url: string, thrown: unknown): RenegoError {
  const { code, text } = describeSocketError(thrown);
  const [plain, secure] = /^http/.test(url) ? ['http://', 'https://'] : ['ws://', 'wss://'];
  if (code === 'ECONNREFUSED') {
    return fail('CONNECT_REFUSED', `nobody listens at ${url}`, 'Is the server running, and is the port right?');
  }
  if (DNS.has(code)) {
    return fail('CONNECT_DNS', `the host of ${url} cannot be found`, 'Check the spelling of the host name.');
  }
  if (TLS.test(code)) {
    const hint = /EPROTO|WRONG_VERSION/.test(`${code} ${text}`)
      ? `The server does not speak TLS there: try ${plain} instead of ${secure}.`
      : 'For a self-signed certificate of your own, use --insecure.';
    return fail('CONNECT_TLS', `the TLS connection to ${url} failed: ${text}`, hint);
  }
  if (/timed out/i.test(text) || code === 'ETIMEDOUT') {
    return fail('CONNECT_TIMEOUT', `${url} does not answer`, 'A firewall or a wrong port often looks like this.');
  }
  if (/invalid (sec-websocket|upgrade)|parse error|HPE_/i.test(`${text} ${code}`)) {
    const language = plain === 'ws://' ? 'WebSocket' : 'HTTP';
    return fail('CONNECT_HTTP', `${url} does not speak ${language}: ${text}`, 'Check the port and the path.');
  }
  if (isHangUp(thrown)) {
    const hint = url.startsWith(secure ?? '')
      ? `If it does not speak TLS, use ${plain} instead of ${secure}.`
      : plain === 'ws://'
        ? 'It may want another subprotocol (see --subprotocol), a header (see --header), another path, or TLS: then use wss:// instead of ' +
          `ws://. ${PATHS}`
        : `If it expects TLS, use ${secure} instead of ${plain}.`;
    const when = plain === 'ws://' ? ' during the handshake' : ' without an answer';
    return fail('CONNECT_REFUSED', `${url} closed the connection${when}`, hint);
  }
  return fail('CONNECT_FAILED', `${url} cannot be reached: ${text}`);
}

/** The server closed the connection in place of an answer. */
export function isHangUp(thrown: unknown): boolean {
  const { code, text } = describeSocketError(thrown);
  return code === 'ECONNRESET' || /hang up|socket disconnected/.test(text);
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
