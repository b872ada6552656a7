/** `renego explain`: one rule's text with its examples, or the table of all. */
import chalk from 'chalk';
import { printable } from '../core/text.ts';
import type { Example, HttpMessage, Rule, TranscriptLine } from '../rules/rule.ts';
import { wrap } from './wrap.ts';

/** The whole text of a rule. */
export function explainRule(rule: Rule, columns: number): string {
  const paragraph = (text: string) => wrap(text, columns).join('\n');
  return [
    `${chalk.bold(rule.id)}  (${rule.severity})  ${rule.title}`,
    '',
    paragraph(rule.explain),
    '',
    paragraph(`What to do: ${rule.fix}`),
    ...(rule.exceptions ? ['', paragraph(`Not reported: ${rule.exceptions}`)] : []),
    '',
    `See ${rule.cites.map((c) => `${c.spec} section ${c.section}`).join(', ')}.`,
    ...rule.examples.bad.flatMap((example) => exampleText('Bad', example)),
    ...rule.examples.good.flatMap((example) => exampleText('Good', example)),
    '',
  ].join('\n');
}

/** One line a rule. */
export function explainAll(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  return rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.title}\n`).join('');
}

function exampleText(mark: string, example: Example): string[] {
  return ['', `${mark}: ${example.title}`, ...example.conversation.flatMap(lineText)];
}

/** `POST 201 (location: /s/1)` */
function httpText({ method, status, headers }: HttpMessage): string {
  const shown = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return printable(
    `${method}${status === undefined ? '' : ` ${status}`}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}`,
  );
}

function lineText(line: TranscriptLine): string[] {
  const who = `  ${line.from} -> ${line.to ?? '?'}`;
  if ('bye' in line) return [`${who}: bye`];
  if ('candidate' in line)
    return [`${who}: ${line.candidate ? printable(JSON.stringify(line.candidate)) : 'end of candidates'}`];
  const what = [...(line.http ? [httpText(line.http)] : []), ...(line.type ? [line.type] : [])];
  const sdp = line.type ? (line.sdp ?? '') : '';
  return [
    `${who}: ${what.join(', ')}`,
    ...sdp
      .split(/\r?\n/)
      .filter((l) => l !== '')
      .map((l) => `      ${printable(l)}`),
  ];
}
