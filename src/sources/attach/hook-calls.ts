/** The methods of RTCPeerConnection: who calls them with what, and how that ends. Runs in the page, as text. */
import type { Disguise } from './hook-disguise.ts';
import type { Media } from './hook-media.ts';
import type { Readers } from './hook-readers.ts';
import type { PageFunction, PageObject } from './hook-scope.ts';

export interface OfConnection {
  /** The number of a connection; undefined for anything else. */
  idOf(self: unknown): number | undefined;
  localDescription(pc: object): unknown;
}

/** Gives the methods as the page has them now. */
export function watchCalls(
  proto: PageObject,
  { brief, candidate, description, failure, isObject, safely, tell }: Readers,
  { heard, method }: Disguise,
  { settled, watchChannel, words }: Media,
  { idOf, localDescription }: OfConnection,
): Record<string, PageFunction | undefined> {
  const { apply } = Reflect;
  const methods = Object.create(null) as Record<string, PageFunction | undefined>;
  let calls = 0;

  type Watch = (native: PageFunction, pc: object, args: unknown[], id: number) => unknown;
  function wrap(name: string, watch: Watch): void {
    methods[name] = method(proto, name, (native, self, args) => {
      const id = idOf(self);
      return id === undefined ? apply(native, self, args) : watch(native, self as object, args, id);
    });
  }

  /** Calls that give a promise, or in the old form take two callbacks: `first` is where these begin. */
  function wrapAsync(name: string, first: number, given: (value: unknown) => PageObject): void {
    wrap(name, (native, pc, args, id) => {
      calls += 1;
      const call = calls;
      const done = (ok: boolean, value: unknown) =>
        safely(() => {
          const [set] = args;
          const said = isObject(set) && (set.sdp || set.type === 'rollback');
          const implicit = name === 'setLocalDescription' && !said;
          const made = first === 0 ? value : implicit ? localDescription(pc) : undefined;
          const result = ok ? { description: description(made) } : { error: failure(value) };
          tell({ k: 'done', pc: id, call, name, ok, ...result });
          if (ok && first === 1) settled(pc, id);
        });
      safely(() => tell({ k: 'call', pc: id, call, name, ...(first === 1 && given(args[0])) }));
      const onDone = args[first];
      // One function alone is not the old form: it is taken for options, or for nothing.
      if (typeof onDone !== 'function' || args.length < first + 2) return heard(apply(native, pc, args), done);
      const hears = (callback: unknown, ok: boolean) =>
        typeof callback !== 'function'
          ? callback
          : (...values: unknown[]) => {
              done(ok, values[0]);
              return apply(callback as PageFunction, undefined, values);
            };
      args[first] = hears(onDone, true);
      args[first + 1] = hears(args[first + 1], false);
      return heard(apply(native, pc, args), (ok, error) => ok || done(false, error));
    });
  }

  function wrapSync(name: string): void {
    wrap(name, (native, pc, args, id) => {
      let text: string | undefined;
      safely(() => {
        text = words(args.slice(0, 5).map(brief));
      });
      const said = (ok: boolean, error?: unknown) =>
        safely(() => tell({ k: 'made', pc: id, name, ok, args: text, ...(ok ? {} : { error: failure(error) }) }));
      try {
        const result = apply(native, pc, args);
        said(true);
        if (name === 'createDataChannel') safely(() => watchChannel(id, result));
        return result;
      } catch (error) {
        said(false, error);
        throw error;
      }
    });
  }

  wrapAsync('createOffer', 0, () => ({}));
  wrapAsync('createAnswer', 0, () => ({}));
  wrapAsync('setLocalDescription', 1, (value) => ({ description: description(value) }));
  wrapAsync('setRemoteDescription', 1, (value) => ({ description: description(value) }));
  wrapAsync('addIceCandidate', 1, (value) => ({ candidate: candidate(value) }));
  for (const name of ['addTrack', 'removeTrack', 'addTransceiver', 'addStream', 'removeStream']) wrapSync(name);
  for (const name of ['createDataChannel', 'restartIce', 'setConfiguration', 'setIdentityProvider', 'close'])
    wrapSync(name);
  // It is asked all the time, and says nothing unless it fails.
  wrap('getStats', (native, pc, args, id) =>
    heard(apply(native, pc, args), (ok, error) => {
      if (!ok) safely(() => tell({ k: 'made', pc: id, name: 'getStats', ok, error: failure(error) }));
    }),
  );
  return methods;
}
