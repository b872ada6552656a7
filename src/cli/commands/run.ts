/** `renego run <scenario…>`: plays scenarios, and says what of them holds. */
import { RenegoError } from '../../core/errors.ts';
import { fit, printable } from '../../core/text.ts';
import { isGreen, type ScenarioResult } from '../../scenario/result.ts';
import { scenariosGithub } from '../../sinks/scenario/github.ts';
import { scenarioJson } from '../../sinks/scenario/json.ts';
import { scenariosJunit } from '../../sinks/scenario/junit.ts';
import { scenariosTap } from '../../sinks/scenario/tap.ts';
import { type RuleFlags, ruleSettings } from '../config.ts';
import { createEnding } from '../ending.ts';
import { EXIT } from '../exit-codes.ts';
import { type Context, columnsOf } from '../io.ts';
import { startRecorder } from '../record.ts';
import { save } from '../save.ts';
import { type Goldens, loadGoldens } from '../scenario/expected.ts';
import { loadScenario } from '../scenario/file.ts';
import { playScenario } from '../scenario/play.ts';

interface RunFlags extends RuleFlags {
  readonly json?: boolean;
  readonly junit?: string;
  readonly github?: boolean;
  readonly tag?: readonly string[];
  readonly record?: string;
  readonly redact?: boolean;
  readonly engine: string;
}

export async function run(context: Context, paths: readonly string[], flags: RunFlags): Promise<number> {
  const { io } = context;
  const { record } = flags;
  if (record !== undefined && paths.length > 1) {
    const hint = 'Run the others by themselves.';
    throw new RenegoError('usage', 'RECORD_ONE', '--record takes one scenario', hint);
  }
  const settings = await ruleSettings(io, flags);
  const all = await Promise.all(paths.map(async (file) => ({ file, scenario: await loadScenario(file, io) })));
  const chosen = all.filter(({ scenario }) => flags.tag?.some((tag) => scenario.tags.includes(tag)) ?? true);
  if (chosen.length === 0) {
    const tags = [...new Set(all.flatMap(({ scenario }) => scenario.tags))].join(', ');
    throw new RenegoError('usage', 'NO_SCENARIO', 'no scenario has such a tag', `There are: ${tags || 'none'}.`);
  }
  const ready: ((typeof chosen)[number] & { readonly goldens: Goldens })[] = [];
  for (const { file, scenario } of chosen)
    ready.push({ file, scenario, goldens: await loadGoldens(scenario, file, io) });
  const ending = createEnding(context.unread);
  const results: ScenarioResult[] = [];
  try {
    try {
      for (const { file, scenario, goldens } of ready) {
        if (ending.signal.aborted) break;
        const result = await playScenario(scenario, {
          file,
          engine: flags.engine,
          settings,
          goldens,
          io,
          signal: ending.signal,
          progress: (text) => progress(context, `${scenario.name} ${text}`),
          ...(record !== undefined && {
            record: ({ header }) => startRecorder(record, header, io, flags.redact === true),
          }),
        });
        results.push(result);
      }
    } finally {
      // A server that is not there does not take away what was played before.
      progress(context, '');
      if (results.length > 0) await told(context, results, flags);
    }
    const { why } = ending;
    if (why?.thrown !== undefined) throw why.thrown.error;
    return why?.code ?? (results.every(isGreen) ? EXIT.ok : EXIT.different);
  } finally {
    ending.release();
  }
}

/** One line that is written over and over, where somebody sees it. */
function progress({ io }: Context, text: string): void {
  if (io.stderr.isTTY !== true) return;
  const room = Math.max(20, (io.stderr.columns ?? 80) - 1);
  io.stderr.write(`\r\u001b[K${fit(printable(text), room, '…')}`);
}

async function told(context: Context, results: readonly ScenarioResult[], flags: RunFlags): Promise<void> {
  const { io, ascii } = context;
  if (flags.json === true) for (const result of results) io.stdout.write(`${JSON.stringify(scenarioJson(result))}\n`);
  else io.stdout.write(scenariosTap(results, { ascii, columns: columnsOf(io, 0) }));
  if (flags.github === true) io.stdout.write(scenariosGithub(results));
  if (flags.junit !== undefined) await save(flags.junit, scenariosJunit(results), true);
}
