/** `renego explain [rule]`: a rule's text, citations and examples, or the list of all rules. */
import { RenegoError } from '../../core/errors.ts';
import { createLog } from '../../core/log.ts';
import { transcript } from '../../importers/transcript.ts';
import { catalogue, check } from '../../rules/index.ts';
import type { Example, Finding, Rule } from '../../rules/rule.ts';
import { explainAll, explainRule } from '../../sinks/explain.ts';
import { type Context, columnsOf } from '../io.ts';
import { suggestion } from '../settings.ts';

const COLUMNS = 100;

interface ExplainFlags {
  readonly full?: boolean;
}

export async function run({ io, ascii }: Context, [id]: readonly string[], flags: ExplainFlags): Promise<number> {
  const columns = Math.min(columnsOf(io, COLUMNS), COLUMNS);
  if (id === undefined) {
    // A list in a pipe is for grep: one line a rule, however long.
    io.stdout.write(explainAll(catalogue, { ascii, columns: columnsOf(io, Number.POSITIVE_INFINITY) }));
    return 0;
  }
  const rule = catalogue.find((one) => one.id === id);
  if (!rule) throw new RenegoError('usage', 'NO_SUCH_RULE', `there is no rule '${id}'`, suggestion(id));
  const full = flags.full === true;
  io.stdout.write(explainRule(rule, { columns, ascii, full, judge: (example) => judge(rule, example) }));
  return 0;
}

/** Between messages that do not say when they were sent, in milliseconds. */
const GAP = 40;

/** What the rule says about an example, also where another finding takes it under itself. Event n is line n. */
export function judge(rule: Rule, { conversation }: Example): readonly Finding[] {
  const header = { format: 1, tool: 'renego', startedAt: '', source: 'example', parties: [], redacted: [] } as const;
  const log = createLog(header, () => (log.events.at(-1)?.t ?? 0) + GAP);
  const text = conversation.map((line) => JSON.stringify(line)).join('\n');
  const reading = transcript.open((draft) => log.append(draft));
  reading.write(text);
  reading.end();
  const found = check(log.events);
  return found.flatMap((finding) => [finding, ...(finding.folded ?? [])]).filter((finding) => finding.rule === rule.id);
}
