/** Where a browser listens, and which protocol it speaks there. */
import { RenegoError } from '../../core/errors.ts';
import { isObject, parseJson } from '../../protocols/json.ts';
import { describeSocketError } from '../connect-error.ts';
import { howToStart } from './how-to-start.ts';
import { installed } from './installed.ts';

export interface Endpoint {
  readonly speaks: 'devtools' | 'bidi';
  /** The WebSocket. */
  readonly url: string;
  /** All that is known is that something answers there, which does not speak the DevTools protocol. */
  readonly assumed?: boolean;
}

const ANSWER_MS = 10_000;

function howTo(host: string): string {
  const [chromium, firefox] = ['chromium', 'firefox'].map((kind) => installed(kind)[0]);
  return howToStart(host, { platform: process.platform, chromium, firefox });
}

/** `9222`, `host:port`, `http://host:port`, `ws://host:port/devtools/browser/…`, `ws://host:port/session`. */
export async function findEndpoint(text: string): Promise<Endpoint> {
  const url = addressOf(text);
  if (/^wss?:$/.test(url.protocol) && url.pathname.startsWith('/devtools/browser/'))
    return { speaks: 'devtools', url: url.href };
  if (/^wss?:$/.test(url.protocol) && url.pathname.startsWith('/session')) return { speaks: 'bidi', url: url.href };
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const found = await askVersion(`${secure ? 'https' : 'http'}://${url.host}/json/version`, url.host);
  const socket = `${secure ? 'wss' : 'ws'}://${url.host}`;
  if (found === undefined) return { speaks: 'bidi', url: `${socket}/session`, assumed: true };
  // The path counts: behind a forwarded port the browser does not know how it is reached.
  return { speaks: 'devtools', url: `${socket}${new URL(found).pathname}` };
}

/** Throws RenegoError `usage`/`BAD_ENDPOINT`. */
function addressOf(text: string): URL {
  const whole = /^\d{1,5}$/.test(text) ? `http://127.0.0.1:${text}` : /^\w+:\/\//.test(text) ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url !== undefined && /^(?:https?|wss?):$/.test(url.protocol) && url.host !== '') return url;
  const hint = 'Write it like 127.0.0.1:9222 or ws://127.0.0.1:9222/session.';
  throw new RenegoError('usage', 'BAD_ENDPOINT', `'${text}' is no address of a browser`, hint);
}

/** Nobody is there, by these codes (or may be: fetch asks no ports of well-known services); else somebody is, and no browser. */
const NOBODY = /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|UND_ERR_CONNECT|bad port)/;
const CHECK = 'Check host and port: a browser listens where --remote-debugging-port said.';

function noBrowser(error: Error, host: string): RenegoError {
  const fail = (message: string, hint: string) => new RenegoError('connect', 'NO_BROWSER', message, hint);
  if (error.name === 'TimeoutError')
    return fail(`no browser answers at ${host}: nothing came within ${ANSWER_MS / 1000} s`, CHECK);
  const { cause = error } = error;
  const { text } = describeSocketError(cause);
  return NOBODY.test(String((cause as { code?: unknown }).code ?? text))
    ? fail(`no browser answers at ${host}: ${text}`, howTo(host))
    : fail(`what answers at ${host} is no browser that can be attached to: ${text}`, CHECK);
}

/** The address for the DevTools protocol; undefined if the browser does not speak it. */
async function askVersion(url: string, host: string): Promise<string | undefined> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' });
    body = (await response.text()).slice(0, 100_000);
  } catch (error) {
    throw noBrowser(error as Error, host);
  }
  if (response.status === 500 && /Host header/.test(body)) {
    throw new RenegoError(
      'connect',
      'NO_BROWSER',
      `the browser at ${host} wants an address of numbers: ${body.slice(0, 200)}`,
    );
  }
  const version = parseJson(body);
  const socket = isObject(version) ? version.webSocketDebuggerUrl : undefined;
  return typeof socket === 'string' && URL.canParse(socket) ? socket : undefined;
}
