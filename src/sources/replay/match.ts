/** Which step of the script a message is that was heard. */
import type { HttpCarriage, Millis, Signal } from '../../core/event.ts';
import { pathOf } from '../origin-form.ts';
import type { ReplayReport, ReplayState } from './machine.ts';
import { meaningOf, nameOf, type Weighed, weightOf } from './meaning.ts';
import type { Step } from './script.ts';

/** A message of today. */
export interface Heard {
  readonly on: 'heard';
  readonly lane: string;
  readonly signals: readonly Signal[];
  readonly raw: string;
  readonly now: Millis;
  readonly event?: number;
  /** How HTTP carried it; the exchange of a response is that of the recorded request. */
  readonly http?: HttpCarriage;
}

export interface Match {
  /** Undefined if nothing of the recording is meant. */
  readonly found: number | undefined;
  readonly reports: readonly ReplayReport[];
}

/** How far ahead of what comes next something may be heard: as far as any server reorders, and a bound for long recordings. */
const WINDOW = 500;

/** Steps still to come, of the next so many. */
export function ahead({ script, at, done }: ReplayState, window = WINDOW): number[] {
  const end = Math.min(script.steps.length, at + window);
  const left: number[] = [];
  for (let index = at; index < end; index += 1) if (!done.has(index)) left.push(index);
  return left;
}

export const stepAt = ({ script }: ReplayState, index: number): Step => script.steps[index] as Step;

export function matchOf(state: ReplayState, heard: Heard): Match {
  const isHere = (index: number): boolean => {
    const step = stepAt(state, index);
    return step.do === 'hear' && step.lane === heard.lane;
  };
  const waiting = ahead(state).filter(isHere);
  const isAwaited = weightOf(heard, state.ours) === 'awaited';
  const find = heard.http === undefined ? byMeaning : byExchange;
  const late = state.late.filter(isHere);
  const isSaid = (index: number): boolean => heard.http === undefined && stepAt(state, index).raw === heard.raw;
  // What is there word by word is meant, however late it comes; only then what means the same.
  const found = waiting.find(isSaid) ?? late.find(isSaid) ?? find(state, heard, waiting) ?? find(state, heard, late);
  const at = heard.event === undefined ? {} : { event: heard.event };
  if (found === undefined) {
    if (!isAwaited) return { found, reports: [] };
    const sentence = `An ${nameOf(heard)} came that the recording does not have here.`.replace(/^An (?![aeio])/, 'A ');
    return { found, reports: [{ kind: 'unexpected', sentence, ...at }] };
  }
  const step = stepAt(state, found);
  if (found < state.at) return { found, reports: [] };
  const refused = statusReport(step, heard);
  if (refused !== undefined) return { found, reports: [{ ...refused, ...at }] };
  // Responses to requests that are under way together come as they like: what counts is what they carry.
  const carries = ({ signals }: Weighed): boolean => weightOf({ signals }, state.ours) === 'awaited';
  // Candidates have no order among themselves.
  const counts = (weighed: Weighed): boolean => carries(weighed) && !(isTrickled(heard) && isTrickled(weighed));
  const overtaken = waiting.find((index) => index < found && counts(stepAt(state, index)));
  if (!carries(heard) || overtaken === undefined) return { found, reports: [] };
  const first = stepAt(state, overtaken);
  const sentence = `The ${nameOf(heard)} came before the ${nameOf(first)} (event ${first.seq} of the recording).`;
  return { found, reports: [{ kind: 'out-of-order', sentence, recorded: step.seq, ...at }] };
}

function byMeaning(state: ReplayState, heard: Heard, waiting: readonly number[]): number | undefined {
  const { ours } = state;
  const meaning = meaningOf(heard.signals, ours);
  const same = waiting.filter((index) => meaningOf(stepAt(state, index).signals, ours) === meaning);
  // A description may come back with candidates beside it, or without: what is awaited in it counts.
  return (
    same[0] ??
    waiting.find((index) => weightOf(heard, ours) === 'awaited' && nameOf(stepAt(state, index)) === nameOf(heard))
  );
}

/** A response belongs to its request, whatever it says; a request is known by its method and what it means. */
function byExchange(state: ReplayState, heard: Heard, waiting: readonly number[]): number | undefined {
  const { method, status, exchange, url } = heard.http as HttpCarriage;
  if (status !== undefined) return waiting.find((index) => stepAt(state, index).http?.exchange === exchange);
  const same = waiting.filter((index) => stepAt(state, index).http?.method === method);
  const there = same.filter((index) => pathOf(stepAt(state, index).http?.url ?? '') === pathOf(url));
  return byMeaning(state, heard, there) ?? byMeaning(state, heard, same);
}

const isTrickled = ({ signals }: Weighed): boolean =>
  signals.every(({ type }) => type === 'candidate' || type === 'end-of-candidates');

/** A refusal where the recording has none, or the other way round. */
function statusReport({ http: then, seq }: Step, { http: now }: Heard): ReplayReport | undefined {
  if (then?.status === undefined || now?.status === undefined) return undefined;
  if (Math.floor(then.status / 100) === Math.floor(now.status / 100)) return undefined;
  // What is gone already, because the other end noticed, is as gone as what was deleted.
  if (now.method === 'DELETE' && [then.status, now.status].every((one) => one < 300 || one === 404 || one === 410))
    return undefined;
  const hint = now.status === 401 || now.status === 403 ? '; give credentials with --header' : '';
  const sentence = `${now.method} ${pathOf(now.url)} was answered with ${now.status}, in the recording with ${then.status} (event ${seq})${hint}.`;
  return { kind: 'unexpected', sentence, recorded: seq };
}
