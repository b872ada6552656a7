/** The comparisons of `renego diff` as Markdown. */
import { describeAgreement } from '../sdp/agreement.ts';
import { diffMarkdown, heading, rawMarkdown, saidMarkdown } from '../sinks/diff-markdown.ts';
import { rawDiffText } from '../sinks/diff-text.ts';
import type { Compared, CompareFlags } from './compare.ts';
import { comparison } from './compared-text.ts';

/** One section for each. */
export function comparedMarkdown(all: readonly Compared[], flags: CompareFlags): string {
  if (all.length === 0) return 'No offers.\n';
  return `${all
    .map((one) => block(one, flags))
    .join('')
    .trimEnd()}\n`;
}

function block(one: Compared, flags: CompareFlags): string {
  const [before, after] = one.names;
  if (flags.agreement && one.agreement === undefined)
    return `${heading(before ?? after ?? '')}${saidMarkdown('not answered.', [])}`;
  if (before === undefined) {
    return `${heading(after ?? '')}${saidMarkdown('the first: nothing to compare with.', [])}${outcome(one)}`;
  }
  const head = heading(`${before} → ${after ?? ''}`);
  if (flags.raw) return head + raw(one, [before, after ?? '']);
  if (one.agreement === undefined) return head + diffMarkdown(comparison(one, '')) + outcome(one);
  const settled = saidMarkdown('settled:', describeAgreement(one.agreement));
  const rest = one.equal
    ? saidMarkdown('everything offered was taken.', [])
    : saidMarkdown('offered, but not taken:', []) + diffMarkdown(comparison(one, ''));
  return head + settled + rest;
}

/** Without colour, whatever the terminal can do. */
function raw(one: Compared, names: readonly [string, string]): string {
  return rawMarkdown(rawDiffText(names, one.edits, { ascii: false, columns: 0 }));
}

function outcome({ outcome }: Compared): string {
  if (outcome === undefined) return '';
  return saidMarkdown(outcome.sentences.length === 0 ? `${outcome.head}.` : outcome.head, outcome.sentences);
}
