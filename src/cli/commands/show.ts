/** `renego show`: a recording as a ladder in text, or as one JSON object. */
import type { SignalEvent } from '../../core/event.ts';
import { check } from '../../rules/index.ts';
import type { Finding } from '../../rules/rule.ts';
import { loadConfig, parseRuleSettings, type RuleFlags } from '../config.ts';
import { byEvent, filterOption } from '../filter.ts';
import { type Material, reportFormat } from '../formats.ts';
import { type Context, columnsOf } from '../io.ts';
import { type Loaded, load } from '../load.ts';
import { materialOf, redacted } from '../material.ts';
import { save } from '../save.ts';

interface ShowFlags extends RuleFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly mermaid?: boolean;
  readonly html?: string;
  readonly redact?: boolean;
  readonly all?: boolean;
  readonly filter?: string;
}

export async function run(context: Context, [source = '-']: readonly string[], flags: ShowFlags): Promise<number> {
  const config = await loadConfig(context.io, flags.config);
  const settings = { ...config.rules, ...parseRuleSettings(flags.rule ?? []) };
  const filter = filterOption(flags.filter ?? '', config.filters);
  const read = await load(source, context.io);
  const loaded = flags.redact === true ? redacted(read) : read;
  const { model, event: only } = loaded;
  const findings = check(model.events, { settings });
  const found = byEvent(findings);
  const shown = model.events
    .slice()
    .filter((event) => (only === undefined || event.seq === only) && filter(model, event, found));
  const written = await reported(context, { ...materialOf(loaded), findings: () => findings }, flags);
  if (written) return 0;
  if (flags.json === true) {
    context.io.stdout.write(`${JSON.stringify(await report(loaded, shown, findings))}\n`);
    return 0;
  }
  const whole = shown.length === model.events.length;
  // Who filters or names an event wants to see it, however small.
  const all = flags.all === true || !whole;
  await print(context, loaded, shown, whole ? findings : findings.filter(({ event }) => event > 0), all);
  if (shown.length === 0) context.io.stderr.write('renego: no event matches\n');
  return 0;
}

/** True if a report was asked for; it is about the whole session. */
async function reported({ io }: Context, material: Material, flags: ShowFlags): Promise<boolean> {
  const format = flags.markdown
    ? 'markdown'
    : flags.mermaid
      ? 'mermaid'
      : flags.html === undefined
        ? undefined
        : 'html';
  if (format === undefined) return false;
  const text = await reportFormat(format).write(material);
  if (format !== 'html' || flags.html === '-') io.stdout.write(text);
  else {
    await save(flags.html ?? '', text, true);
    io.stderr.write(`renego: wrote ${flags.html}\n`);
  }
  return true;
}

/** Only the shown events, but everything that is derived from all. */
async function report({ header, model }: Loaded, shown: readonly SignalEvent[], findings: readonly Finding[]) {
  const { showJson } = await import('../../core/report.ts');
  const whole = showJson(header, model, { findings });
  const seqs = new Set(shown.map(({ seq }) => seq));
  return { ...whole, events: whole.events.filter((event) => seqs.has((event as { seq: number }).seq)) };
}

/** The ladder, each finding under the event it blames; those that blame none come last. */
async function print(
  context: Context,
  { model }: Loaded,
  shown: readonly SignalEvent[],
  findings: readonly Finding[],
  all: boolean,
): Promise<void> {
  const { createTextSink } = await import('../../sinks/text.ts');
  const columns = columnsOf(context.io, 0);
  const parts: string[] = [];
  const sink = createTextSink((text) => parts.push(text), {
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
  for (const event of shown) {
    sink.accept(event, model);
    for (const finding of bySeq.get(event.seq) ?? []) sink.found?.(finding);
  }
  for (const finding of bySeq.get(0) ?? []) sink.found?.(finding);
  sink.close('end');
  context.io.stdout.write(parts.join(''));
}
