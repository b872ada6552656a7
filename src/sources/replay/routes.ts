/** Addresses, versions and headers of HTTP requests: those of today in place of the recorded ones. */
import type { HttpCarriage, Signal } from '../../core/event.ts';
import { addressOf } from './address.ts';
import { createRemembered } from './remembered.ts';

/** The headers that tell, of a message; names in lower case. */
export function headersOf({
  signals,
  http,
}: {
  readonly signals: readonly Signal[];
  readonly http?: HttpCarriage;
}): Readonly<Record<string, string>> {
  const told = signals.find((signal) => 'headers' in signal && signal.headers !== undefined);
  return (told !== undefined && 'headers' in told ? told.headers : undefined) ?? http?.headers ?? {};
}

/** What a body is, where the recording does not say. */
export function typeOf(body: string): string | undefined {
  if (body === '') return undefined;
  if (/^v=0/.test(body)) return 'application/sdp';
  if (/^(?:a=|m=)/.test(body)) return 'application/trickle-ice-sdpfrag';
  return /^\s*[[{]/.test(body) ? 'application/json' : 'text/plain';
}

export interface Routes {
  /** Where a request of the recording goes today. */
  to(recorded: string): string;
  /** The headers of a recorded request, with today's versions of what it acts on. */
  headers(recorded: Readonly<Record<string, string>>): Record<string, string>;
  /** A response then, and the same response now. */
  learn(then: Answer, now: Answer): void;
}

export interface Answer {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const MOST = 1_000;

/** Path and query with today's ids in place of the recorded ones. */
export type Placed = (pathAndQuery: string) => string;

/** `target` is the given address, `first` that of the first request of the recording. */
export function createRoutes(target: string, first: string | undefined, placed: Placed = (path) => path): Routes {
  const places = createRemembered<string, string>(MOST);
  const versions = createRemembered<string, string>(MOST);

  function led(url: string): string | undefined {
    const known = places.get(url);
    if (known !== undefined) return known;
    for (const [then, now] of places.all) if (url.startsWith(`${then}/`)) return now + url.slice(then.length);
    return undefined;
  }

  return {
    to(recorded) {
      const known = led(recorded);
      if (known !== undefined) return known;
      if (recorded === first) return addressOf(target, recorded);
      return URL.canParse(recorded) && URL.canParse(target)
        ? new URL(placed(pathAndQuery(recorded)), new URL(target).origin).href
        : target;
    },
    headers(recorded) {
      const headers: Record<string, string> = {};
      for (const name of ['content-type', 'accept', 'if-match']) {
        const value = recorded[name];
        const today = value === undefined ? undefined : (versions.get(value) ?? value);
        if (today !== undefined && isHeader(today)) headers[name] = today;
      }
      return headers;
    },
    learn(then, now) {
      const [before, after] = [then, now].map(locationOf);
      if (before !== undefined && after !== undefined) places.set(before, after);
      const [was, is] = [then.headers.etag, now.headers.etag];
      if (was !== undefined && is !== undefined) versions.set(was, is);
    },
  };
}

/** Whether a value may stand in a header; one that may not would end the request. */
export const isHeader = (value: string): boolean => /^[\t\x20-\x7e]*$/.test(value);

const pathAndQuery = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

function locationOf({ url, headers: { location } }: Answer): string | undefined {
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : undefined;
}
