/** The comparisons of `renego diff` as text. */
import chalk from 'chalk';
import type { Outcome } from '../core/outcome.ts';
import { describeAgreement } from '../sdp/agreement.ts';
import { type DiffStyle, diffText, drawn, rawDiffText } from '../sinks/diff-text.ts';
import type { Compared, CompareFlags } from './compare.ts';

/** One block for each, with a blank line between them. */
export function comparedText(all: readonly Compared[], flags: CompareFlags, style: DiffStyle): string {
  if (all.length === 0) return 'no offers\n';
  return all.map((one) => blockText(one, flags, style)).join('\n');
}

function blockText(one: Compared, flags: CompareFlags, style: DiffStyle): string {
  const [before, after] = one.names;
  if (flags.agreement && one.agreement === undefined) {
    return `${chalk.bold(drawn(before ?? after ?? '', style))}\n  not answered\n`;
  }
  if (before === undefined) {
    const first = `${chalk.bold(drawn(after ?? '', style))}\n  the first: nothing to compare with\n`;
    return first + outcomeText(one, style);
  }
  const names = [before, after ?? ''] as const;
  const title = `${before} → ${after ?? ''}`;
  if (flags.raw) return rawDiffText(names, one.edits, style) || `${chalk.bold(drawn(title, style))}\n  the same text\n`;
  if (one.agreement !== undefined) return agreementText(one, title, style);
  return diffText(comparison(one, title), style) + outcomeText(one, style);
}

function outcomeText({ outcome }: Compared, style: DiffStyle): string {
  if (outcome === undefined) return '';
  return `  ${chalk.bold(drawn(outcome.head, style))}\n${saidText(outcome.sentences, style)}`;
}

/** A list of sentences, each with the section it is about. */
function saidText(sentences: Outcome['sentences'], style: DiffStyle): string {
  const bullet = style.ascii ? '*' : '•';
  return sentences
    .map(({ mid, sentence }) => {
      const where = mid === null ? '' : chalk.dim(` [mid ${drawn(mid, style)}]`);
      return `  ${chalk.green(bullet)} ${drawn(sentence, style)}${where}\n`;
    })
    .join('');
}

/** What the sinks need of a comparison by meaning. */
export function comparison(one: Compared, title: string) {
  const { before, after, changes } = one;
  const committed = after?.base?.media === before ? after?.base?.transport : undefined;
  return {
    title,
    before: before?.sdp.lines ?? [],
    committed: committed?.sdp.lines,
    after: after?.sdp.lines ?? [],
    changes,
  };
}

/** What is settled, then what the answer did not take. */
function agreementText(one: Compared, title: string, style: DiffStyle): string {
  const sentences = one.agreement === undefined ? [] : describeAgreement(one.agreement);
  const head = `${chalk.bold(drawn(title, style))}\n${saidText(sentences, style)}`;
  if (one.equal) return `${head}  everything offered was taken\n`;
  const narrowed = diffText(comparison(one, ''), style).split('\n').slice(1).join('\n');
  return `${head}  ${chalk.bold('offered, but not taken:')}\n${narrowed}`;
}
