/** `renego explain`: one rule's text with its examples, or the table of all. */
import chalk from 'chalk';
import { printable } from '../core/text.ts';
import type { Example, Finding, Rule } from '../rules/rule.ts';
import { toAscii } from './ascii.ts';
import { type ExampleStyle, exampleLines } from './explain-example.ts';
import { SEVERITY_COLOURS } from './finding-lines.ts';
import { wrap } from './wrap.ts';

export interface ExplainOptions {
  readonly columns: number;
  readonly ascii: boolean;
  /** Every line of every description in the examples. */
  readonly full: boolean;
  /** What the rule finds in an example. */
  judge(example: Example): readonly Finding[];
}

/** The whole text of a rule. */
export function explainRule(rule: Rule, { columns, ascii, full, judge }: ExplainOptions): string {
  const drawn = (text: string) => (ascii ? toAscii(printable(text)) : printable(text));
  const style: ExampleStyle = { columns, ascii, full, drawn };
  const paragraph = (name: string, text: string) => ['', chalk.bold(name), ...indented(drawn(text), columns)];
  const { bad, good } = rule.examples;
  const examples = (mark: string, some: readonly Example[], others: readonly Example[]) =>
    some.flatMap((example, index) => [
      '',
      `${mark} ${drawn(example.title)}`,
      ...exampleLines(example, others[index] ?? others[0], judge(example), style),
    ]);
  return [
    `${chalk.bold(rule.id)}  ${SEVERITY_COLOURS[rule.severity](rule.severity)}`,
    ...indented(drawn(rule.title), columns),
    ...paragraph('Why', rule.explain),
    ...paragraph('What to do', rule.fix),
    ...(rule.exceptions ? paragraph('Not reported', rule.exceptions) : []),
    ...paragraph('See', rule.cites.map((c) => `${c.spec} section ${c.section}`).join(', ')),
    ...examples(chalk.red.bold('Bad:'), bad, good),
    ...examples(chalk.green.bold('Good:'), good, bad),
    '',
  ].join('\n');
}

function indented(text: string, columns: number): string[] {
  return wrap(`  ${text}`, columns, '  ');
}

/** One line a rule. */
export function explainAll(
  rules: readonly Rule[],
  { columns, ascii }: Pick<ExplainOptions, 'columns' | 'ascii'>,
): string {
  const width = Math.max(...rules.map((rule) => rule.id.length));
  return rules
    .map((rule) => {
      const severity = SEVERITY_COLOURS[rule.severity](rule.severity.padEnd(7));
      const title = ascii ? toAscii(printable(rule.title)) : printable(rule.title);
      const lines = wrap(title, Math.max(20, columns - width - 11));
      const indent = ' '.repeat(width + 11);
      return `${chalk.bold(rule.id.padEnd(width))}  ${severity}  ${lines.join(`\n${indent}`)}\n`;
    })
    .join('');
}
