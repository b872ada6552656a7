/** `renego run <scenario…>`: plays scenarios, and says what of them holds. */
import { RenegoError } from '../../core/errors.ts';
import { fit, printable } from '../../core/text.ts';
import { isGreen, notPlayed, type ScenarioResult } from '../../scenario/result.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { scenariosGithub } from '../../sinks/scenario/github.ts';
import { scenarioJson } from '../../sinks/scenario/json.ts';
import { scenariosJunit } from '../../sinks/scenario/junit.ts';
import { createTap } from '../../sinks/scenario/tap.ts';
import { type RuleFlags, ruleSettings } from '../config.ts';
import { createEnding } from '../ending.ts';
import { EXIT } from '../exit-codes.ts';
import { type Context, columnsOf } from '../io.ts';
import { startRecorder } from '../record.ts';
import { save } from '../save.ts';
import { type Goldens, loadGoldens } from '../scenario/expected.ts';
import { loadScenario } from '../scenario/file.ts';
import { playScenario } from '../scenario/play.ts';
import type { RuleSettings } from '../settings.ts';

interface RunFlags extends RuleFlags {
  readonly json?: boolean;
  readonly junit?: string;
  readonly github?: boolean;
  readonly tag?: readonly string[];
  readonly record?: string;
  readonly redact?: boolean;
  readonly engine: string;
}

/** A scenario that is to be played, with all that it needs. */
interface Ready {
  readonly file: string;
  readonly scenario: Scenario;
  readonly goldens: Goldens;
}

export async function run(context: Context, paths: readonly string[], flags: RunFlags): Promise<number> {
  const { io } = context;
  if (flags.record !== undefined && paths.length > 1) {
    const hint = 'Run the others by themselves.';
    throw new RenegoError('usage', 'RECORD_ONE', '--record takes one scenario', hint);
  }
  const settings = await ruleSettings(io, flags);
  const ready = await readyOnes(context, paths, flags.tag);
  const ending = createEnding(context.unread);
  const { signal } = ending;
  const tell = telling(context, flags);
  const results: ScenarioResult[] = [];
  let broken: { readonly error: unknown } | undefined;
  try {
    for (const one of ready) {
      const result =
        signal.aborted || broken !== undefined
          ? notPlayed(one.scenario, one.file)
          : await played(one, context, flags, settings, signal).catch((error: unknown) => {
              broken = { error };
              return notPlayed(one.scenario, one.file);
            });
      results.push(result);
      tell.result(result);
    }
    await tell.end(results);
    const { why } = ending;
    if (why?.thrown !== undefined) throw why.thrown.error;
    if (broken !== undefined) throw broken.error;
    const failure = results.find((result) => result.failure !== undefined)?.failure;
    if (failure !== undefined && why === undefined) throw failure;
    return why?.code ?? (results.every(isGreen) ? EXIT.ok : EXIT.different);
  } finally {
    ending.release();
  }
}

/** Those with one of the tags. They are read one after the other: there may be more than files that can be open at once. */
async function readyOnes(
  { io }: Context,
  paths: readonly string[],
  tags: readonly string[] | undefined,
): Promise<readonly Ready[]> {
  const all: { readonly file: string; readonly scenario: Scenario }[] = [];
  for (const file of paths) all.push({ file, scenario: await loadScenario(file, io) });
  const chosen = all.filter(({ scenario }) => tags?.some((tag) => scenario.tags.includes(tag)) ?? true);
  if (chosen.length === 0) {
    const known = [...new Set(all.flatMap(({ scenario }) => scenario.tags))].join(', ');
    throw new RenegoError('usage', 'NO_SCENARIO', 'no scenario has such a tag', `There are: ${known || 'none'}.`);
  }
  const ready: Ready[] = [];
  for (const { file, scenario } of chosen)
    ready.push({ file, scenario, goldens: await loadGoldens(scenario, file, io) });
  return ready;
}

function played(
  { file, scenario, goldens }: Ready,
  context: Context,
  { engine, record, redact }: RunFlags,
  settings: RuleSettings,
  signal: AbortSignal,
): Promise<ScenarioResult> {
  const { io } = context;
  return playScenario(scenario, {
    ...{ file, engine, settings, goldens, io, signal },
    progress: (text) => progress(context, text === '' ? '' : `${scenario.name} ${text}`),
    ...(record !== undefined && {
      record: ({ header }) => startRecorder(record, header, io, redact === true),
    }),
  });
}

/** One line that is written over and over, where somebody sees it. */
function progress({ io }: Context, text: string): void {
  if (io.stderr.isTTY !== true) return;
  const room = Math.max(20, (io.stderr.columns ?? 80) - 1);
  io.stderr.write(`\r\u001b[K${fit(printable(text), room, '…')}`);
}

/** Each result when it is there: what ends the process later takes nothing away. */
function telling({ io, ascii }: Context, { json, github, junit }: RunFlags) {
  const tap = json === true ? undefined : createTap({ ascii, columns: columnsOf(io, 0) });
  io.stdout.write(tap?.head ?? '');
  return {
    result(result: ScenarioResult): void {
      io.stdout.write(tap?.result(result) ?? `${JSON.stringify(scenarioJson(result))}\n`);
      if (github === true) io.stdout.write(scenariosGithub([result]));
    },
    async end(results: readonly ScenarioResult[]): Promise<void> {
      io.stdout.write(tap?.end() ?? '');
      if (junit !== undefined) await save(junit, scenariosJunit(results), true);
    },
  };
}
