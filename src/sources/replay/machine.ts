/**
 * Replays a script, as a pure machine: says what was said, when what was heard before it has been heard again, by meaning
 * and not by count. No sockets, no clock: times come in.
 */
import type { Millis } from '../../core/event.ts';
import { altered } from './altered.ts';
import { lateAnswer, owedUntil } from './late.ts';
import { closed, unanswered } from './lost.ts';
import { type Heard, matchOf, stepAt } from './match.ts';
import { nameOf, type Ours, oursAmong, weightOf } from './meaning.ts';
import { dueAt, patienceFor, trickledBy } from './patience.ts';
import { opened, quiet } from './quiet.ts';
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
  /** The lane that is being opened: what comes next may need it. */
  readonly opening: string | undefined;
  /** The newest steps that were gone past without having been heard: what they bring may come late. */
  readonly late: readonly number[];
  /** The first turn of the script that is still to come. */
  readonly turn: number;
  /** When the newest thing happened, here and in the recording. */
  readonly now: Millis;
  readonly recorded: Millis;
  /** Since when the machine waits for what it waits for. */
  readonly waitingSince: Millis;
  readonly letGo: number;
  /** Lanes that candidates have come on, or were waited for in vain. */
  readonly trickled: ReadonlySet<string>;
  /** Candidates and descriptions that the replay says itself. */
  readonly ours: Ours;
  readonly over: boolean;
}

export type ReplayInput =
  | { readonly on: 'open' | 'closed'; readonly lane: string; readonly now: Millis }
  | Heard
  /** The request of this exchange of the recording got no response. */
  | { readonly on: 'unanswered'; readonly exchange: string; readonly why: string; readonly now: Millis }
  | { readonly on: 'time' | 'step'; readonly now: Millis };

export type ReplayOutput =
  | { readonly do: 'open' | 'close'; readonly lane: string }
  | { readonly do: 'say'; readonly step: Step }
  /** What was heard is the recorded `step`: values in it stand for those of the recording. */
  | { readonly do: 'matched'; readonly step: Step; readonly heard: Heard; readonly altered: boolean }
  /** A request that is none of the recording. */
  | { readonly do: 'strange'; readonly heard: Heard }
  | { readonly do: 'report'; readonly report: ReplayReport }
  | { readonly do: 'wake'; readonly at: Millis }
  | { readonly do: 'over' };

export interface ReplayReport {
  readonly kind:
    | 'missing'
    | 'unexpected'
    | 'out-of-order'
    | 'altered'
    | 'closed'
    | 'unanswered'
    | 'unsaid'
    | 'password';
  readonly sentence: string;
  /** The event of the recording it is about, and that of the replay. */
  readonly recorded?: number;
  readonly event?: number;
}

export interface Replayed {
  readonly state: ReplayState;
  readonly outputs: readonly ReplayOutput[];
}

const MOST_LATE = 100;

export function replayMachine(script: Script, options: ReplayOptions): ReplayState {
  return {
    script,
    options,
    at: 0,
    done: new Set(),
    open: new Set(),
    opening: undefined,
    late: [],
    turn: 0,
    now: 0,
    recorded: script.steps[0]?.t ?? 0,
    waitingSince: 0,
    letGo: 0,
    trickled: new Set(),
    ours: oursAmong(script.steps),
    over: false,
  };
}

export function replayStep(state: ReplayState, input: ReplayInput): Replayed {
  if (state.over) return { state, outputs: [] };
  const taken = take({ ...state, now: input.now }, input);
  return proceed(taken);
}

function take(state: ReplayState, input: ReplayInput): Replayed {
  switch (input.on) {
    case 'open':
      return quiet({
        ...opened(state, input.lane),
        open: new Set([...state.open, input.lane]),
        waitingSince: state.now,
      });
    case 'closed':
      return closed(state, input.lane);
    case 'heard':
      return heard(state, input);
    case 'unanswered':
      return unanswered(state, input);
    case 'step':
      return quiet({ ...state, letGo: state.letGo + 1 });
    case 'time':
      return quiet(state);
  }
}

function heard(state: ReplayState, input: Heard): Replayed {
  const { found, reports: matched } = matchOf(state, input);
  const change = found === undefined ? undefined : altered(stepAt(state, found), input, state.ours);
  const at = input.event === undefined ? {} : { event: input.event };
  const reports = change === undefined ? matched : [...matched, { ...change, ...at }];
  const told = reports.map((report): ReplayOutput => ({ do: 'report', report }));
  if (found === undefined) {
    const isRequest = input.http !== undefined && input.http.status === undefined;
    return { state, outputs: isRequest ? [...told, { do: 'strange', heard: input }] : told };
  }
  const step = stepAt(state, found);
  const matching: ReplayOutput = { do: 'matched', step, heard: input, altered: change !== undefined };
  if (found < state.at) {
    const late = state.late.filter((index) => index !== found);
    const answer = lateAnswer(state, step);
    const said: readonly ReplayOutput[] = answer === undefined ? [] : [{ do: 'say', step: answer }];
    return { state: { ...state, late }, outputs: [matching, ...told, ...said] };
  }
  const done = new Set([...state.done, found]);
  return {
    state: {
      ...state,
      done,
      trickled: trickledBy(step, state),
      recorded: Math.max(state.recorded, step.t),
      waitingSince: state.now,
    },
    outputs: [matching, ...told],
  };
}

/** Says all that can be said now; else tells when to ask again, or that it is over. */
function proceed({ state, outputs }: Replayed): Replayed {
  let now = state;
  const all = [...outputs];
  for (;;) {
    now = pastDone(now);
    if (now.opening !== undefined) return { state: now, outputs: all };
    const turn = now.script.turns[now.turn];
    if (turn !== undefined && turn.at <= now.at && now.at < now.script.steps.length) {
      all.push({ do: turn.do, lane: turn.lane });
      now = { ...now, turn: now.turn + 1, opening: turn.do === 'open' ? turn.lane : undefined };
      continue;
    }
    const step = now.script.steps[now.at];
    if (step === undefined) {
      const until = owedUntil(now);
      if (until !== undefined) return { state: now, outputs: [...all, { do: 'wake', at: until }] };
      return { state: { ...now, over: true }, outputs: [...all, { do: 'over' }] };
    }
    if (!now.open.has(step.lane)) return { state: now, outputs: all };
    if (step.do === 'hear') {
      const patience = patienceFor(step, now);
      const until = now.waitingSince + patience;
      if (patience > 0 && now.now < until) return { state: now, outputs: [...all, { do: 'wake', at: until }] };
      if (weightOf(step, now.ours) === 'awaited') all.push({ do: 'report', report: missing(step) });
      now = {
        ...now,
        at: now.at + 1,
        waitingSince: now.now,
        late: [...now.late.slice(-MOST_LATE), now.at],
        trickled: trickledBy(step, now),
      };
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

/** What is no request, or has nobody to hear it. */
export function unsaid(step: Step): ReplayReport {
  const sentence = `The ${nameOf(step)} of ${step.from} (event ${step.seq} of the recording) could not be said.`;
  return { kind: 'unsaid', sentence, recorded: step.seq };
}

function missing(step: Step): ReplayReport {
  const sentence = `The ${nameOf(step)} of ${step.from} (event ${step.seq} of the recording) did not come.`;
  return { kind: 'missing', sentence, recorded: step.seq };
}
