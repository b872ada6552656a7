/** Plays a scenario: real peers, step by step, each with its own patience; then what was expected is judged. */
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
import type { Emit } from '../../sources/source.ts';
import type { Io } from '../io.ts';
import { judge } from '../judging.ts';
import type { RuleSettings } from '../settings.ts';
import { version } from '../version.ts';
import { castOf, type Player } from './cast.ts';
import { type Goldens, judged, judgedAtEnd } from './expected.ts';
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
  /** A step begins. */
  progress(text: string): void;
}

/** Throws RenegoError for a server that cannot be reached. */
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
  const server = scenario.server === undefined ? await startServer() : undefined;
  const timers = new Set<NodeJS.Timeout>();
  const later = (delay: number, what: () => void): void => void timers.add(setTimeout(what, delay));
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  try {
    const url = server?.url ?? scenario.server?.url ?? '';
    const { players, company } = await castOf(scenario, { url, engine: options.engine, io, log, later });
    const told = (name: string) => company.heard(name, (draft) => log.append(draft).seq);
    const lives = players.map(({ name, peer }) => enter(peer, told(name), over));
    const steps = await playSteps(scenario, {
      cast: players,
      log,
      scene,
      signal,
      clock,
      options,
    });
    // One after the other: so goodbyes come in the same order every time.
    for (const { leave } of lives) await leave();
    for (const timer of timers) clearTimeout(timer);
    judging.finish();
    const judged: StepResult[] = [];
    for (const expected of scenario.expect) judged.push(judgedAtEnd(expected, steps, scene, options));
    const findings = judging.findings.list();
    return {
      name: scenario.name,
      file: options.file,
      tags: scenario.tags,
      steps: [...steps, ...judged],
      model,
      findings,
    };
  } finally {
    over.abort();
    judging.finish();
    for (const timer of timers) clearTimeout(timer);
    recorder?.close('done');
    await server?.close();
  }
}

/** Starts a peer; `leave` ends it and throws what it failed with. A peer that fails ends the others. */
function enter(peer: Player['peer'], emit: Emit, over: AbortController): { leave(): Promise<void> } {
  const own = new AbortController();
  const life = peer.start(emit, AbortSignal.any([own.signal, over.signal]));
  const ended = life.then(
    () => undefined,
    (error: unknown) => {
      over.abort();
      return { error };
    },
  );
  return {
    async leave() {
      own.abort();
      const failed = await ended;
      if (failed !== undefined) throw failed.error;
    },
  };
}

interface Stage {
  readonly cast: readonly Player[];
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

/** Why it failed. */
async function played(step: Step, patience: number, since: Since, stage: Stage): Promise<Failing | undefined> {
  const { cast, log, scene, signal } = stage;
  const player = (name: string): Player => cast.find((one) => one.name === name) as Player;
  const late = (waiting: Waiting): Failing => {
    const why = signal.aborted ? 'The session ended.' : `It did not come within ${patience / 1000} s.`;
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
      return undefined;
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
