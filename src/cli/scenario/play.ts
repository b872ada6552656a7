/** Plays a scenario: real peers, step by step, each with its own patience; then what was expected is judged. */
import { RenegoError } from '../../core/errors.ts';
import type { Action } from '../../core/event.ts';
import { createLog, type Log } from '../../core/log.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';
import { hasCome, type Waiting } from '../../scenario/awaited.ts';
import type { Failing } from '../../scenario/expectations.ts';
import { insteadOf } from '../../scenario/instead.ts';
import type { ScenarioResult, StepResult } from '../../scenario/result.ts';
import type { PeerMove, Scenario, Step } from '../../scenario/scenario.ts';
import type { Scene } from '../../scenario/scene.ts';
import type { Sink } from '../../sinks/sink.ts';
import { startServer } from '../../sources/server.ts';
import type { Io } from '../io.ts';
import { judge } from '../judging.ts';
import { roomFor } from '../open-files.ts';
import type { RuleSettings } from '../settings.ts';
import { version } from '../version.ts';
import { castOf, type Player } from './cast.ts';
import { type Goldens, judged, judgedAtEnd } from './expected.ts';
import { createLives, type Lives } from './lives.ts';
import { until } from './until.ts';

export interface PlayOptions {
  readonly file: string;
  readonly engine: string;
  readonly settings: RuleSettings;
  /** All that it names. */
  readonly goldens: Goldens;
  readonly io: Io;
  readonly signal: AbortSignal;
  /** A recording to be started. */
  record?(log: Log): Sink;
  /** A step begins; '' when all is over. */
  progress(text: string): void;
}

/** A server that cannot be reached is the `failure` of what it returns. Throws RenegoError `usage` for what does not exist. */
export async function playScenario(scenario: Scenario, options: PlayOptions): Promise<ScenarioResult> {
  const { io, settings } = options;
  const start = performance.now();
  // To the microsecond, as in every live session.
  const clock = () => Math.round((performance.now() - start) * 1000) / 1000;
  const parties = scenario.peers.map(({ name }) => name);
  const startedAt = new Date().toISOString();
  const log = createLog(
    { format: 1, tool: `renego ${version()}`, startedAt, source: 'run', parties, redacted: [] },
    clock,
  );
  const model = emptyModel();
  log.subscribe((event) => reduce(model, event));
  const recorder = options.record?.(log);
  log.subscribe((event) => recorder?.accept(event, model));
  const judging = judge(log, model, clock, settings);
  const scene: Scene = { model, findings: judging.findings.list() };
  await roomFor(parties.length);
  const server = scenario.server === undefined ? await startServer() : undefined;
  const timers = new Set<NodeJS.Timeout>();
  const later = (delay: number, what: () => void): void => void timers.add(setTimeout(what, delay));
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  try {
    const url = server?.url ?? scenario.server?.url ?? '';
    const { players, company } = await castOf(scenario, { url, engine: options.engine, io, log, later });
    const told = (name: string) => company.heard(name, (draft) => log.append(draft).seq);
    const lives = createLives(told, over);
    for (const player of players) if (!isLate(player.name, scenario)) lives.enter(player);
    const played = await playSteps(scenario, { cast: players, lives, log, scene, signal, clock, options });
    const failure = failureOf(await lives.leave());
    const steps = failure === undefined ? played : blamed(played, failure, log.events.length);
    for (const timer of timers) clearTimeout(timer);
    judging.finish();
    const judged = scenario.expect.map((expected) => judgedAtEnd(expected, steps, scene, options));
    return {
      ...{ name: scenario.name, file: options.file, tags: scenario.tags, model },
      ...{ steps: [...steps, ...judged], findings: judging.findings.list() },
      ...(failure !== undefined && { failure }),
    };
  } finally {
    over.abort();
    judging.finish();
    for (const timer of timers) clearTimeout(timer);
    options.progress('');
    recorder?.close('done');
    await server?.close();
  }
}

/** Comes by a step of its own. */
const isLate = (name: string, { steps }: Scenario): boolean =>
  steps.some((step) => step.do === 'connect' && step.peer === name);

/** What kept a peer from its server, if that is all. Throws everything else. */
function failureOf(failed: { readonly error: unknown } | undefined): RenegoError | undefined {
  if (failed === undefined) return undefined;
  if (failed.error instanceof RenegoError && failed.error.kind === 'connect') return failed.error;
  throw failed.error;
}

/** The step that was cut short says why; where there was none, one more does. */
function blamed(steps: readonly StepResult[], { message }: RenegoError, last: number): readonly StepResult[] {
  if (!steps.some(({ outcome }) => outcome === 'failed'))
    return [...steps, { text: 'connect', outcome: 'failed', took: 0, why: message, events: [last, last] }];
  return steps.map((step) => (step.outcome === 'failed' ? { ...step, why: message } : step));
}

interface Stage {
  readonly cast: readonly Player[];
  readonly lives: Lives;
  readonly log: Log;
  readonly scene: Scene;
  readonly signal: AbortSignal;
  readonly options: PlayOptions;
  clock(): number;
}

async function playSteps(scenario: Scenario, stage: Stage): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  const since = { action: 0 };
  let failed = false;
  for (const [index, step] of scenario.steps.entries()) {
    const [began, first] = [stage.clock(), stage.log.events.length];
    if (failed) {
      results.push({ text: step.text, outcome: 'skipped', took: 0, events: [first, first] });
      continue;
    }
    stage.options.progress(`${index + 1}/${scenario.steps.length} ${step.text}`);
    const failing = await played(step, step.timeout ?? scenario.timeout, since, stage);
    failed = failing !== undefined;
    const events = [first, stage.log.events.length] as const;
    results.push({
      text: step.text,
      outcome: failed ? 'failed' : 'ok',
      took: stage.clock() - began,
      events,
      ...failing,
      ...(step.line !== undefined && { line: step.line }),
    });
  }
  return results;
}

/** The newest event when the last action was done: what is waited for comes after it. */
interface Since {
  action: number;
}

const ENDED = 'The session ended.';

const notCome = (patience: number, signal: AbortSignal): string =>
  signal.aborted ? ENDED : `It did not come within ${patience / 1000} s.`;

/** Why it failed. */
async function played(step: Step, patience: number, since: Since, stage: Stage): Promise<Failing | undefined> {
  const { cast, log, scene, signal } = stage;
  const player = (name: string): Player => cast.find((one) => one.name === name) as Player;
  const late = (waiting: Waiting): Failing => {
    const why = notCome(patience, signal);
    const instead = insteadOf(waiting, scene);
    return instead === undefined ? { why } : { ...instead, why: `${why} ${instead.why}` };
  };
  switch (step.do) {
    case 'act':
      return acted(step.moves, patience, since, stage);
    case 'wait': {
      const { awaited, peer } = step;
      const waiting = { awaited, peer, peers: cast.map(({ name }) => name), since: since.action };
      return (await until(() => hasCome(waiting, scene), log, patience, signal)) ? undefined : late(waiting);
    }
    case 'pause':
      await until(() => false, log, step.time, signal);
      return signal.aborted ? { why: ENDED } : undefined;
    case 'connect': {
      since.action = log.events.length;
      const { peer } = step;
      stage.lives.enter(player(peer));
      if (!player(peer).onSocket) return undefined;
      const isOpen = () =>
        log.events.slice(since.action).some((event) => {
          return event.kind === 'link' && event.change === 'open' && event.from === peer;
        });
      return (await until(isOpen, log, patience, signal)) ? undefined : { why: notCome(patience, signal) };
    }
    case 'cut':
      since.action = log.events.length;
      player(step.peer).peer.cut();
      return undefined;
    case 'fault':
      player(step.fault.peer).faults.arm(step.fault);
      return undefined;
    case 'expect':
      return judged(step.expected, scene, stage.options);
  }
}

/** All at once, as soon as all can be done. */
async function acted(
  moves: readonly PeerMove[],
  patience: number,
  since: Since,
  stage: Stage,
): Promise<Failing | undefined> {
  const { log, scene, signal } = stage;
  const peer = (name: string): Player['peer'] => (stage.cast.find((one) => one.name === name) as Player).peer;
  const refused = (): readonly string[] =>
    moves.flatMap((move) => peer(move.peer).refusal(placed(move, scene), move.with) ?? []);
  if (!(await until(() => refused().length === 0, log, patience, signal)))
    return { why: `It cannot be done: ${refused().join('; ')}.` };
  since.action = log.events.length;
  for (const move of moves) peer(move.peer).dispatch(placed(move, scene), move.with);
  const problem = log.events
    .slice(since.action)
    .find((event) => event.kind === 'problem' && /^ACTION_/.test(event.code));
  return problem?.kind === 'problem' ? { why: problem.detail, event: problem.seq } : undefined;
}

/** The action with the mid that its section has by now. */
function placed({ peer, action, mLine }: PeerMove, { model }: Scene): Action {
  if (mLine === undefined) return action;
  const said = [...model.sessions.values()].flatMap(({ descriptions }) => descriptions);
  const mid = said.findLast(({ from }) => from === peer)?.sdp.media[mLine]?.mid?.value;
  return mid === undefined ? action : ({ ...action, mid } as Action);
}
