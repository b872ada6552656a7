/** What an address alone says: a goodbye in its path, a message that travels in it. */
import { senseOf } from './senses.ts';

/** Words that also close windows and leave groups. */
const COMMON = /^(?:leave|close|stop|reject|rejected|decline|declined|disconnect|terminate)$/i;

/**
 * Whether a path ends a call: `/calls/7/hangup`, `/send/m.call.hangup/t3`. Query and host do not count. What says only
 * `leave` or `close` has to stand beside an address that signaling went to, of which `addresses` are host and path.
 */
export function saysBye(url: string, addresses: ReadonlySet<string>): boolean {
  const address = url.replace(/^\w+:\/\//, '').replace(/[?#].*$/, '');
  const [host = '', ...path] = address.split('/');
  const word = path.find((part) => part.length <= 60 && senseOf(part) === 'bye');
  if (word === undefined) return false;
  const beside = COMMON.test(word) ? `${address.slice(0, address.lastIndexOf('/'))}/` : `${host}/`;
  if (beside === `${host}/` && COMMON.test(word)) return false;
  return [...addresses].some((one) => one.startsWith(beside));
}

/** A message in the path or a parameter, as PubNub publishes it; undefined if there is none. */
export function payloadIn(url: string): string | undefined {
  const part = /[/=]([^/=&?#]*%(?:7B|22)[^/&?#]*)/i.exec(url.slice(0, LONGEST))?.[1];
  if (part === undefined) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Servers take no longer addresses. */
const LONGEST = 64 * 1024;
