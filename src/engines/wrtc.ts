/** libwebrtc (the code Chrome ships, milestone 106) through @roamhq/wrtc, behind the Engine interface. */
import type { MediaKind } from '../core/event.ts';
import type { SignalingState } from '../core/model.ts';
import {
  type Engine,
  type EngineConfig,
  type EngineEvent,
  EngineFailure,
  type IceCandidateInit,
  type MediaPlace,
  type PeerConnection,
  type TransceiverInfo,
} from './engine.ts';
import { asFailure, asSyntaxFailure, closedFailure } from './failure.ts';
import { createChannels, OWN_LABEL } from './wrtc-channels.ts';
import { preferCodecs } from './wrtc-codecs.ts';
import { watchGathering } from './wrtc-gathering.ts';
import { watchTrack } from './wrtc-media.ts';
import { createSending } from './wrtc-sending.ts';
import { loadStack, type NativeChannel, type NativeTransceiver, type Stack } from './wrtc-stack.ts';
import { NO_STATS, transportStats } from './wrtc-stats.ts';

const isStopped = (one: NativeTransceiver): boolean =>
  one.direction === 'stopped' || one.currentDirection === 'stopped';

const DIRECTIONS = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

/** The engine. `load` imports the stack; tests hand in one that fails. */
export function createWrtcEngine(load: () => Promise<unknown> = () => import('@roamhq/wrtc')): Engine {
  return {
    name: 'wrtc',
    title: 'libwebrtc M106 (@roamhq/wrtc)',
    async load() {
      const stack = await loadStack(load);
      return { name: 'wrtc', version: '0.10', create: (config, emit) => connect(stack, config, emit) };
    },
  };
}

export const wrtc: Engine = createWrtcEngine();

function connect(stack: Stack, config: EngineConfig, emit: (event: EngineEvent) => void): PeerConnection {
  const native = new stack.RTCPeerConnection({
    iceServers: config.iceServers ?? [],
    iceTransportPolicy: config.iceTransportPolicy ?? 'all',
  });
  const sending = createSending(stack, native);
  const watches: { stop(): void }[] = [];
  let closed = false;
  let onClosed: () => void = () => {};
  const closing = new Promise<void>((resolve) => {
    onClosed = resolve;
  });
  const tell = (event: EngineEvent): void => {
    if (!closed) emit(event);
  };
  const channels = createChannels(tell);

  /** Calls on a closed connection may never settle in this stack: close() settles them all. */
  async function guarded<T>(call: string, run: () => Promise<T>, fail = asFailure): Promise<T> {
    if (closed) throw closedFailure(call);
    const aborted = closing.then(() => {
      throw closedFailure(call);
    });
    aborted.catch(() => {});
    try {
      return await Promise.race([run(), aborted]);
    } catch (thrown) {
      throw fail(thrown, call);
    }
  }

  function direct<T>(call: string, run: () => T): T {
    if (closed) throw closedFailure(call);
    try {
      return run();
    } catch (thrown) {
      throw asFailure(thrown, call);
    }
  }

  const live = (): NativeTransceiver[] => (closed ? [] : native.getTransceivers().filter((one) => !isStopped(one)));
  const find = (mid: string): NativeTransceiver | undefined =>
    closed ? undefined : native.getTransceivers().find((one) => one.mid === mid && !isStopped(one));

  function addMedia(media: MediaKind, place: MediaPlace): void {
    if (media === 'data') {
      // One channel of our own is enough: a second one adds no section and tells nothing new.
      if (!channels.has(OWN_LABEL)) channels.attach(native.createDataChannel(OWN_LABEL));
      return;
    }
    const there = place.mid === undefined ? undefined : find(place.mid);
    if (place.mid !== undefined && !there)
      throw new EngineFailure({ name: 'NotFoundError', message: noSection(place.mid) });
    sending.add(media, place, there);
  }

  listen(stack, native, tell, channels.attach, watches);

  return {
    get signalingState() {
      return (closed ? 'closed' : native.signalingState) as SignalingState;
    },
    get connectionState() {
      return closed ? 'closed' : native.connectionState;
    },
    get iceConnectionState() {
      return closed ? 'closed' : native.iceConnectionState;
    },
    get localDescription() {
      return closed ? null : native.localDescription;
    },
    createOffer: (options) => guarded('createOffer', () => native.createOffer(options)).then(plain),
    createAnswer: () => guarded('createAnswer', () => native.createAnswer()).then(plain),
    setLocalDescription: (description) => {
      const given = description.type === 'rollback' ? { type: 'rollback' } : description;
      return guarded('setLocalDescription', () => native.setLocalDescription(given), asSyntaxFailure);
    },
    setRemoteDescription: (description) =>
      guarded('setRemoteDescription', () => native.setRemoteDescription(description), asSyntaxFailure),
    addIceCandidate: (candidate) => guarded('addIceCandidate', () => native.addIceCandidate(candidate)),
    restartIce: () => direct('restartIce', () => native.restartIce()),
    prefer: (media, codecs, mid) =>
      direct('prefer', () => {
        const meant = live().filter(
          (one) => one.receiver.track.kind === media && (mid === undefined || one.mid === mid),
        );
        preferCodecs(stack, meant, media, codecs);
      }),
    add: (media, place = {}) => direct('add', () => addMedia(media, place)),
    stop: (mid) =>
      direct('stop', () => {
        const one = mid === undefined ? live().filter(sending.isOn).at(-1) : find(mid);
        if (!one) throw new EngineFailure({ name: 'NotFoundError', message: noSection(mid) });
        const name = `${one.receiver.track.kind} ${one.mid ?? '(not negotiated)'}`;
        sending.stop(one);
        one.stop();
        return name;
      }),
    setDirection: (mid, direction) =>
      direct('setDirection', () => {
        const one = find(mid);
        if (!one) throw new EngineFailure({ name: 'NotFoundError', message: noSection(mid) });
        if (!DIRECTIONS.has(direction)) {
          throw new EngineFailure({ name: 'TypeError', message: `'${direction}' is not a direction` });
        }
        one.direction = direction;
      }),
    transceivers: () => (closed ? [] : native.getTransceivers().map((one) => describe(one, sending.isOn(one)))),
    send: (text) => !closed && channels.send(text),
    stats: () =>
      guarded('getStats', () => native.getStats())
        .then(transportStats)
        .catch(() => NO_STATS),
    close() {
      if (closed) return;
      closed = true;
      channels.stop();
      for (const watch of watches) watch.stop();
      sending.stopAll();
      native.close();
      onClosed();
    },
  };
}

const noSection = (mid: string | undefined): string =>
  mid === undefined ? 'there is no section that sends' : `there is no live section with mid '${mid}'`;

/** Fresh plain objects: the stack's own ones read their fields from native memory. */
function plain<T extends { type: string; sdp: string }>({ type, sdp }: T): { type: T['type']; sdp: string } {
  return { type, sdp };
}

function describe(one: NativeTransceiver, sending: boolean): TransceiverInfo {
  return {
    mid: one.mid,
    kind: one.receiver.track.kind,
    direction: one.direction,
    currentDirection: one.currentDirection,
    sending,
    stopped: isStopped(one),
  };
}

/** Forwards the connection's events as data. State events come late and repeat: only changes are told. */
function listen(
  stack: Stack,
  native: InstanceType<Stack['RTCPeerConnection']>,
  tell: (event: EngineEvent) => void,
  attach: (channel: NativeChannel) => void,
  watches: { stop(): void }[],
): void {
  const states = [
    ['signalingstatechange', 'signaling', () => native.signalingState],
    ['iceconnectionstatechange', 'ice', () => native.iceConnectionState],
    ['connectionstatechange', 'connection', () => native.connectionState],
  ] as const;
  for (const [type, on, read] of states) {
    let last = read();
    native.addEventListener(type, () => {
      const state = read();
      if (state !== last) tell({ on, state });
      last = state;
    });
  }
  native.addEventListener('negotiationneeded', () => tell({ on: 'negotiationneeded' }));
  const gathering = watchGathering(native, tell);
  watches.push(gathering);
  native.addEventListener('icecandidate', ({ candidate }: { candidate: IceCandidateInit | null }) => {
    if (candidate?.candidate) tell({ on: 'candidate', candidate: candidateInit(candidate) });
    else if (gathering.ended()) tell({ on: 'candidate', candidate: null });
  });
  native.addEventListener('icecandidateerror', (event: { url?: string; errorCode?: number; errorText?: string }) =>
    tell({ on: 'candidate-error', url: event.url ?? '', code: event.errorCode ?? 0, text: event.errorText ?? '' }),
  );
  native.addEventListener('track', ({ transceiver }: { transceiver: NativeTransceiver }) => {
    const { track } = transceiver.receiver;
    const mid = (): string => transceiver.mid ?? '';
    tell({ on: 'track', kind: track.kind, mid: mid() });
    watches.push(watchTrack(stack, track, () => tell({ on: 'media', kind: track.kind, mid: mid() })));
  });
  native.addEventListener('datachannel', ({ channel }: { channel: NativeChannel }) => {
    tell({ on: 'datachannel', label: channel.label });
    attach(channel);
  });
}

function candidateInit(native: IceCandidateInit): IceCandidateInit {
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = native;
  return {
    candidate,
    sdpMid: sdpMid ?? null,
    sdpMLineIndex: sdpMLineIndex ?? null,
    usernameFragment: usernameFragment ?? null,
  };
}
