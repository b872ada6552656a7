/** `renego show`: recordings as ladders in text, or as one JSON object each. */
import chalk from 'chalk';
import { RenegoError } from '../../core/errors.ts';
import type { SignalEvent } from '../../core/event.ts';
import { eventAt } from '../../core/event-at.ts';
import { type Filter, type FindingsOf, filtered } from '../../core/filter.ts';
import { FORGETTING } from '../../core/forget.ts';
import type { Model } from '../../core/model.ts';
import { reduceAll } from '../../core/reduce.ts';
import { printable } from '../../core/text.ts';
import { beginCheck } from '../../rules/index.ts';
import type { Finding } from '../../rules/rule.ts';
import { loadConfig, parseRuleSettings, type RuleFlags } from '../config.ts';
import { reportError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { byEvent, filterOption } from '../filter.ts';
import { type Material, reportFormat } from '../formats.ts';
import { type Context, columnsOf } from '../io.ts';
import { type Loaded, load } from '../load.ts';
import { materialOf, redacted } from '../material.ts';
import { createFile, outputOf, writeParts } from '../save.ts';
import type { RuleSettings } from '../settings.ts';
import { createRecognition } from '../unrecognised.ts';

interface ShowFlags extends RuleFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly mermaid?: boolean;
  readonly html?: string;
  readonly redact?: boolean;
  readonly all?: boolean;
  readonly filter?: string;
}

export async function run(context: Context, sources: readonly string[], flags: ShowFlags): Promise<number> {
  const config = await loadConfig(context.io, flags.config);
  const settings = { ...config.rules, ...parseRuleSettings(flags.rule ?? []) };
  const filter = filterOption(flags.filter ?? '', config.filters);
  const [first = '-', ...others] = sources;
  if (others.length > 0) return showEach(context, sources, flags, { settings, filter });
  return show(context, first, flags, { settings, filter });
}

interface Meant {
  readonly settings: RuleSettings;
  readonly filter: Filter;
}

/** One after the other, each by itself: a heading and its ladder, or an object a line. The others are shown if one cannot be read. */
async function showEach(context: Context, sources: readonly string[], flags: ShowFlags, meant: Meant): Promise<number> {
  if (flags.markdown || flags.mermaid || flags.html !== undefined)
    throw new RenegoError('usage', 'ONE_SESSION', 'a report is about one session', 'Write one for each.');
  if (sources.filter((source) => /^-(?:#\d+)?$/.test(source)).length > 1)
    throw new RenegoError('usage', 'STDIN_TWICE', 'standard input can be read once only');
  let code: number = EXIT.ok;
  for (const [index, source] of sources.entries()) {
    if (context.unread.aborted) break;
    const heading = `${index === 0 ? '' : '\n'}${chalk.bold(`==> ${printable(source)} <==`)}\n`;
    if (flags.json !== true) context.io.stdout.write(heading);
    try {
      await show(context, source, flags, meant);
    } catch (error) {
      if (!(error instanceof RenegoError) || error.kind !== 'input') throw error;
      code = reportError(error, context);
    }
  }
  return code;
}

async function show(context: Context, source: string, flags: ShowFlags, { settings, filter }: Meant): Promise<number> {
  const { loaded, findings, note } = await judged(context, source, settings, flags.redact === true);
  const { model, event: only } = loaded;
  const found = byEvent(findings);
  const written = await reported(context, source, { ...materialOf(loaded), findings: () => findings }, flags);
  if (written) return 0;
  const shown = only === undefined ? filtered(model, filter, found) : onlyOne(model, filter, only, found);
  if (flags.json === true) await printJson(context, loaded, shown, findings);
  else {
    const whole = only === undefined && (flags.filter ?? '').trim() === '';
    // Who filters or names an event wants to see it, however small.
    const all = flags.all === true || !whole;
    const count = await print(
      context,
      loaded,
      shown,
      whole ? findings : findings.filter(({ event }) => event > 0),
      all,
    );
    if (count === 0) context.io.stderr.write('renego: no event matches\n');
  }
  if (note !== undefined) context.io.stderr.write(`renego: ${note}\n`);
  return 0;
}

interface Judged<Session> {
  readonly loaded: Session;
  readonly findings: readonly Finding[];
  readonly note: string | undefined;
}

/** The whole of it is understood when the rules are done: of a long session never both are in memory. */
async function judged(...args: Parameters<typeof asked>): Promise<Judged<Loaded>> {
  const { loaded, ...rest } = await asked(...args);
  return { ...rest, loaded: { ...loaded, model: reduceAll(loaded.events) } };
}

/** Asks the rules, about a model that forgets what is over for long: it goes when this returns, with all that they keep. */
async function asked(
  { io }: Context,
  source: string,
  settings: RuleSettings,
  redact: boolean,
): Promise<Judged<Omit<Loaded, 'model'>>> {
  const checking = beginCheck({ settings, forgetting: FORGETTING });
  const recognition = createRecognition();
  const read = await load(source, io, (model, event) => {
    recognition.observe(event);
    if (!redact) checking.observe(model, event);
  });
  const { model, ...loaded } = redact ? redacted(read, checking.observe) : read;
  return { loaded, findings: checking.finish(model), note: recognition.note() };
}

function* onlyOne(model: Model, filter: Filter, seq: number, found: FindingsOf): Generator<SignalEvent, void> {
  const event = eventAt(model.events, seq);
  if (event !== undefined && filter(model, event, found)) yield event;
}

/** True if a report was asked for; it is about the whole session. */
async function reported(context: Context, source: string, material: Material, flags: ShowFlags): Promise<boolean> {
  const { io } = context;
  const format = flags.markdown
    ? 'markdown'
    : flags.mermaid
      ? 'mermaid'
      : flags.html === undefined
        ? undefined
        : 'html';
  if (format === undefined) return false;
  const parts = await reportFormat(format).write(material);
  if (flags.html === undefined || flags.html === '-') await writeParts(outputOf(io.stdout), parts, context);
  else {
    const file = await createFile(flags.html, source, true);
    await writeParts(file, parts).finally(file.close);
    io.stderr.write(`renego: wrote ${flags.html}\n`);
  }
  return true;
}

/** Only the shown events, but everything that is derived from all. */
async function printJson(
  context: Context,
  { header, model }: Loaded,
  shown: Iterable<SignalEvent>,
  findings: readonly Finding[],
): Promise<void> {
  const { showJsonParts } = await import('../../core/report.ts');
  await writeParts(outputOf(context.io.stdout), showJsonParts(header, model, findings, shown), context);
}

/** The ladder, each finding under the event it blames; those that blame none come last. */
async function print(
  context: Context,
  { model }: Loaded,
  shown: Iterable<SignalEvent>,
  findings: readonly Finding[],
  all: boolean,
): Promise<number> {
  const { createTextSink } = await import('../../sinks/text.ts');
  const columns = columnsOf(context.io, 0);
  let [text, count] = ['', 0];
  const write = (line: string) => {
    text += line;
  };
  const sink = createTextSink(write, {
    ascii: context.ascii,
    columns,
    parties: model.parties,
    all,
  });
  const bySeq = new Map<number, Finding[]>();
  for (const finding of findings) {
    const there = bySeq.get(finding.event);
    if (there === undefined) bySeq.set(finding.event, [finding]);
    else there.push(finding);
  }
  const taken = () => {
    const lines = text;
    text = '';
    return lines;
  };
  function* lines(): Generator<string, void> {
    for (const event of shown) {
      count += 1;
      sink.accept(event, model);
      for (const finding of bySeq.get(event.seq) ?? []) sink.found?.(finding);
      yield taken();
    }
    for (const finding of bySeq.get(0) ?? []) sink.found?.(finding);
    sink.close('end');
    yield taken();
  }
  await writeParts(outputOf(context.io.stdout), lines(), context);
  return count;
}
