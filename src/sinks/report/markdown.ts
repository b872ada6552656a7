/** A session as Markdown, ready for an issue: findings first, then the ladder, then what each round changed. */
import { stripVTControlCharacters } from 'node:util';
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { code, escaped, fenced, saidMarkdown } from '../diff-markdown.ts';
import { createTextSink } from '../text.ts';
import { countsText, type Left, leftText, originOf, roundTitle, type Told, type ToldRound } from './told.ts';

/** Issues hold some 65,000 characters. */
const MOST_LINES = 400;

export function markdownReport(told: Told): string {
  return [
    `## WebRTC negotiation between ${told.parties.map(code).join(', ')}`,
    aboutLine(told),
    `### Findings: ${countsText(told.counts)}`,
    told.findings
      .filter(({ severity }) => severity !== 'info')
      .map(findingItem)
      .join('\n') || 'None.',
    ...leftOut(told, 'findings'),
    '### Ladder',
    fenced(ladderLines(told), '', 'text').trimEnd(),
    '### Rounds',
    told.rounds.map(roundSection).join('\n\n') || 'No offers.',
    ...leftOut(told, 'rounds'),
    '### Descriptions',
    told.rounds.flatMap(descriptionsOf).join('\n\n') || 'None.',
    '',
  ].join('\n\n');
}

const leftOut = (told: Told, what: keyof Left): readonly string[] =>
  [leftText(told, what)].filter((text) => text !== '');

function aboutLine({ header, model }: Told): string {
  const redacted = header.redacted.length > 0 ? ` Redacted: ${header.redacted.map(escaped).join(', ')}.` : '';
  const url = header.url === undefined ? '' : ` of ${code(header.url)}`;
  const { tool, startedAt } = originOf(header);
  const by = tool === undefined ? '' : `, recorded by ${escaped(tool)}`;
  const started = startedAt === undefined ? '' : `, started ${escaped(startedAt)}`;
  return `${model.events.length} events${url}${by}${started}.${redacted}`;
}

function findingItem({ severity, rule, message, event, fix, cites, refusedBy }: Finding): string {
  const said = Object.entries(refusedBy).map(([browser, sentence]) => `  ${browser} says: ${code(sentence ?? '')}  \n`);
  const sources = cites.map(({ spec, section }) => `${spec} section ${section}`).join('; ');
  const where = event > 0 ? ` (event ${event})` : '';
  return `- **${severity}** ${code(rule)}${where}: ${escaped(message)}  \n${said.join('')}  Fix: ${escaped(fix)}  \n  ${escaped(sources)}`;
}

function ladderLines({ model, header }: Told): readonly string[] {
  const lines: string[] = [];
  let [rest, count] = ['', 0];
  const take = (text: string): void => {
    const whole = `${rest}${text}`.split('\n');
    rest = whole.pop() ?? '';
    count += whole.length;
    if (lines.length < MOST_LINES) lines.push(...whole.map((line) => stripVTControlCharacters(line).trimEnd()));
  };
  const parties = header.parties.length > 0 ? model.parties : undefined;
  const sink = createTextSink(take, {
    ascii: false,
    columns: 0,
    ...(parties !== undefined && { parties }),
  });
  for (const event of model.events) sink.accept(event, model);
  sink.close('end');
  const more = count - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more lines`] : lines;
}

function roundSection(one: ToldRound): string {
  const changes = one.changes.map(({ sentence, mid }) => ({ sentence, mid }));
  const head = `**${escaped(roundTitle(one))}**\n\n`;
  const said = changes.length === 0 ? '' : saidMarkdown('changes:', changes);
  return `${head}${said}${saidMarkdown(one.outcome.head, one.outcome.sentences)}`.trimEnd();
}

function descriptionsOf({ round }: ToldRound): readonly string[] {
  const all = round.answer === undefined ? [round.offer] : [round.offer, round.answer];
  return all.map((description) => {
    const { type, number, from, seq, text } = description;
    const title = `${type} ${number} of ${from} (event ${seq})`;
    return `<details><summary>${escaped(title)}</summary>\n\n${fenced(text.trimEnd().split(/\r?\n/).map(printable), '', 'sdp')}\n</details>`;
  });
}
