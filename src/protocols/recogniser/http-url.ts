/** What an address alone says: a goodbye in its path, a message that travels in it. */
import { senseOf } from './senses.ts';

/** Words that also close windows and leave groups and accounts. */
const COMMON =
  /^(?:leave|close|stop|reject|rejected|decline|declined|disconnect|terminate|shutdown|log[-_]?out|sign[-_]?out)$/i;
/** What is closed below these is not the call. */
const PARTS = /^(?:tracks?|data-?channels?|transceivers?)$/i;

/** A set, or a map of what is known of each. */
export interface Addresses {
  has(address: string): boolean;
  keys(): Iterable<string>;
}

/** Addresses that signaling went to: host and path, and `host?name=value` of each parameter. */
export function placesOf(url: string): string[] {
  const [place, query = ''] = placeOf(url).split('?', 2);
  const [host = ''] = (place ?? '').split('/');
  return [place ?? '', ...query.split('&', MOST_PARAMETERS).flatMap((one) => (one === '' ? [] : [`${host}?${one}`]))];
}
const MOST_PARAMETERS = 10;

const placeOf = (url: string): string => url.replace(/^\w+:\/\//, '').replace(/#.*$/, '');

/** The part of a path that is a goodbye: `/calls/7/hangup`, `/send/m.call.hangup/t3`. Query and host do not count. */
export function byeIn(url: string): string | undefined {
  const [, ...path] = placeOf(url).replace(/\?.*$/, '').split('/');
  return path.find((part, i) => part.length <= 60 && senseOf(part) === 'bye' && !PARTS.test(path[i - 1] ?? ''));
}

/**
 * Whether a path ends a call that signaling went to, of which `addresses` are the `placesOf`. What says only `leave` or
 * `close` has to stand beside one of them, or to have a parameter of one: `GET /sign_out?peer_id=1`.
 */
export function saysBye(url: string, addresses: Addresses): boolean {
  const word = byeIn(url);
  if (word === undefined) return false;
  const [address = '', ...parameters] = placesOf(url);
  const host = `${address.split('/', 1)[0]}/`;
  if (!COMMON.test(word)) return startsOne(host, addresses);
  const beside = `${address.slice(0, address.lastIndexOf('/'))}/`;
  return (beside !== host && startsOne(beside, addresses)) || parameters.some((one) => addresses.has(one));
}

/** Whether signaling went to this address or below it: `DELETE /streams/7` ends what `/streams/7/sdp` began. */
export function isAbove(url: string, addresses: Addresses): boolean {
  const [address = ''] = placesOf(url);
  return addresses.has(address) || (address.split('/').length > 2 && startsOne(`${address}/`, addresses));
}

function startsOne(start: string, addresses: Addresses): boolean {
  for (const one of addresses.keys()) if (one.startsWith(start)) return true;
  return false;
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
