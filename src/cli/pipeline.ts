/** A live session from start to end: source → log → model → sinks or screen, and the exit code it all leads to. */

import type { Action, SessionHeader } from '../core/event.ts';
import { FORGETTING } from '../core/forget.ts';
import { createLiveLog, type LiveLog } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import type { Finding } from '../rules/rule.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Emit, Source, SourceEnd } from '../sources/source.ts';
import { carryOut } from './carry-out.ts';
import { fails } from './config.ts';
import { createEnding, type Ending } from './ending.ts';
import { createEventStore } from './event-store.ts';
import { EXIT } from './exit-codes.ts';
import { hasScreen, openFace } from './faces.ts';
import type { Context } from './io.ts';
import { type Judging, judge } from './judging.ts';
import type { Plan, Undone } from './plan.ts';
import { startRecorder } from './record.ts';
import type { FailOn, RuleSettings, ScreenSettings } from './settings.ts';

export interface LiveOptions {
  readonly source: Source;
  /** What the recording's first line says, but for what every session has. */
  readonly about: Pick<SessionHeader, 'source' | 'url' | 'parties'>;
  readonly tool: string;
  readonly title: string;
  /** Said on the screen until something happens: what the user can do for that. */
  readonly waiting?: string;
  readonly json: boolean;
  /** Text: a line for every event, also for what merely succeeded. */
  readonly all?: boolean;
  /** Never the screen, even on a terminal. */
  readonly plain?: boolean;
  /** Standard output carries something else: text goes to stderr. */
  readonly aside?: boolean;
  readonly record: string | undefined;
  /** The recording gets stand-ins for addresses, credentials, names and tokens. */
  readonly redact?: boolean;
  /** Bytes of a recording after which the next file is begun. */
  readonly rotate?: number;
  /** Milliseconds after which the session ends. */
  readonly timeout: number | undefined;
  /** Rules that are off, or of another severity. */
  readonly settings: RuleSettings;
  /** What the screen is set to. */
  readonly screen?: ScreenSettings;
  /** Says what is to be done now: once signals end the session in order, and before a screen opens. */
  readonly announce?: () => void;
  /** From which severity on a finding makes the session fail. */
  readonly failOn: FailOn;
  readonly plan: Plan | undefined;
  /** What `--exit-when` asked for, to name it when it was not reached. */
  readonly exitWhen?: string | undefined;
}

/** What the parts of a live session share. */
export interface Live {
  readonly context: Context;
  readonly options: LiveOptions;
  readonly log: LiveLog;
  readonly model: Model;
  readonly ending: Ending;
  readonly judging: Judging;
  /** When the session began, in milliseconds since 1970. */
  readonly began: number;
  dispatch(action: Action): void;
}

/** Runs until the source ends or something ends it. Throws what the source rejects with, after everything is closed. */
export async function runLive(context: Context, options: LiveOptions): Promise<number> {
  const ending = createEnding(context.unread);
  options.announce?.();
  const sinks: Sink[] = [];
  const start = performance.now();
  const clock = () => rounded(performance.now() - start);
  // Of a session of days most events wait on disk; the model asks for them when it needs them.
  const events = createEventStore();
  const log = createLiveLog(headerOf(options), clock, events);
  const model = emptyModel(events);
  // The order of these is the order in which an event is dealt with: understood, told, judged.
  log.subscribe((event) => reduce(model, event));
  log.subscribe((event) => {
    for (const sink of sinks) sink.accept(event, model);
  });
  log.subscribePassed((event) => {
    for (const sink of sinks) sink.passed?.(event);
  });
  // A screen can go back to everything, and what is waited for may be the third offer.
  const awaited = options.exitWhen !== undefined || (options.plan?.undone ?? []).length > 0;
  const forgets = !hasScreen(context, options) && !awaited;
  const judging = judge(log, model, clock, options.settings, forgets ? FORGETTING : undefined);
  judging.findings.subscribe((finding) => {
    for (const sink of sinks) sink.found?.(finding);
  });
  const live: Live = {
    context,
    options,
    log,
    model,
    ending,
    judging,
    began: performance.timeOrigin + start,
    // Later, not now: an event's listeners must all have heard of it before the next event happens.
    dispatch: (action) => queueMicrotask(() => options.source.dispatch(action)),
  };
  try {
    if (options.record !== undefined)
      sinks.push(startRecorder(options.record, log.header, context.io, options.redact === true, options.rotate));
    const face = await openFace(live);
    if (face.sink !== undefined) sinks.push(face.sink);
    const { plan, source, timeout } = options;
    const finish = () => ending.end({ reason: 'done', code: EXIT.ok });
    const lost = (one: Undone) => {
      // A screen has no place for it; it stands at the end there.
      if (!face.outlives) context.io.stderr.write(`renego: ${sentenceOf(one)}\n`);
    };
    const stop = plan === undefined ? () => {} : carryOut(plan, { log, model, source, clock, finish, lost });
    // Why something was not done is told as it was before the end, at which nothing can be done any more.
    ending.signal.addEventListener('abort', stop, { once: true });
    const timer = timeout === undefined ? undefined : setTimeout(() => ending.end({ reason: 'timeout' }), timeout);
    try {
      // Both have to be over before anything is closed, whichever of them fails.
      const [end, closed] = await Promise.allSettled([runSource(live, face.outlives), face.closed]);
      if (end.status === 'rejected') throw end.reason;
      if (closed.status === 'rejected') throw closed.reason;
      judging.finish();
      return exitCode(live, end.value, face.outlives ? [] : (plan?.lost ?? []));
    } finally {
      clearTimeout(timer);
      stop();
    }
  } finally {
    judging.finish();
    for (const sink of sinks) sink.close(ending.why?.reason ?? 'closed');
    events.close();
    ending.release();
  }
}

/** Starts the source. When it is over by itself, the session is, unless there is a screen to look at it. */
async function runSource({ options, log, ending, began }: Live, outlived: boolean): Promise<SourceEnd> {
  try {
    const emit: Emit = (draft, { at, aside } = {}) => {
      const told = at === undefined ? draft : { ...draft, t: rounded(Math.max(0, at - began)) };
      return (aside ? log.pass(told) : log.append(told)).seq;
    };
    const end = await options.source.start(emit, ending.signal);
    if (!outlived) ending.end({ reason: end.reason });
    return end;
  } catch (error) {
    ending.end({ reason: 'failed' });
    throw error;
  }
}

/** `told`: what the user has been told already. */
function exitCode({ context, options, ending, judging }: Live, end: SourceEnd, told: readonly Undone[]): number {
  const why = ending.why;
  if (why?.thrown !== undefined) throw why.thrown.error;
  // A terminal that is gone hears nothing.
  if (why?.gone) return why.code ?? end.code;
  const killed = why?.code !== undefined && why.code !== EXIT.ok;
  const undone = why?.code === EXIT.ok ? (options.plan?.lost ?? []).map(sentenceOf) : missedOf(options, why?.reason);
  const missed = killed ? undone : [...undone, ...failing(judging.findings.list(), options.failOn)];
  const known = told.map(sentenceOf);
  for (const sentence of missed.filter((one) => !known.includes(one))) context.io.stderr.write(`renego: ${sentence}\n`);
  if (killed) return why?.code ?? end.code;
  return missed.length > 0 ? EXIT.different : (why?.code ?? end.code);
}

/** What of `--fail-on` was found. */
function failing(findings: readonly Finding[], failOn: FailOn): readonly string[] {
  const found = findings.filter((finding) => fails([finding], failOn));
  return found.map(({ severity, rule, event }) => `${severity} ${rule}${event > 0 ? ` (event ${event})` : ''}`);
}

/** To microseconds. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

const sentenceOf = ({ text, why }: Undone): string => `--do ${text} was not done: ${why}`;

/** What was asked for and did not come about. */
function missedOf({ plan, exitWhen }: LiveOptions, reason: string | undefined): readonly string[] {
  const undone = (plan?.undone ?? []).map(sentenceOf);
  if (exitWhen === undefined) return undone;
  const how = reason === 'timeout' ? 'in time' : 'before the session ended';
  return [...undone, `'${exitWhen}' was not reached ${how}`];
}

function headerOf({ about, tool }: LiveOptions): SessionHeader {
  return { format: 1, tool, startedAt: new Date().toISOString(), redacted: [], ...about };
}
