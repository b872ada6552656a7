/** A session as Markdown, ready for an issue: findings first, then the ladder, then what each round changed. */
import { stripVTControlCharacters } from 'node:util';
import type { Description } from '../../core/model.ts';
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { code, escaped, fenced, saidMarkdown } from '../diff-markdown.ts';
import { createTextSink } from '../text.ts';
import { countsText, leftText, originOf, roundTitle, type Told, type ToldRound } from './told.ts';

/** A comment of GitHub holds 65,536 characters: what does not fit is counted. */
const MOST = 65_000;
/** Of these, at most for each part; descriptions have what is left. */
const ROOM = { findings: 20_000, ladder: 16_000, rounds: 14_000 };
const MOST_LINES = 400;
/** Columns that are named in the title, and characters of what the recording says about itself. */
const [MOST_PARTIES, MOST_SAID] = [12, 300];

export function markdownReport(told: Told): string {
  const wrong = told.findings.filter(({ severity }) => severity !== 'info');
  const [findings, otherFindings] = fitting(wrong, findingItem, ROOM.findings);
  const [rounds, otherRounds] = fitting(told.rounds, roundSection, ROOM.rounds);
  const begun = [
    titleLine(told),
    aboutLine(told),
    `### Findings: ${countsText(told.counts)}`,
    findings.join('\n') || (otherFindings > 0 ? '' : 'None.'),
    leftText(told, 'findings', otherFindings),
    '### Ladder',
    fenced(ladderLines(told), '', 'text').trimEnd(),
    '### Rounds',
    rounds.join('\n\n') || (otherRounds > 0 ? '' : 'No offers.'),
    leftText(told, 'rounds', otherRounds),
    '### Descriptions',
  ].filter((part) => part !== '');
  const used = begun.join('\n\n').length;
  const [descriptions, others] = fitting(told.rounds.flatMap(saidIn), descriptionBlock, MOST - used - 200);
  const rest = others + 2 * told.left.rounds;
  const more = rest === 0 ? [] : [`And ${rest} more: a comment holds no more; renego show --html has them.`];
  return [...begun, ...descriptions, ...(descriptions.length + rest === 0 ? ['None.'] : more), ''].join('\n\n');
}

/** The texts of those that have room, in order, and how many have none. */
function fitting<T>(all: readonly T[], textOf: (one: T) => string, room: number): readonly [readonly string[], number] {
  const kept: string[] = [];
  let [left, others] = [room, 0];
  for (const one of all) {
    const text = textOf(one);
    if (text.length + 2 > left) others += 1;
    else {
      kept.push(text);
      left -= text.length + 2;
    }
  }
  return [kept, others];
}

function titleLine({ parties }: Told): string {
  const named = parties.slice(0, MOST_PARTIES).map((party) => code(party.slice(0, 80)));
  const more = parties.length - named.length;
  return `## WebRTC negotiation between ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function aboutLine({ header, model }: Told): string {
  const redacted =
    header.redacted.length > 0 ? ` Redacted: ${escaped(header.redacted.join(', ').slice(0, MOST_SAID))}.` : '';
  const url = header.url === undefined ? '' : ` of ${code(header.url.slice(0, MOST_SAID))}`;
  const { tool, startedAt } = originOf(header);
  const by = tool === undefined ? '' : `, recorded by ${escaped(tool.slice(0, MOST_SAID))}`;
  const started = startedAt === undefined ? '' : `, started ${escaped(startedAt.slice(0, MOST_SAID))}`;
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
  const shown = beginning(lines.slice(0, MOST_LINES), ROOM.ladder);
  const more = count - shown.length;
  return more > 0 ? [...shown, `and ${more} more lines`] : shown;
}

/** The first lines that have room. */
function beginning(lines: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

function roundSection(one: ToldRound): string {
  const changes = one.changes.map(({ sentence, mid }) => ({ sentence, mid }));
  const head = `**${escaped(roundTitle(one))}**\n\n`;
  const said = changes.length === 0 ? '' : saidMarkdown('changes:', changes);
  return `${head}${said}${saidMarkdown(one.outcome.head, one.outcome.sentences)}`.trimEnd();
}

function saidIn({ round: { offer, answer } }: ToldRound): readonly Description[] {
  return answer === undefined ? [offer] : [offer, answer];
}

function descriptionBlock({ type, number, from, seq, text }: Description): string {
  const title = `${type} ${number} of ${from} (event ${seq})`;
  return `<details><summary>${escaped(title)}</summary>\n\n${fenced(text.trimEnd().split(/\r?\n/).map(printable), '', 'sdp')}\n</details>`;
}
