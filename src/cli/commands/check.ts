/** `renego check <session…>`: findings in every format, for people and for CI. */
import { RenegoError } from '../../core/errors.ts';
import { eventAt } from '../../core/event-at.ts';
import type { Filter } from '../../core/filter.ts';
import { FORGETTING } from '../../core/forget.ts';
import type { Model } from '../../core/model.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';
import { beginCheck, type Checking, catalogue } from '../../rules/index.ts';
import type { Finding } from '../../rules/rule.ts';
import type { CheckedFile, CheckFormat, CheckReport } from '../../sinks/check/report.ts';
import { fails, loadConfig, parseRuleSettings, type RuleFlags } from '../config.ts';
import { converse } from '../converse.ts';
import { reportError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { byEvent, filterOption } from '../filter.ts';
import { type Context, columnsOf, type Io } from '../io.ts';
import { judged } from '../judged.ts';
import { load, type Watch } from '../load.ts';
import { outputOf, writeParts } from '../save.ts';
import type { FailOn } from '../settings.ts';
import { createRecognition } from '../unrecognised.ts';
import { version } from '../version.ts';

export interface CheckOptions extends RuleFlags {
  readonly format: string;
  readonly json?: true;
  readonly failOn?: string;
  readonly as?: string;
  readonly golden?: string;
  readonly filter?: string;
}

const COLUMNS = 100;

export async function run(context: Context, paths: readonly string[], options: CheckOptions): Promise<number> {
  const { io } = context;
  if ([...paths, options.golden].filter((path) => path === '-').length > 1)
    throw new RenegoError('usage', 'STDIN_TWICE', 'standard input can be read once only');
  const config = await loadConfig(io, options.config);
  const settings = { ...config.rules, ...parseRuleSettings(options.rule ?? []) };
  if (options.golden !== undefined) {
    if (options.filter !== undefined)
      throw new RenegoError('usage', 'GOLDEN_FILTER', '--golden compares whole recordings', 'Leave --filter out.');
    const { checkGolden } = await import('../check-golden.ts');
    return checkGolden(context, paths, {
      golden: options.golden,
      settings,
      format: options.json ? 'json' : options.format,
      ...(options.as !== undefined && { as: options.as }),
    });
  }
  const filter = options.filter === undefined ? undefined : filterOption(options.filter, config.filters);
  const begin: Begin = () => {
    // A filter asks about events when all is known; nobody else asks about what has been judged.
    const checking = beginCheck({ settings, ...(filter === undefined && { forgetting: FORGETTING }) });
    return { observe: checking.observe, finish: (model) => matching(checking.finish(model), model, filter) };
  };
  const files =
    options.as === undefined ? await sessions(paths, context, begin) : await conversation(paths, io, begin, options.as);
  const unreadable = files.filter(({ error }) => error !== undefined).length;
  if (unreadable === files.length) return EXIT.input;
  const report: CheckReport = { files, rules: catalogue, tool: { name: 'renego', version: version() } };
  const format = await FORMATS[options.json ? 'json' : options.format]?.(context);
  const parts = format?.(report) ?? [];
  await writeParts(outputOf(io.stdout), parts, context);
  const failOn = (options.failOn as FailOn | undefined) ?? config.failOn ?? 'error';
  if (unreadable > 0) return EXIT.input;
  return files.some((file) => fails(file.findings, failOn)) ? EXIT.different : EXIT.ok;
}

/** Each is loaded when it is asked for. */
const FORMATS: Readonly<Record<string, (context: Context) => Promise<CheckFormat>>> = {
  text: async ({ io, ascii }) => {
    const { checkText } = await import('../../sinks/check/text.ts');
    return (report) => checkText(report, Math.min(columnsOf(io, COLUMNS), COLUMNS), ascii);
  },
  json: async () => (await import('../../sinks/check/json.ts')).checkJson,
  sarif: async () => (await import('../../sinks/check/sarif.ts')).checkSarif,
  junit: async () => (await import('../../sinks/check/junit.ts')).checkJunit,
  github: async () => (await import('../../sinks/check/github.ts')).checkGithub,
};

type Begin = () => Checking;

/** Of the findings those at events that the filter lets through. */
function matching(findings: readonly Finding[], model: Model, filter: Filter | undefined): readonly Finding[] {
  if (filter === undefined) return findings;
  const found = byEvent(findings);
  return findings.filter(({ event: seq }) => {
    const event = eventAt(model.events, seq);
    return event !== undefined && filter(model, event, found);
  });
}

/** A file that cannot be read is told on stderr and in the report; the others are checked all the same. */
async function sessions(paths: readonly string[], context: Context, begin: Begin): Promise<readonly CheckedFile[]> {
  const files: CheckedFile[] = [];
  for (const path of paths) {
    const checking = begin();
    const recognition = createRecognition();
    const observe: Watch = (model, event) => {
      recognition.observe(event);
      checking.observe(model, event);
    };
    const loaded = await load(path, context.io, observe).catch((error: unknown) => {
      if (!(error instanceof RenegoError) || error.kind !== 'input') throw error;
      reportError(error, context);
      return error;
    });
    const note = recognition.note();
    if (note !== undefined) context.io.stderr.write(`renego: ${path}: ${note}\n`);
    files.push(
      loaded instanceof RenegoError ? unread(path, loaded) : judged(path, loaded, checking.finish(loaded.model)),
    );
  }
  return files;
}

function unread(path: string, error: RenegoError): CheckedFile {
  const nothing = { format: 'unreadable', events: 0, findings: [], lineOf: () => undefined };
  return { path, file: path, ...nothing, error: { code: error.code, message: error.message } };
}

/** SDP files in the order they were sent: event n is file n. What blames no event stands with the last. */
async function conversation(
  paths: readonly string[],
  io: Io,
  begin: Begin,
  as: string,
): Promise<readonly CheckedFile[]> {
  const events = await converse(paths, as, io);
  const model = emptyModel(events);
  const checking = begin();
  for (const event of events) checking.observe(reduce(model, event), event);
  const findings = checking.finish(model);
  return paths.map((path, i) => ({
    path,
    file: path,
    format: 'sdp',
    events: 1,
    findings: findings.filter(({ event }) => event === i + 1 || (event === 0 && i === paths.length - 1)),
    lineOf: (finding) => finding.line ?? undefined,
  }));
}
