/**
 * Replays a script, as a pure machine: says what was said, when what was heard before it has been heard again, by meaning
 * and not by count. No sockets, no clock: times come in.
 */
import type { Millis } from '../../core/event.ts';
import { altered } from './altered.ts';
import { type Outline, outlineOf } from './gist.ts';
import { lateAnswer, owedUntil } from './late.ts';
import { closed, unanswered } from './lost.ts';
import { type Heard, matchOf } from './match.ts';
import { dueAt, patienceFor, shortPatience, trickledBy } from './patience.ts';
import { opened, quiet } from './quiet.ts';
import { missing, type ReplayReport } from './report.ts';
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
  readonly outline: Outline;
  readonly options: ReplayOptions;
  /** The first step that is still to come. */
  readonly at: number;
  /** Steps behind it that are over already, because they were heard early. */
  readonly done: ReadonlySet<number>;
  /** Lanes that are closed: what was to come on them never will. */
  readonly gone: ReadonlySet<string>;
  readonly open: ReadonlySet<string>;
  /** The lane that is being opened: what comes next may need it. */
  readonly opening: string | undefined;
  /** The newest steps that were gone past without having been heard: what they bring may come late. */
  readonly late: readonly number[];
  /** Lanes that were gone past so much of in vain that nothing that passes by is waited for on them. */
  readonly silent: ReadonlySet<string>;
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
  /** As much was said as is said at once: the rest waits for the time to come in. */
  readonly resting: boolean;
  readonly over: boolean;
}

export type ReplayInput =
  | { readonly on: 'open' | 'closed'; readonly lane: string; readonly now: Millis }
  | Heard
  /** The request of this exchange of the recording got no response. */
  | { readonly on: 'unanswered'; readonly exchange: string; readonly why: string; readonly now: Millis }
  /** `full`: what was said has not been sent yet, and nothing more is said before the time comes in. */
  | { readonly on: 'time' | 'step' | 'full'; readonly now: Millis };

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

export interface Replayed {
  readonly state: ReplayState;
  readonly outputs: readonly ReplayOutput[];
}

/** What passes by is not waited for, but if there is more of it than this: who is heard much later is taken for somebody else. */
const MOST_LATE = 100;
/** What is said at once, before anybody is asked whether it is heard. */
const MOST_SAID = 50;

export function replayMachine(script: Script, options: ReplayOptions): ReplayState {
  return {
    script,
    outline: outlineOf(script.steps),
    options,
    at: 0,
    done: new Set(),
    gone: new Set(),
    open: new Set(),
    opening: undefined,
    late: [],
    silent: new Set(),
    turn: 0,
    now: 0,
    recorded: script.steps.at(0)?.t ?? 0,
    waitingSince: 0,
    letGo: 0,
    trickled: new Set(),
    resting: false,
    over: false,
  };
}

export function replayStep(state: ReplayState, input: ReplayInput): Replayed {
  if (state.over) return { state, outputs: strangeIn(input) };
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
    case 'full':
      return quiet({ ...state, resting: input.on === 'full' });
  }
}

function heard(state: ReplayState, input: Heard): Replayed {
  const { found, reports: matched } = matchOf(state, input);
  const step = found === undefined ? undefined : stepAt(state, found);
  const change = step === undefined ? undefined : altered(step, input, state.outline.ours);
  const at = input.event === undefined ? {} : { event: input.event };
  const reports = change === undefined ? matched : [...matched, { ...change, ...at }];
  const told = reports.map((report): ReplayOutput => ({ do: 'report', report }));
  if (found === undefined || step === undefined) {
    return { state, outputs: [...told, ...strangeIn(input)] };
  }
  const matching: ReplayOutput = { do: 'matched', step, heard: input, altered: change !== undefined };
  if (found < state.at) {
    const late = state.late.filter((index) => index !== found);
    const answer = lateAnswer(state, found);
    const said: readonly ReplayOutput[] = answer === undefined ? [] : [{ do: 'say', step: answer }];
    const silent = without(state.silent, step.lane);
    return { state: { ...state, late, silent }, outputs: [matching, ...told, ...said] };
  }
  const done = new Set([...state.done, found]);
  return {
    state: {
      ...state,
      done,
      trickled: trickledBy(state.outline.gist(found), state),
      recorded: Math.max(state.recorded, step.t),
      waitingSince: state.now,
    },
    outputs: [matching, ...told],
  };
}

/** Who asks waits for an answer, also at the end. */
const strangeIn = (input: ReplayInput): readonly ReplayOutput[] =>
  input.on === 'heard' && input.http !== undefined && input.http.status === undefined
    ? [{ do: 'strange', heard: input }]
    : [];

const without = (lanes: ReadonlySet<string>, lane: string): ReadonlySet<string> =>
  lanes.has(lane) ? new Set([...lanes].filter((one) => one !== lane)) : lanes;

const stepAt = ({ script }: ReplayState, place: number): Step => script.steps.at(place) as Step;

/** Says all that can be said now; else tells when to ask again, or that it is over. */
function proceed({ state, outputs }: Replayed): Replayed {
  let now = state;
  const all = [...outputs];
  let said = 0;
  for (;;) {
    now = pastDone(now);
    if (now.opening !== undefined) return { state: now, outputs: all };
    const turn = now.script.turns[now.turn];
    if (turn !== undefined && turn.at <= now.at && now.at < now.outline.length) {
      all.push({ do: turn.do, lane: turn.lane });
      now = { ...now, turn: now.turn + 1, opening: turn.do === 'open' ? turn.lane : undefined };
      continue;
    }
    if (now.at >= now.outline.length) {
      const until = owedUntil(now);
      if (until !== undefined) return { state: now, outputs: [...all, { do: 'wake', at: until }] };
      return { state: { ...now, over: true }, outputs: [...all, { do: 'over' }] };
    }
    const step = now.outline.gist(now.at);
    if (!now.open.has(step.lane)) return { state: now, outputs: all };
    if (step.do === 'hear') {
      const isFull = now.late.length >= MOST_LATE && !now.silent.has(step.lane);
      const patience = Math.max(patienceFor(step, now), isFull ? shortPatience(now) : 0);
      const until = now.waitingSince + patience;
      if (patience > 0 && now.now < until) return { state: now, outputs: [...all, { do: 'wake', at: until }] };
      if (step.weight === 'awaited') all.push({ do: 'report', report: missing(step) });
      now = {
        ...now,
        at: now.at + 1,
        waitingSince: now.now,
        late: [...now.late.slice(1 - MOST_LATE), now.at],
        silent: isFull ? new Set([...now.silent, step.lane]) : now.silent,
        trickled: trickledBy(step, now),
      };
      continue;
    }
    const due = dueAt(step, now);
    if (now.now < due) return { state: now, outputs: [...all, { do: 'wake', at: due }] };
    if (now.options.byHand && now.letGo === 0) return { state: now, outputs: all };
    if (now.resting || said === MOST_SAID)
      return { state: { ...now, resting: true }, outputs: [...all, { do: 'wake', at: now.now }] };
    said += 1;
    all.push({ do: 'say', step: stepAt(now, now.at) });
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
  const { done, gone, outline } = state;
  const isOver = (at: number): boolean => done.has(at) || gone.has(outline.laneOf(at));
  if (!isOver(state.at)) return state;
  let { at } = state;
  while (at < outline.length && isOver(at)) at += 1;
  return { ...state, at, done: new Set([...done].filter((one) => one > at)) };
}
