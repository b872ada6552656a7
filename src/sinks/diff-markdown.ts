/** Comparisons as Markdown, for issues and reviews. No wire text can leave its place: it is escaped, or fenced. */
import { printable } from '../core/text.ts';
import { type SectionSentence, toldOnce } from '../core/told-once.ts';
import type { Change } from '../sdp/change.ts';
import { list } from '../sdp/diff/words.ts';
import { type Comparison, linesOf } from './diff-text.ts';

/** Of a section that came or went whole there may be hundreds. */
const MOST_LINES = 12;

export function heading(title: string): string {
  return `### ${escaped(title)}\n\n`;
}

/** One item a change, its lines below it as a diff. */
export function diffMarkdown(comparison: Comparison): string {
  if (comparison.changes.length === 0) return 'No difference in meaning.\n\n';
  return `${comparison.changes.map((change) => changeItem(change, comparison)).join('')}\n`;
}

/** A paragraph and a list. */
export function saidMarkdown(head: string, sentences: readonly SectionSentence[]): string {
  const items = toldOnce(sentences).map(({ one: { sentence }, mids }) => {
    const [mid] = mids;
    const told = mid === undefined || (mids.length === 1 && sentence.includes(`'mid ${mid}'`));
    return `- ${escaped(sentence)}${told ? '' : ` (mid${mids.length > 1 ? 's' : ''} ${list(mids.map(code))})`}\n`;
  });
  return `${capital(escaped(head))}\n\n${items.length === 0 ? '' : `${items.join('')}\n`}`;
}

/** A line diff as it is, with three lines of context. */
export function rawMarkdown(unified: string): string {
  return unified === '' ? 'The same text.\n\n' : `${fenced(unified.trimEnd().split('\n'), '', 'diff')}\n`;
}

function changeItem(change: Change, comparison: Comparison): string {
  const { before, after } = linesOf(change, comparison);
  const lines = [...before.map((line) => `- ${line}`), ...after.map((line) => `+ ${line}`)];
  const more = lines.length - MOST_LINES;
  const shown = more > 1 ? [...lines.slice(0, MOST_LINES), `  and ${more} more lines`] : lines;
  const folded = (change.folded ?? []).map(({ sentence }) => `  - ${escaped(sentence)}\n`);
  const block = lines.length === 0 ? '' : `\n${fenced(shown, '  ', 'diff')}`;
  return `- **${change.class}** ${escaped(change.sentence)}\n${folded.join('')}${block}`;
}

/** A block of that language, with a fence longer than any run of backticks within. */
export function fenced(lines: readonly string[], indent: string, language: string): string {
  const safe = lines.map(printable);
  const fence = '`'.repeat(Math.max(3, longestRun(safe) + 1));
  return [`${fence}${language}`, ...safe, fence].map((line) => `${indent}${line}\n`).join('');
}

function longestRun(lines: readonly string[]): number {
  return Math.max(0, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
}

/** Inline code. */
export function code(text: string): string {
  const safe = printable(text);
  const fence = '`'.repeat(longestRun([safe]) + 1);
  const pad = fence.length > 1 ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/**
 * Everything that could be markup or HTML. `offer #2` would become a link to an issue and `@name` call somebody: the
 * number sign goes, others are kept apart from what follows by an empty comment, as escapes do not help there.
 */
export function escaped(text: string): string {
  return printable(text)
    .replace(/\b(offer|answer) #(\d)/g, '$1 $2')
    .replace(/[\\`*_{}[\]<>|~!&@#]/g, (character) => MARKUP[character] ?? `\\${character}`);
}

const MARKUP: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;', '@': '@<!-- -->', '#': '#<!-- -->' };

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
