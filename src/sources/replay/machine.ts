/**
 * Replays a script, as a pure machine: says what was said, when what was heard before it has been heard again, by meaning
 * and not by count. No sockets, no clock: times come in.
 */
import type { Millis, Signal } from '../../core/event.ts';
import { meaningOf, nameOf, type Ours, weightOf } from './meaning.ts';
import type { Script, Step } from './script.ts';

export interface ReplayOptions {
  /** 1 is the recorded pace, 2 twice as fast; Infinity as fast as answers come. */
  readonly speed: number;
  /** How long something awaited may take before it counts as missing. */
  readonly patience: Millis;
  /** Each thing said waits to be let go, by `step`. */
  readonly byHand: boolean;
}

export interface ReplayState {
  readonly script: Script;
  readonly options: ReplayOptions;
  /** The first step that is still to come. */
  readonly at: number;
  /** Steps behind it that are over already: heard early, or on a connection that is closed. */
  readonly done: ReadonlySet<number>;
  readonly open: ReadonlySet<string>;
  /** When the newest thing happened, here and in the recording. */
  readonly now: Millis;
  readonly recorded: Millis;
  /** Since when the machine waits for what it waits for. */
  readonly waitingSince: Millis;
  readonly letGo: number;
  /** Candidates the replay says itself. */
  readonly ours: Ours;
  readonly over: boolean;
}

export type ReplayInput =
  | { readonly on: 'open' | 'closed'; readonly lane: string; readonly now: Millis }
  | {
      readonly on: 'heard';
      readonly lane: string;
      readonly signals: readonly Signal[];
      readonly raw: string;
      readonly now: Millis;
      readonly event?: number;
    }
  | { readonly on: 'time' | 'step'; readonly now: Millis };

export type ReplayOutput =
  | { readonly do: 'say'; readonly step: Step }
  /** What was heard is the recorded `step`: values in it stand for those of the recording. */
  | { readonly do: 'matched'; readonly step: Step; readonly raw: string }
  | { readonly do: 'report'; readonly report: ReplayReport }
  | { readonly do: 'wake'; readonly at: Millis }
  | { readonly do: 'over' };

export interface ReplayReport {
  readonly kind: 'missing' | 'unexpected' | 'out-of-order' | 'closed';
  readonly sentence: string;
  /** The event of the recording it is about, and that of the replay. */
  readonly recorded?: number;
  readonly event?: number;
}

export interface Replayed {
  readonly state: ReplayState;
  readonly outputs: readonly ReplayOutput[];
}

/** What is only a greeting is waited for no longer than this. */
const GREETING_PATIENCE: Millis = 2_000;

export function replayMachine(script: Script, options: ReplayOptions): ReplayState {
  return {
    script,
    options,
    at: 0,
    done: new Set(),
    open: new Set(),
    now: 0,
    recorded: script.steps[0]?.t ?? 0,
    waitingSince: 0,
    letGo: 0,
    ours: saidCandidates(script),
    over: false,
  };
}

function saidCandidates({ steps }: Script): Ours {
  const said = steps.filter((step) => step.do === 'say').flatMap(({ signals }) => signals);
  return new Set(said.flatMap((signal) => (signal.type === 'candidate' ? [signal.candidate] : [])));
}

export function replayStep(state: ReplayState, input: ReplayInput): Replayed {
  if (state.over) return { state, outputs: [] };
  const taken = take({ ...state, now: input.now }, input);
  return proceed(taken);
}

function take(state: ReplayState, input: ReplayInput): Replayed {
  switch (input.on) {
    case 'open':
      return quiet({ ...state, open: new Set([...state.open, input.lane]), waitingSince: state.now });
    case 'closed':
      return closed(state, input.lane);
    case 'heard':
      return heard(state, input);
    case 'step':
      return quiet({ ...state, letGo: state.letGo + 1 });
    case 'time':
      return quiet(state);
  }
}

const quiet = (state: ReplayState): Replayed => ({ state, outputs: [] });

/** A connection is gone: what was to be said and heard on it never will be. */
function closed(state: ReplayState, lane: string): Replayed {
  const lost = ahead(state, Number.POSITIVE_INFINITY).filter((index) => stepAt(state, index).lane === lane);
  const missing = lost
    .map((index) => stepAt(state, index))
    .filter((step) => weightOf(step.signals, state.ours) === 'awaited');
  const reports = missing.map((step): ReplayOutput => {
    const sentence = `The connection of ${clientOf(state, lane)} is closed before the ${nameOf(step.signals)} (event ${step.seq} of the recording).`;
    return { do: 'report', report: { kind: 'closed', sentence, recorded: step.seq } };
  });
  const open = new Set([...state.open].filter((one) => one !== lane));
  return { state: { ...state, done: new Set([...state.done, ...lost]), open }, outputs: reports };
}

/** How far ahead of what comes next something may be heard: as far as any server reorders, and a bound for long recordings. */
const WINDOW = 500;

/** Steps still to come, of the next so many. */
function ahead({ script, at, done }: ReplayState, window: number): number[] {
  const end = Math.min(script.steps.length, at + window);
  const left: number[] = [];
  for (let index = at; index < end; index += 1) if (!done.has(index)) left.push(index);
  return left;
}

function heard(state: ReplayState, { lane, signals, raw, event }: Extract<ReplayInput, { on: 'heard' }>): Replayed {
  const waiting = ahead(state, WINDOW).filter((index) => {
    const step = stepAt(state, index);
    return step.do === 'hear' && step.lane === lane;
  });
  const meaning = meaningOf(signals, state.ours);
  const same = waiting.filter((index) => meaningOf(stepAt(state, index).signals, state.ours) === meaning);
  // Of several that mean the same (echoes, receipts) the one with these very bytes comes first.
  // A description may come back with candidates beside it, or without: what is awaited in it counts.
  const found =
    same.find((index) => stepAt(state, index).raw === raw) ??
    same[0] ??
    waiting.find(
      (index) =>
        weightOf(signals, state.ours) === 'awaited' && nameOf(stepAt(state, index).signals) === nameOf(signals),
    );
  const at = event === undefined ? {} : { event };
  if (found === undefined) {
    if (weightOf(signals, state.ours) !== 'awaited') return quiet(state);
    const sentence = `An ${nameOf(signals)} came that the recording does not have here.`.replace(
      /^An (?![aeio])/,
      'A ',
    );
    return { state, outputs: [{ do: 'report', report: { kind: 'unexpected', sentence, ...at } }] };
  }
  const step = stepAt(state, found);
  const overtaken = waiting.filter(
    (index) => index < found && weightOf(stepAt(state, index).signals, state.ours) === 'awaited',
  );
  const outputs: ReplayOutput[] = [{ do: 'matched', step, raw }];
  if (weightOf(signals, state.ours) === 'awaited' && overtaken[0] !== undefined) {
    const first = stepAt(state, overtaken[0]);
    const sentence = `The ${nameOf(signals)} came before the ${nameOf(first.signals)} (event ${first.seq} of the recording).`;
    outputs.push({ do: 'report', report: { kind: 'out-of-order', sentence, recorded: step.seq, ...at } });
  }
  const done = new Set([...state.done, found]);
  return { state: { ...state, done, recorded: Math.max(state.recorded, step.t), waitingSince: state.now }, outputs };
}

/** Says all that can be said now; else tells when to ask again, or that it is over. */
function proceed({ state, outputs }: Replayed): Replayed {
  let now = state;
  const all = [...outputs];
  for (;;) {
    now = pastDone(now);
    const step = now.script.steps[now.at];
    if (step === undefined) return { state: { ...now, over: true }, outputs: [...all, { do: 'over' }] };
    if (!now.open.has(step.lane)) return { state: now, outputs: all };
    if (step.do === 'hear') {
      const patience = patienceFor(step, now);
      const until = now.waitingSince + patience;
      if (patience > 0 && now.now < until) return { state: now, outputs: [...all, { do: 'wake', at: until }] };
      if (weightOf(step.signals, now.ours) === 'awaited') all.push({ do: 'report', report: missing(step) });
      now = { ...now, at: now.at + 1, waitingSince: now.now };
      continue;
    }
    const due = dueAt(step, now);
    if (now.now < due) return { state: now, outputs: [...all, { do: 'wake', at: due }] };
    if (now.options.byHand && now.letGo === 0) return { state: now, outputs: all };
    all.push({ do: 'say', step });
    now = {
      ...now,
      at: now.at + 1,
      recorded: Math.max(now.recorded, step.t),
      waitingSince: now.now,
      letGo: Math.max(0, now.letGo - 1),
    };
  }
}

/** Goes on behind what is over already. */
function pastDone(state: ReplayState): ReplayState {
  if (!state.done.has(state.at)) return state;
  const done = new Set(state.done);
  let { at } = state;
  while (done.delete(at)) at += 1;
  return { ...state, at, done };
}

/** As long after the thing before it as in the recording, at this speed. */
function dueAt(step: Step, { recorded, waitingSince, options }: ReplayState): Millis {
  return waitingSince + Math.max(0, step.t - recorded) / options.speed;
}

function patienceFor({ signals }: Step, { options: { patience }, ours }: ReplayState): Millis {
  const weight = weightOf(signals, ours);
  if (weight === 'awaited') return patience;
  return weight === 'greeting' ? Math.min(GREETING_PATIENCE, patience) : 0;
}

function missing(step: Step): ReplayReport {
  const sentence = `The ${nameOf(step.signals)} of ${step.from} (event ${step.seq} of the recording) did not come.`;
  return { kind: 'missing', sentence, recorded: step.seq };
}

const stepAt = ({ script }: ReplayState, index: number): Step => script.steps[index] as Step;

const clientOf = ({ script }: ReplayState, lane: string): string =>
  script.lanes.find(({ key }) => key === lane)?.client ?? lane;
