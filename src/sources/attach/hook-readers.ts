/** How the scripts in a page read what the page holds: bounded, and without secrets. Runs in the page, as text. */
import type { PageFunction, PageObject, PageScope, Say } from './hook-scope.ts';

export interface Readers {
  isObject(value: unknown): value is PageObject;
  /** A text, cut where it is longer than anything honest. */
  cut(value: unknown, longest?: number): string | undefined;
  /** Reports to renego, with the time. What is undefined is left out. */
  tell(members: PageObject): void;
  /** Watching must never get in the page's way: what cannot be read is not told. */
  safely(what: () => void): void;
  /** Listens to an event of the browser's, before anybody else does; those that the page makes itself are none. */
  on(target: object, name: string, hear: (event: PageObject) => void): void;
  description(value: unknown): PageObject | undefined;
  /** Null for the end of candidates. */
  candidate(value: unknown): PageObject | null | undefined;
  failure(error: unknown): PageObject;
  /** An argument as a short text, without what opens a TURN server. Throws where its members do. */
  brief(value: unknown): string | undefined;
}

export function readersOfPage(page: PageScope, say: Say): Readers {
  const { apply } = Reflect;
  const listen = page.EventTarget?.prototype.addEventListener as PageFunction;
  const { stringify } = JSON;
  const { create, keys } = Object;
  const { now } = page.performance as { now: PageFunction };
  const { performance } = page;
  const began = (performance as { timeOrigin: number }).timeOrigin;
  const LONGEST = 262_144;
  const isObject = (value: unknown): value is PageObject => typeof value === 'object' && value !== null;
  const cut = (value: unknown, longest = LONGEST) =>
    typeof value === 'string' ? (value.length > longest ? value.slice(0, longest) : value) : undefined;
  /** An object without prototype: what the page has put on Object.prototype takes no part. */
  const record = (members: PageObject) => {
    const made = create(null) as PageObject;
    for (const name of keys(members)) if (members[name] !== undefined) made[name] = members[name];
    return made;
  };
  const safely = (what: () => void) => {
    try {
      what();
    } catch {
      // The page has put something there that throws.
    }
  };
  return {
    isObject,
    cut,
    safely,
    tell: (members) => say(record({ ...members, at: began + (apply(now, performance, []) as number) })),
    on(target, name, hear) {
      const listener = (event: PageObject) => {
        if (event.isTrusted === true) safely(() => hear(event));
      };
      apply(listen, target, [name, listener]);
    },
    description: (value) => (isObject(value) ? record({ type: cut(value.type, 20), sdp: cut(value.sdp) }) : undefined),
    candidate(value) {
      if (!isObject(value)) return value === null || value === undefined ? null : undefined;
      const { sdpMid, sdpMLineIndex, usernameFragment } = value;
      const whose = { sdpMid: cut(sdpMid, 200), usernameFragment: cut(usernameFragment, 300) };
      const index = typeof sdpMLineIndex === 'number' ? sdpMLineIndex : undefined;
      return record({ candidate: cut(value.candidate, 4096) ?? '', ...whose, sdpMLineIndex: index });
    },
    failure(error) {
      const { name, message } = isObject(error) ? error : { name: 'Error', message: error };
      return record({ name: cut(name, 60) ?? 'Error', message: cut(message, 2000) ?? '' });
    },
    brief(value) {
      if (typeof value === 'string') return cut(value, 500);
      if (!isObject(value)) return undefined;
      if (typeof value.kind === 'string' && typeof value.readyState === 'string') return cut(value.kind, 20);
      if (typeof value.getTracks === 'function') return `stream ${cut(value.id, 60)}`;
      if (typeof value.replaceTrack === 'function')
        return `sender of ${cut((value.track as PageObject | null)?.kind, 20) ?? 'no track'}`;
      return cut(
        stringify(value, (key, one) => (/^(?:credential|username)$/.test(key) ? undefined : one)),
        2000,
      );
    },
  };
}
