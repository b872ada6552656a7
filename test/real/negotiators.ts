/**
 * Two real engines that negotiate at random over a wire with an observer in the middle. What the observer sees is a
 * transcript of healthy traffic: every refusal by an engine is a mistake of this file, and is thrown.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineFactory, IceCandidateInit, LocalDescription, PeerConnection } from '../../src/engines/engine.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { pick, type Random } from '../helpers/seeded.ts';

type Name = 'alice' | 'bob';
type Message = { readonly from: Name; readonly to: Name } & (
  | LocalDescription
  | { readonly candidate: IceCandidateInit | null }
  | { readonly bye: true }
);
const OTHER = { alice: 'bob', bob: 'alice' } as const;

/** One way of the wire. A message is seen by the observer some time after it was sent, and arrives some time later. */
interface Way {
  readonly sent: Message[];
  readonly seen: Message[];
}

interface Side {
  readonly name: Name;
  readonly polite: boolean;
  pc: PeerConnection | undefined;
  /** Candidates that came before a description they belong to. */
  early: IceCandidateInit[];
  /** An offer of the other side was ignored: its candidates mean nothing here. */
  ignoring: boolean;
  /** Own offer was rolled back: offer again when stable. */
  lost: boolean;
  /** An offer is applied and not answered yet. */
  owes: boolean;
  gathering: boolean;
}

export interface Negotiators {
  /** What the observer has seen. */
  readonly lines: readonly TranscriptLine[];
  /** How often each operation was done. */
  readonly done: Readonly<Record<string, number>>;
  /**
   * Whether all sections of a kind may have been stopped before this line of the same call: this engine of 2022 then
   * numbers header extensions anew, which Firefox and newer Chromes refuse.
   */
  renumbersBefore(line: number): boolean;
  /** One random operation, and all messages it causes. */
  step(): Promise<void>;
  /** Hangs up if there is a call. */
  end(): Promise<void>;
  /** Closes what is open, whatever is under way. */
  close(): void;
}

const MOST_SECTIONS = 7;
/** Milliseconds that pass for the observer between two operations: no user restarts ICE three times in half a minute. */
const PAUSE = 31_000;

export function createNegotiators(factory: EngineFactory, random: Random): Negotiators {
  const start = performance.now();
  let paused = 0;
  let hurried = false;
  /** Lines between which a call may renumber: from the stop to the next call. */
  const renumbering: { since: number; until: number }[] = [];
  const lines: TranscriptLine[] = [];
  const done: Record<string, number> = {};
  const polite = pick(random, ['alice', 'bob'] as const);
  const sides = { alice: side('alice'), bob: side('bob') };
  const ways: Record<Name, Way> = { alice: { sent: [], seen: [] }, bob: { sent: [], seen: [] } };

  function side(name: Name): Side {
    const fresh = { early: [], ignoring: false, lost: false, owes: false, gathering: false };
    return { name, polite: name === polite, pc: undefined, ...fresh };
  }

  const send = (from: Name, body: LocalDescription | { candidate: IceCandidateInit | null } | { bye: true }): void => {
    ways[from].sent.push({ from, to: OTHER[from], ...body });
  };

  function open(one: Side): PeerConnection {
    const { name } = one;
    const pc = factory.create({}, (event) => {
      if (one.pc !== pc) return;
      if (event.on === 'candidate') send(name, { candidate: event.candidate });
      if (event.on === 'gathering') one.gathering = event.state === 'gathering';
    });
    Object.assign(one, { pc, early: [], ignoring: false, lost: false, owes: false, gathering: false });
    return pc;
  }

  async function offer(one: Side, options?: { iceRestart: boolean }): Promise<void> {
    const pc = one.pc ?? open(one);
    one.lost = false;
    const description = await pc.createOffer(options);
    await pc.setLocalDescription(description);
    send(one.name, description);
  }

  async function answer(one: Side): Promise<void> {
    if (!one.pc) return;
    one.owes = false;
    const description = await one.pc.createAnswer();
    await one.pc.setLocalDescription(description);
    send(one.name, description);
  }

  async function receive(one: Side, line: Message): Promise<void> {
    if ('bye' in line) return hangUp(one, false);
    if ('candidate' in line) return candidate(one, line.candidate);
    const pc = one.pc ?? open(one);
    const { type, sdp } = line;
    if (type === 'offer' && pc.signalingState === 'have-local-offer') {
      one.ignoring = !one.polite;
      if (!one.polite) return;
      await pc.setLocalDescription({ type: 'rollback', sdp: '' });
      one.lost = true;
    }
    one.ignoring = false;
    await pc.setRemoteDescription({ type, sdp });
    for (const early of one.early.splice(0)) await pc.addIceCandidate(early).catch(() => {});
    if (type === 'offer') one.owes = true;
  }

  /** A candidate of an offer that was replaced meanwhile may be refused: that is no mistake. */
  async function candidate(one: Side, init: IceCandidateInit | null): Promise<void> {
    if (!one.pc || one.ignoring || init === null) return;
    await one.pc.addIceCandidate(init).catch(() => one.early.push(init));
  }

  function hangUp(one: Side, tell: boolean): void {
    one.pc?.close();
    Object.assign(one, { pc: undefined, gathering: false });
    if (tell) send(one.name, { bye: true });
  }

  /** Moves one message one step further, answers or offers again. False if there is nothing to do. */
  async function turn(): Promise<boolean> {
    const moves: (() => Promise<void> | void)[] = [];
    for (const name of ['alice', 'bob'] as const) {
      const { sent, seen } = ways[name];
      const receiver = sides[OTHER[name]];
      if (sent.length > 0) moves.push(() => observe(sent, seen));
      if (seen.length > 0) moves.push(() => receive(receiver, seen.shift() as Message));
      // A pending newer offer would make the answer to the older one wrong, so it is waited for.
      const offered = [...sent, ...seen].some((line) => 'type' in line && line.type === 'offer');
      if (receiver.owes && !offered) moves.push(() => answer(receiver));
      const mine = sides[name];
      if (mine.lost && mine.pc?.signalingState === 'stable') moves.push(() => offer(mine));
    }
    await moves[random(moves.length)]?.();
    return moves.length > 0;
  }

  function observe(sent: Message[], seen: Message[]): void {
    const line = sent.shift() as Message;
    lines.push({ t: Math.round(performance.now() - start) + paused, ...line });
    seen.push(line);
  }

  const settled = (): boolean =>
    Object.values(sides).every((one) => one.pc === undefined || one.pc.signalingState === 'stable');

  async function drain(): Promise<void> {
    while (await turn());
    if (!settled()) throw new Error('the negotiation came to no end');
  }

  const live = (one: Side): string[] =>
    (one.pc?.transceivers() ?? []).flatMap((t) => (t.mid !== null && !t.stopped ? [t.mid] : []));

  /** Changes something about a side that needs an offer. False if it cannot now. */
  function change(one: Side, what: Change): boolean {
    const pc = one.pc ?? open(one);
    const mids = live(one);
    if (what === 'restart-ice') pc.restartIce();
    else if (what === 'audio' || what === 'video' || what === 'data') {
      if (what !== 'data' && mids.length >= MOST_SECTIONS) return false;
      pc.add(what);
    } else {
      if (mids.length === 0) return false;
      const mid = pick(random, mids);
      if (what === 'stop' && isLast(pc, mid))
        renumbering.push({ since: lines.length, until: Number.POSITIVE_INFINITY });
      if (what === 'stop') pc.stop(mid);
      else pc.setDirection(mid, pick(random, DIRECTIONS));
    }
    return true;
  }

  /** So few of its kind are left that none may be after this; both sides may stop one at a time. */
  function isLast(pc: PeerConnection, mid: string): boolean {
    const kinds = pc.transceivers().filter((t) => t.mid !== null && !t.stopped);
    const kind = kinds.find((t) => t.mid === mid)?.kind;
    return kinds.filter((t) => t.kind === kind).length < 3;
  }

  const begun = (): boolean => sides.alice.pc !== undefined && sides.bob.pc !== undefined;
  const count = (what: string): void => {
    done[what] = (done[what] ?? 0) + 1;
  };

  /** A first offer needs a section. */
  async function call(): Promise<void> {
    for (const one of renumbering) one.until = Math.min(one.until, lines.length);
    const one = sides[pick(random, ['alice', 'bob'] as const)];
    for (const what of START[random(START.length)] ?? []) change(one, what);
    count('call');
    await offer(one);
  }

  async function operate(): Promise<void> {
    const one = sides[pick(random, ['alice', 'bob'] as const)];
    const what = pick(random, OPERATIONS);
    if (what === 'glare') {
      const both = [sides.alice, sides.bob];
      for (const each of both) change(each, pick(random, CHANGES));
      await Promise.all(both.map((each) => offer(each)));
    } else if (what === 'supersede') {
      await offer(one);
      change(one, pick(random, CHANGES));
      await offer(one);
    } else if (what === 'hang-up') hangUp(one, true);
    else if (what === 'reoffer') await offer(one);
    else if (what === 'restart-by-offer') await offer(one, { iceRestart: true });
    else if (change(one, what)) await offer(one);
    else return;
    count(what);
  }

  return {
    lines,
    done,
    renumbersBefore: (line) => renumbering.some(({ since, until }) => since < line && line <= until),
    async step() {
      await (begun() ? operate() : call());
      await drain();
      // Sometimes the next operation comes at once, while candidates are still gathered.
      hurried = !hurried && random(3) === 0;
      if (hurried) return;
      while (sides.alice.gathering || sides.bob.gathering) await Promise.all([drain(), delay(1)]);
      await drain();
      paused += PAUSE;
    },
    async end() {
      if (begun()) hangUp(sides.alice, true);
      await drain();
    },
    close() {
      for (const one of Object.values(sides)) hangUp(one, false);
    },
  };
}

type Change = 'audio' | 'video' | 'data' | 'stop' | 'direction' | 'restart-ice';

const CHANGES: readonly Change[] = ['audio', 'video', 'data', 'stop', 'direction', 'direction', 'restart-ice'];
const OPERATIONS = [...CHANGES, 'reoffer', 'restart-by-offer', 'glare', 'glare', 'supersede', 'hang-up'] as const;
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
const START: readonly (readonly Change[])[] = [
  ['data'],
  ['audio'],
  ['audio', 'video'],
  ['audio', 'video', 'data'],
  ['video', 'data'],
];
