/** Where a LiveKit server is joined, and how a session is taken up again. */
import type { ClientOptions } from '../protocol.ts';

/** What we speak: two peer connections, and everything up to that version of the protocol. */
const VERSION = '16';

/**
 * The address of the signaling WebSocket: `/rtc` under the address given, with the token of `--param token` unless the
 * address has one. `sid`: of the participant whose session is taken up again.
 */
export function rtcAddress({ url = '', params = {} }: ClientOptions, resume?: { sid: string; token: string }): string {
  const [, base = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  const wanted = new Map<string, string>([
    ['auto_subscribe', '1'],
    ['protocol', VERSION],
    ['sdk', 'js'],
    ...query
      .split('&')
      .filter((part) => part !== '')
      .map((part): [string, string] => {
        const at = part.indexOf('=');
        return at < 0 ? [part, ''] : [part.slice(0, at), decode(part.slice(at + 1))];
      }),
    ...(params.token === undefined ? [] : ([['access_token', params.token]] as const)),
  ]);
  if (resume) {
    if (resume.token !== '') wanted.set('access_token', resume.token);
    wanted.set('reconnect', '1');
    wanted.set('sid', resume.sid);
  }
  const path = /\/rtc(?:\/v\d+)?\/?$/.test(base) ? base : `${base.replace(/\/+$/, '')}/rtc`;
  return `${path}?${[...wanted].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
