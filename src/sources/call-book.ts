/** The calls of one peer: whom we talk with, what came too early, and which call is in front. */
import type { EventBody, MediaKind, PartyId, PcId, Signal } from '../core/event.ts';
import { pairId } from '../core/event.ts';
import type { EngineConfig, EngineFactory } from '../engines/engine.ts';
import type { ClientOutput } from '../protocols/protocol.ts';
import { type Call, createCall } from './call.ts';
import type { Opening, PeerOptions } from './peer-options.ts';
import { isOfAnother, wantedMedia } from './peer-sdp.ts';
import type { Asked, RemoteCandidate, RemoteDescription, Terms } from './peer-state.ts';

export interface CallBookOptions {
  /** For the next call. */
  config(): EngineConfig;
  /** What the protocol allows in this call. */
  terms(party: PartyId, pc: PcId): Terms;
  /** The name of a call that we make, in protocols that give each one of its own. */
  newPc(to: PartyId): PcId | undefined;
  /** Whether peer connections have names of their own there; else the party tells them apart. */
  named(): boolean;
  /** What our calls offer, and what we send when someone calls and would like to receive it. */
  media(): readonly MediaKind[];
  readonly answerOnly: boolean;
  readonly opening: readonly Opening[] | undefined;
  readonly describing: PeerOptions['describing'];
  /** Without it the names decide, so that two renegos never agree to be alike. */
  polite(): boolean | undefined;
  /** The one whose call is in front whenever there is one. */
  readonly to: PartyId | undefined;
  self(): PartyId;
  factory(): EngineFactory;
  tell(body: EventBody): void;
  send(signal: Signal, to: PartyId): void;
  /** Asks the other side for an offer. */
  ask(what: Asked, call: Call): void;
  ended(to: PartyId, pc: PcId): void;
}

export interface CallBook {
  readonly size: number;
  /** Everyone there is a call with. */
  readonly with: readonly PartyId[];
  /** The call that actions mean: the newest with that party, if it is given. */
  front(party?: PartyId): Call | undefined;
  place(to: PartyId): void;
  /** `of` is the event that carried it, where known. */
  heard(from: PartyId, signal: Signal, of?: number): void;
  /** The other side asks for an offer of ours. */
  wanted(wish: Wish): void;
  /** Our offer in this call is not taken. */
  rejected(from: PartyId, pc: PcId | undefined): void;
  /** The call cannot work; another one takes its place. */
  redial(to: PartyId, why: string): void;
  left(who: PartyId): void;
  back(who: PartyId): void;
  linkUp(up: boolean): void;
  hangUpAll(): void;
}

export type Wish = Extract<ClientOutput, { do: 'wanted' }>;

/** Candidates kept for a call that does not exist yet, and peers they are kept for. */
const MAX_EARLY = 100;

export function createCallBook(options: CallBookOptions): CallBook {
  /** By the name of the peer connection where the protocol gives it one, else by the party. */
  const calls = new Map<string, Call>();
  const early = new Map<string, { readonly from: PartyId; readonly list: RemoteCandidate[] }>();

  const keyOf = (party: PartyId, pc: PcId | undefined): string => (options.named() ? (pc ?? party) : party);
  const withParty = (party: PartyId): Call[] => [...calls.values()].filter(({ remote }) => remote === party);

  function open(remote: PartyId, answerOnly: boolean, named: PcId | undefined): Call {
    const key = keyOf(remote, named);
    const pc = options.named() && named !== undefined ? named : pairId(options.self(), remote);
    const call = createCall({
      pc,
      remote,
      terms: options.terms(remote, pc),
      polite: options.polite() ?? options.self() > remote,
      answerOnly,
      factory: options.factory(),
      config: options.config(),
      tell: options.tell,
      describing: options.describing,
      send: (signal) => options.send(signal, remote),
      ask: (what) => options.ask(what, call),
      ended: (reason) => {
        calls.delete(key);
        options.tell({ kind: 'call', pc, name: 'close', args: { reason } });
        options.ended(remote, pc);
      },
    });
    calls.set(key, call);
    for (const candidate of early.get(key)?.list ?? []) call.feed({ on: 'remote-candidate', candidate });
    early.delete(key);
    return call;
  }

  /** Sends back only what was offered: more would make a second negotiation of every call. */
  function addOffered(call: Call, sdp: string): void {
    const wanted = wantedMedia(sdp);
    for (const media of options.media()) if (media !== 'data' && wanted.has(media)) call.engine.add(media);
  }

  function place(to: PartyId): void {
    const call = open(to, false, options.newPc(to));
    if (call.state.terms.offers === 'them') {
      call.feed({ on: 'ask', what: 'offer' });
      return;
    }
    // A call about nothing could not connect: without media it is about a data channel.
    const { direction } = call.state.terms;
    const wanted = options.media();
    const media = wanted.length > 0 ? wanted : (['data'] as const);
    for (const step of options.opening ?? media.map((kind): Opening => ({ do: 'add', media: kind }))) {
      if (step.do === 'add') call.engine.add(step.media, { ...(direction !== undefined && { direction }), ...step });
      else call.engine.prefer(step.media, step.codecs, step.mid);
    }
  }

  function candidate(from: PartyId, signal: RemoteCandidate): void {
    const key = keyOf(from, signal.pc);
    const call = calls.get(key);
    if (call) call.feed({ on: 'remote-candidate', candidate: signal });
    else {
      const list = early.get(key)?.list ?? [];
      if (list.length >= MAX_EARLY || early.size >= MAX_EARLY) return;
      early.set(key, { from, list: [...list, signal] });
    }
  }

  function description(from: PartyId, received: RemoteDescription, pc: PcId): void {
    let call = calls.get(keyOf(from, pc));
    if (call && received.type === 'offer' && isOfAnother(received.sdp, call.state.remoteSdp)) {
      call.feed({ on: 'replaced' });
      call = undefined;
    }
    if (!call && received.type !== 'offer') {
      const detail = `${from} sent ${received.type}, but there is no call with ${from}`;
      options.tell({ kind: 'problem', code: 'NO_CALL', detail });
      return;
    }
    const fresh = call === undefined || (received.type === 'offer' && isAsked(call));
    call ??= open(from, options.answerOnly, pc);
    if (fresh) addOffered(call, received.sdp);
    call.feed({ on: 'description', description: received });
  }

  return {
    get size() {
      return calls.size;
    },
    get with() {
      return [...calls.values()].map(({ remote }) => remote);
    },
    front(party) {
      if (party !== undefined) return withParty(party).at(-1);
      const all = [...calls.values()];
      const ours = all.filter(({ state }) => state.terms.offers !== 'them');
      const chosen = options.to === undefined ? undefined : withParty(options.to).at(-1);
      return chosen ?? ours.at(-1) ?? all.at(-1);
    },
    place,
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
          description(from, { type: signal.type, sdp: signal.sdp, ...of }, signal.pc);
          break;
        case 'rollback':
          description(from, { type: 'rollback', sdp: '', ...of }, signal.pc);
          break;
        case 'bye':
          calls.get(keyOf(from, signal.pc))?.feed({ on: 'bye' });
      }
    },
    wanted({ from, iceRestart, pc, media }) {
      const call = calls.get(keyOf(from, pc));
      if (options.answerOnly) {
        const detail = `${from} asks for an offer, which --answer-only forbids`;
        options.tell({ kind: 'problem', code: 'OFFER_NOT_MADE', detail });
      } else if (call) {
        if (media !== undefined) call.engine.add(media);
        call.feed({ on: 'offer', iceRestart });
      } else place(from);
    },
    rejected(from, pc) {
      calls.get(keyOf(from, pc))?.feed({ on: 'rollback' });
    },
    redial(to, reason) {
      for (const call of withParty(to)) call.feed({ on: 'replaced', reason });
      place(to);
    },
    back(who) {
      for (const call of withParty(who)) call.feed({ on: 'back' });
    },
    left(who) {
      for (const [key, { from }] of [...early]) if (from === who) early.delete(key);
      for (const call of withParty(who)) call.feed({ on: 'left' });
    },
    linkUp(up) {
      for (const call of [...calls.values()]) call.feed({ on: 'link', up });
    },
    hangUpAll() {
      for (const call of [...calls.values()]) call.feed({ on: 'hangup' });
    },
  };
}

/** A call that waits for the offer we asked for. */
const isAsked = ({ state }: Call): boolean => state.terms.offers === 'them' && !state.described;
