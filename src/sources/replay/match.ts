/** Which step of the script a message is that was heard. */
import type { HttpCarriage, Millis, Signal } from '../../core/event.ts';
import { pathOf } from '../origin-form.ts';
import { type Gist, weighed } from './gist.ts';
import type { ReplayState } from './machine.ts';
import type { ReplayReport } from './report.ts';

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
export function ahead({ outline, at, done, gone }: ReplayState, window = WINDOW): number[] {
  const end = Math.min(outline.length, at + window);
  const left: number[] = [];
  for (let index = at; index < end; index += 1)
    if (!done.has(index) && !gone.has(outline.laneOf(index))) left.push(index);
  return left;
}

type Weighed = ReturnType<typeof weighed>;

export function matchOf(state: ReplayState, heard: Heard): Match {
  const { gist, laneOf, ours } = state.outline;
  const isHere = (index: number): boolean => laneOf(index) === heard.lane && gist(index).do === 'hear';
  const waiting = ahead(state).filter(isHere);
  const now = weighed(heard, ours);
  const { http } = heard;
  const find = (among: readonly number[]): number | undefined =>
    http === undefined ? byMeaning(state, now, among) : byExchange(state, http, now, among);
  const late = state.late.filter(isHere);
  const isSaid = (index: number): boolean => http === undefined && gist(index).hash === now.hash;
  // What is there word by word is meant, however late it comes; only then what means the same.
  const found = waiting.find(isSaid) ?? late.find(isSaid) ?? find(waiting) ?? find(late);
  const at = heard.event === undefined ? {} : { event: heard.event };
  if (found === undefined) {
    if (now.weight !== 'awaited') return { found, reports: [] };
    const sentence = `An ${now.name} came that the recording does not have here.`.replace(/^An (?![aeio])/, 'A ');
    return { found, reports: [{ kind: 'unexpected', sentence, ...at }] };
  }
  const step = gist(found);
  if (found < state.at) return { found, reports: [] };
  const refused = statusReport(step, heard);
  if (refused !== undefined) return { found, reports: [{ ...refused, ...at }] };
  // Responses to requests that are under way together come as they like: what counts is what they carry.
  // Candidates have no order among themselves.
  const counts = (one: Weighed): boolean => one.carries && !(now.isTrickled && one.isTrickled);
  const overtaken = waiting.find((index) => index < found && counts(gist(index)));
  if (!now.carries || overtaken === undefined) return { found, reports: [] };
  const first = gist(overtaken);
  const sentence = `The ${now.name} came before the ${first.name} (event ${first.seq} of the recording).`;
  return { found, reports: [{ kind: 'out-of-order', sentence, recorded: step.seq, before: first.seq, ...at }] };
}

function byMeaning({ outline: { gist } }: ReplayState, now: Weighed, waiting: readonly number[]): number | undefined {
  return (
    waiting.find((index) => gist(index).meaning === now.meaning) ??
    // A description may come back with candidates beside it, or without: what is awaited in it counts.
    (now.weight === 'awaited' ? waiting.find((index) => gist(index).name === now.name) : undefined)
  );
}

/** A response belongs to its request, whatever it says; a request is known by its method and what it means. */
function byExchange(
  state: ReplayState,
  { method, status, exchange, url }: HttpCarriage,
  now: Weighed,
  waiting: readonly number[],
): number | undefined {
  const { gist } = state.outline;
  if (status !== undefined) return waiting.find((index) => gist(index).http?.exchange === exchange);
  const same = waiting.filter((index) => gist(index).http?.method === method);
  const there = same.filter((index) => pathOf(gist(index).http?.url ?? '') === pathOf(url));
  return byMeaning(state, now, there) ?? byMeaning(state, now, same);
}

/** A refusal where the recording has none, or the other way round. */
function statusReport({ http: then, seq }: Gist, { http: now }: Heard): ReplayReport | undefined {
  if (then?.status === undefined || now?.status === undefined) return undefined;
  if (Math.floor(then.status / 100) === Math.floor(now.status / 100)) return undefined;
  // What is gone already, because the other end noticed, is as gone as what was deleted.
  if (now.method === 'DELETE' && [then.status, now.status].every((one) => one < 300 || one === 404 || one === 410))
    return undefined;
  const hint = now.status === 401 || now.status === 403 ? '; give credentials with --header' : '';
  const sentence = `${now.method} ${pathOf(now.url)} was answered with ${now.status}, in the recording with ${then.status} (event ${seq})${hint}.`;
  return { kind: 'unexpected', sentence, recorded: seq };
}
