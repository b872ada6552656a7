/**
 * The script that watches RTCPeerConnection in a page. It is turned into text and runs there, before the page's own
 * scripts: it can use nothing from outside itself, keeps the natives it needs, and must change nothing the page can tell:
 * constructor and methods are proxies of the native ones, so that prototype, instanceof, name, length and native code stay.
 */
import type { Readers } from './hook-readers.ts';
import type { Control, PageClass, PageFunction, PageObject, PageScope } from './hook-scope.ts';

/** Undefined where there are no peer connections: in workers, or where a policy took them away. */
export function watchPeers(page: PageScope, readers: Readers): Control | undefined {
  const Native = page.RTCPeerConnection as PageClass;
  if (typeof Native !== 'function') return undefined;
  const { brief, candidate, cut, description, failure, isObject, on, safely, tell } = readers;
  const { apply, construct, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { stringify } = JSON;
  const { create } = Object;
  const { then } = Promise.prototype;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { deref } = WeakRef.prototype;
  const proto = Native.prototype;
  const ids = new WeakMap<object, number>();
  const watched = new WeakMap<object, true>();
  const all = create(null) as Record<number, WeakRef<object>>;
  const methods = create(null) as Record<string, PageFunction>;
  const natives = create(null) as Record<string, PageFunction | undefined>;
  let [pcs, calls] = [0, 0];

  const GETTERS = ['signalingState', 'iceConnectionState', 'connectionState', 'iceGatheringState', 'localDescription'];
  GETTERS.push('currentLocalDescription', 'currentRemoteDescription', 'pendingLocalDescription');
  GETTERS.push('pendingRemoteDescription', 'sctp');
  for (const name of GETTERS) natives[name] = getOwnPropertyDescriptor(proto, name)?.get as PageFunction | undefined;
  const read = (pc: object, name: string) => (natives[name] ? apply(natives[name], pc, []) : undefined);

  function watchChannel(pc: number, value: unknown): void {
    if (!isObject(value)) return;
    const label = cut(value.label, 60);
    for (const name of ['open', 'close', 'error']) {
      const state = name === 'close' ? 'closed' : name;
      on(value, name, () => tell({ k: 'state', pc, of: 'data', value: state, label }));
    }
  }

  /** DTLS transports appear as descriptions are applied. */
  function watchTransports(pc: object, id: number): void {
    const sctp = read(pc, 'sctp') as PageObject | null | undefined;
    const senders = (natives.getSenders ? apply(natives.getSenders, pc, []) : []) as PageObject[];
    for (const owner of [sctp, ...senders]) {
      const transport = owner?.transport as PageObject | null | undefined;
      if (!isObject(transport) || apply(lookUp, watched, [transport]) !== undefined) continue;
      apply(keep, watched, [transport, true]);
      on(transport, 'statechange', () => {
        // Bundling closes the transports that are not needed, which says nothing about the connection.
        if (transport.state !== 'closed') tell({ k: 'state', pc: id, of: 'dtls', value: cut(transport.state, 30) });
      });
    }
  }

  function watch(pc: object): number {
    pcs += 1;
    const id = pcs;
    apply(keep, ids, [pc, id]);
    all[id] = new WeakRef(pc);
    const state = (event: string, of: string, getter: string) =>
      on(pc, event, () => tell({ k: 'state', pc: id, of, value: cut(read(pc, getter), 30) }));
    state('signalingstatechange', 'signaling', 'signalingState');
    state('iceconnectionstatechange', 'ice', 'iceConnectionState');
    state('connectionstatechange', 'connection', 'connectionState');
    state('icegatheringstatechange', 'gathering', 'iceGatheringState');
    on(pc, 'icecandidate', (event) => tell({ k: 'candidate', pc: id, candidate: candidate(event.candidate) }));
    on(pc, 'negotiationneeded', () => tell({ k: 'event', pc: id, name: 'negotiationneeded' }));
    on(pc, 'icecandidateerror', ({ errorCode, errorText, url }) => {
      const args = `${errorCode} ${cut(errorText, 200) ?? ''} ${cut(url, 200) ?? ''}`;
      tell({ k: 'event', pc: id, name: 'icecandidateerror', args });
    });
    on(pc, 'track', ({ track, transceiver }) => {
      const [kind, mid] = [(track as PageObject).kind, (transceiver as PageObject).mid];
      tell({ k: 'event', pc: id, name: 'track', args: `${kind} mid ${mid}` });
    });
    on(pc, 'datachannel', ({ channel }) => {
      tell({ k: 'event', pc: id, name: 'datachannel', args: cut((channel as PageObject).label, 200) });
      watchChannel(id, channel);
    });
    return id;
  }

  /** A connection that was there before this script. */
  function adopt(pc: object): number {
    const states = { signaling: read(pc, 'signalingState'), ice: read(pc, 'iceConnectionState') };
    const id = watch(pc);
    const [local, remote] = [read(pc, 'currentLocalDescription'), read(pc, 'currentRemoteDescription')];
    const [toBe, toCome] = [read(pc, 'pendingLocalDescription'), read(pc, 'pendingRemoteDescription')];
    const descriptions = { local: description(local), remote: description(remote) };
    const pending = { pendingLocal: description(toBe), pendingRemote: description(toCome) };
    const [connection, gathering] = [read(pc, 'connectionState'), read(pc, 'iceGatheringState')];
    tell({ k: 'adopt', pc: id, ...states, connection, gathering, ...descriptions, ...pending });
    safely(() => watchTransports(pc, id));
    return id;
  }

  function idOf(self: unknown): number | undefined {
    if (!isObject(self)) return undefined;
    const known = apply(lookUp, ids, [self]) as number | undefined;
    if (known !== undefined) return known;
    try {
      return adopt(self);
    } catch {
      return undefined;
    }
  }

  type Handle = (native: PageFunction, pc: object, args: unknown[], id: number) => unknown;

  function wrap(name: string, handle: Handle): void {
    const found = getOwnPropertyDescriptor(proto, name);
    const native = found?.value as PageFunction | undefined;
    if (found === undefined || typeof native !== 'function') return;
    natives[name] = native;
    const proxy = new Proxy(native, {
      apply(_target, self: unknown, args: unknown[]) {
        const id = idOf(self);
        return id === undefined ? apply(native, self, args) : handle(native, self as object, args, id);
      },
    });
    methods[name] = proxy;
    defineProperty(proto, name, { ...found, value: proxy });
  }

  /** Calls that give a promise, or in the old form take two callbacks: `first` is where these begin. */
  function wrapAsync(name: string, first: number, given: (value: unknown) => PageObject): void {
    wrap(name, (native, pc, args, id) => {
      calls += 1;
      const call = calls;
      const done = (ok: boolean, value: unknown) =>
        safely(() => {
          const implicit = name === 'setLocalDescription' && !(isObject(args[0]) && args[0].sdp);
          const made = first === 0 ? value : implicit ? read(pc, 'localDescription') : undefined;
          const result = ok ? { description: description(made) } : { error: failure(value) };
          tell({ k: 'done', pc: id, call, name, ok, ...result });
          if (ok && first === 1) watchTransports(pc, id);
        });
      safely(() => tell({ k: 'call', pc: id, call, name, ...(first === 1 && given(args[0])) }));
      const [onDone, onFailed] = [args[first], args[first + 1]];
      if (typeof onDone === 'function') {
        const hears = (callback: unknown, ok: boolean) =>
          typeof callback !== 'function'
            ? callback
            : (value: unknown) => {
                done(ok, value);
                return apply(callback as PageFunction, undefined, ok && first === 1 ? [] : [value]);
              };
        return apply(native, pc, [
          ...args.slice(0, first),
          hears(onDone, true),
          hears(onFailed, false),
          ...args.slice(first + 2),
        ]);
      }
      // The page gets what follows from the promise, so that a rejection nobody handles stays one.
      return apply(then, apply(native, pc, args), [
        (value: unknown) => {
          done(true, value);
          return value;
        },
        (error: unknown) => {
          done(false, error);
          throw error;
        },
      ]);
    });
  }

  function wrapSync(name: string): void {
    wrap(name, (native, pc, args, id) => {
      const said = (ok: boolean, error?: unknown) =>
        safely(() => {
          const text = brief(args[0]);
          tell({ k: 'made', pc: id, name, ok, args: text, ...(ok ? {} : { error: failure(error) }) });
        });
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
  for (const name of ['createDataChannel', 'restartIce', 'setConfiguration', 'close']) wrapSync(name);
  for (const name of ['getStats', 'getSenders']) natives[name] = proto[name] as PageFunction;

  const Watched = new Proxy(Native, {
    construct(_target, args: unknown[], newTarget) {
      try {
        const pc = construct(Native, args, newTarget) as object;
        safely(() => tell({ k: 'new', pc: watch(pc), args: brief(args[0]) }));
        return pc;
      } catch (error) {
        safely(() => tell({ k: 'refused', error: failure(error) }));
        throw error;
      }
    },
  });
  defineProperty(proto, 'constructor', { ...getOwnPropertyDescriptor(proto, 'constructor'), value: Watched });
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
    const found = getOwnPropertyDescriptor(page, name);
    if (found?.value === Native) defineProperty(page, name, { ...found, value: Watched });
  }

  return {
    adopt(found) {
      const before = pcs;
      for (let i = 0; i < found.length && i < 1000; i += 1) idOf(found[i]);
      return pcs - before;
    },
    async act(id, method, argument) {
      const pc = all[id] && (apply(deref, all[id], []) as object | undefined);
      if (pc === undefined) return 'it is gone';
      if (method === 'getStats') {
        const stats: unknown[] = [];
        const report = (await apply(natives.getStats as PageFunction, pc, [])) as Map<string, unknown>;
        for (const one of report.values()) if (stats.length < 500) stats.push(one);
        return `ok ${stringify(stats)}`;
      }
      const proxy = methods[method];
      if (proxy === undefined) return 'this browser has no such method';
      await apply(proxy, pc, argument === undefined ? [] : [argument]);
      return 'ok';
    },
  };
}
