/** The calls of one peer: whom we talk with, what came too early, and which call is in front. */
import type { EventBody, MediaKind, PartyId, Signal } from '../core/event.ts';
import { pairId } from '../core/event.ts';
import type { EngineConfig, EngineFactory } from '../engines/engine.ts';
import { type Call, createCall } from './call.ts';
import { isOfAnother } from './peer-sdp.ts';
import type { RemoteCandidate, RemoteDescription } from './peer-state.ts';

export interface CallBookOptions {
  readonly config: EngineConfig;
  readonly media: readonly MediaKind[];
  readonly answerOnly: boolean;
  /** Without it the names decide, so that two renegos never agree to be alike. */
  polite(): boolean | undefined;
  /** The one whose call is in front whenever there is one. */
  readonly to: PartyId | undefined;
  self(): PartyId;
  factory(): EngineFactory;
  tell(body: EventBody): void;
  send(signal: Signal, to: PartyId): void;
}

export interface CallBook {
  readonly size: number;
  /** The call that actions mean. */
  front(): Call | undefined;
  place(to: PartyId): void;
  /** `of` is the event that carried it, where known. */
  heard(from: PartyId, signal: Signal, of?: number): void;
  left(who: PartyId): void;
  back(who: PartyId): void;
  linkUp(up: boolean): void;
  hangUpAll(): void;
}

/** Candidates kept for a call that does not exist yet, and peers they are kept for. */
const MAX_EARLY = 100;

export function createCallBook(options: CallBookOptions): CallBook {
  const calls = new Map<PartyId, Call>();
  const early = new Map<PartyId, RemoteCandidate[]>();

  function open(remote: PartyId, answerOnly: boolean): Call {
    const self = options.self();
    const call = createCall({
      pc: pairId(self, remote),
      remote,
      polite: options.polite() ?? self > remote,
      answerOnly,
      factory: options.factory(),
      config: options.config,
      tell: options.tell,
      send: (signal) => options.send(signal, remote),
      ended: (reason) => {
        calls.delete(remote);
        options.tell({ kind: 'call', pc: call.pc, name: 'close', args: { reason } });
      },
    });
    calls.set(remote, call);
    for (const candidate of early.get(remote) ?? []) call.feed({ on: 'remote-candidate', candidate });
    early.delete(remote);
    return call;
  }

  /** Sends back only what was offered: more would make a second negotiation of every call. */
  function answer(remote: PartyId, sdp: string): Call {
    const call = open(remote, options.answerOnly);
    for (const media of options.media) {
      if (media !== 'data' && new RegExp(`^m=${media} `, 'm').test(sdp)) call.engine.add(media);
    }
    return call;
  }

  function candidate(from: PartyId, signal: RemoteCandidate): void {
    const call = calls.get(from);
    if (call) call.feed({ on: 'remote-candidate', candidate: signal });
    const list = early.get(from) ?? [];
    if (!call && list.length < MAX_EARLY && early.size < MAX_EARLY) early.set(from, [...list, signal]);
  }

  function description(from: PartyId, received: RemoteDescription): void {
    let call = calls.get(from);
    if (call && received.type === 'offer' && isOfAnother(received.sdp, call.state.remoteSdp)) {
      call.feed({ on: 'replaced' });
      call = undefined;
    }
    if (!call && received.type !== 'offer') {
      const detail = `${from} sent ${received.type}, but there is no call with ${from}`;
      options.tell({ kind: 'problem', code: 'NO_CALL', detail });
      return;
    }
    call ??= answer(from, received.sdp);
    call.feed({ on: 'description', description: received });
  }

  return {
    get size() {
      return calls.size;
    },
    front: () => (options.to === undefined ? undefined : calls.get(options.to)) ?? [...calls.values()].at(-1),
    place(to) {
      const call = open(to, false);
      // A call about nothing could not connect: without media it is about a data channel.
      for (const media of options.media.length > 0 ? options.media : (['data'] as const)) call.engine.add(media);
    },
    heard(from, signal, seq) {
      const of = seq === undefined ? {} : { of: seq };
      switch (signal.type) {
        case 'candidate':
        case 'end-of-candidates':
          candidate(from, { ...signal, ...of });
          break;
        case 'offer':
        case 'answer':
        case 'pranswer':
          description(from, { type: signal.type, sdp: signal.sdp, ...of });
          break;
        case 'rollback':
          description(from, { type: 'rollback', sdp: '', ...of });
          break;
        case 'bye':
          calls.get(from)?.feed({ on: 'bye' });
      }
    },
    back(who) {
      calls.get(who)?.feed({ on: 'back' });
    },
    left(who) {
      early.delete(who);
      calls.get(who)?.feed({ on: 'left' });
    },
    linkUp(up) {
      for (const call of [...calls.values()]) call.feed({ on: 'link', up });
    },
    hangUpAll() {
      for (const call of [...calls.values()]) call.feed({ on: 'hangup' });
    },
  };
}
