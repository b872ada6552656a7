/**
 * The script that watches RTCPeerConnection in a page. It is turned into text and runs there, before the page's own
 * scripts: it can use nothing from outside itself, keeps the natives it needs, and must change nothing the page can tell.
 */
import type { watchCalls } from './hook-calls.ts';
import type { readConfigurations } from './hook-configuration.ts';
import type { Disguise } from './hook-disguise.ts';
import type { watchMedia } from './hook-media.ts';
import type { Readers } from './hook-readers.ts';
import type { Control, PageClass, PageFunction, PageObject, PageScope } from './hook-scope.ts';

export interface PeerParts {
  readonly calls: typeof watchCalls;
  readonly media: typeof watchMedia;
  readonly configurations: typeof readConfigurations;
}

/** Undefined where there are no peer connections: in workers, or where a policy took them away. */
export function watchPeers(
  page: PageScope,
  readers: Readers,
  disguise: Disguise,
  parts: PeerParts,
): Control | undefined {
  const Native = page.RTCPeerConnection as PageClass;
  if (typeof Native !== 'function') return undefined;
  const { brief, candidate, cut, description, failure, isObject, on, safely, tell } = readers;
  const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const { stringify } = JSON;
  const { get: lookUp, set: keep } = WeakMap.prototype;
  const { deref } = WeakRef.prototype;
  const proto = Native.prototype;
  const ids = new WeakMap<object, number>();
  const MOST = 500;
  /** The newest. */
  const all = new Map<number, WeakRef<object>>();
  const getStats = proto.getStats as PageFunction;
  let pcs = 0;

  const READ = ['signalingState', 'iceConnectionState', 'connectionState', 'iceGatheringState', 'localDescription'];
  READ.push('currentLocalDescription', 'currentRemoteDescription', 'pendingLocalDescription');
  READ.push('pendingRemoteDescription');
  const getters = Object.create(null) as Record<string, (self: object) => unknown>;
  for (const name of READ) getters[name] = disguise.reader(proto, name);
  const read = (pc: object, name: string) => getters[name]?.(pc);

  const configurations = parts.configurations(proto, readers);
  const media = parts.media(page, readers, disguise, () =>
    [...all].flatMap(([id, reference]) => {
      const pc = apply(deref, reference, []) as object | undefined;
      return pc === undefined ? [] : [[id, pc] as const];
    }),
  );

  function watch(pc: object): number {
    pcs += 1;
    const id = pcs;
    apply(keep, ids, [pc, id]);
    all.set(id, new WeakRef(pc));
    all.delete(id - MOST);
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
      media.watchChannel(id, channel);
    });
    return id;
  }

  /** A connection that was there before this script, or was made by something that was kept from before. */
  function adopt(pc: object, known?: number): number {
    const states = { signaling: read(pc, 'signalingState'), ice: read(pc, 'iceConnectionState') };
    const id = known ?? watch(pc);
    const [local, remote] = [read(pc, 'currentLocalDescription'), read(pc, 'currentRemoteDescription')];
    const [toBe, toCome] = [read(pc, 'pendingLocalDescription'), read(pc, 'pendingRemoteDescription')];
    const descriptions = { local: description(local), remote: description(remote) };
    const pending = { pendingLocal: description(toBe), pendingRemote: description(toCome) };
    const [connection, gathering] = [read(pc, 'connectionState'), read(pc, 'iceGatheringState')];
    tell({ k: 'adopt', pc: id, ...states, connection, gathering, ...descriptions, ...pending });
    safely(() => media.settled(pc, id));
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

  const localDescription = (pc: object) => read(pc, 'localDescription');
  const methods = parts.calls(proto, readers, disguise, media, { idOf, localDescription });

  disguise.method(Native as unknown as PageObject, 'generateCertificate', (native, self, args) =>
    disguise.heard(apply(native, self, args), (ok, error) =>
      safely(() => {
        const rest = ok ? {} : { error: failure(error) };
        tell({ k: 'outside', name: 'generateCertificate', ok, args: brief(args[0]), ...rest });
      }),
    ),
  );

  function argument(args: unknown[]): string | undefined {
    let given: string | undefined;
    safely(() => {
      given = brief(args[0]);
    });
    return given;
  }

  const Watched = disguise.maker(Native, (ok, made, args) =>
    safely(() => {
      if (!ok) tell({ k: 'outside', name: 'new RTCPeerConnection', ok, error: failure(made) });
      else tell({ k: 'new', pc: watch(made as object), args: argument(args) });
    }),
  );
  defineProperty(proto, 'constructor', { ...getOwnPropertyDescriptor(proto, 'constructor'), value: Watched });
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
    const found = getOwnPropertyDescriptor(page, name);
    if (found?.value === Native) defineProperty(page, name, { ...found, value: Watched });
  }

  return {
    adopt(found, again) {
      for (let i = 0; i < found.length && i < 1000; i += 1) {
        const pc = found[i] as object;
        const known = apply(lookUp, ids, [pc]) as number | undefined;
        if (known === undefined) idOf(pc);
        else if (again) adopt(pc, known);
      }
    },
    async act(id, method, argument) {
      const reference = all.get(id);
      const pc = reference && (apply(deref, reference, []) as object | undefined);
      if (pc === undefined) return 'it is gone';
      if (method === 'getStats') {
        const stats: unknown[] = [];
        const report = (await apply(getStats, pc, [])) as Map<string, unknown>;
        for (const one of report.values()) if (stats.length < 500) stats.push(one);
        return `ok ${stringify(stats)}`;
      }
      if (method === 'getConfiguration') return `ok ${configurations.text(pc)}`;
      const wanted = methods[method];
      if (wanted === undefined) return 'this browser has no such method';
      const given = method === 'setConfiguration' ? configurations.changed(pc, argument) : argument;
      await apply(wanted, pc, given === undefined ? [] : [given]);
      return 'ok';
    },
  };
}
