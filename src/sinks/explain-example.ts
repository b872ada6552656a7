/** An example of a rule as text: who says what, and of descriptions only the lines that make the difference. */
import chalk from 'chalk';
import type { Example, Finding, HttpMessage, TranscriptLine } from '../rules/rule.ts';
import { diffLines } from '../sdp/line-diff.ts';
import { splitLines } from '../sdp/lines.ts';
import { parseSdp } from '../sdp/parse.ts';
import { findingLines } from './finding-lines.ts';

export interface ExampleStyle {
  readonly ascii: boolean;
  readonly columns: number;
  /** Every line of every description. */
  readonly full: boolean;
  drawn(text: string): string;
}

/** Of one description. */
const MOST_LINES = 14;

/** One example. `other` is an example of the other kind, to find what differs; `findings` are what the rule says. */
export function exampleLines(
  example: Example,
  other: Example | undefined,
  findings: readonly Finding[],
  style: ExampleStyle,
): string[] {
  const messages = example.conversation.flatMap((line, index) => {
    const blamed = findings.filter(({ event }) => event === index + 1).flatMap(({ line: number }) => number ?? []);
    return messageLines(line, baseOf(example, other, index), new Set(blamed), style);
  });
  const said = findings.flatMap((finding) => findingLines(finding, '', { ...style, brief: true }));
  return [...messages, ...said.map((line) => `  ${line}`)];
}

function messageLines(
  line: TranscriptLine,
  base: string | undefined,
  blamed: ReadonlySet<number>,
  style: ExampleStyle,
): string[] {
  const who = chalk.bold(style.drawn(`${line.from} → ${line.to ?? '?'}`));
  if ('bye' in line) return [`  ${who}  bye`];
  if ('candidate' in line) {
    return [`  ${who}  ${line.candidate ? style.drawn(JSON.stringify(line.candidate)) : 'end of candidates'}`];
  }
  const called = line.label === undefined ? [] : [`called '${line.label}'`];
  const what = [...(line.http ? [httpText(line.http)] : []), ...(line.type ? [line.type] : []), ...called].join(', ');
  const sdp = line.type === undefined ? '' : (line.sdp ?? '');
  const outline = sdp === '' ? '' : chalk.dim(` ${style.ascii ? '-' : '·'} ${style.drawn(outlineOf(sdp))}`);
  return [`  ${who}  ${style.drawn(what)}${outline}`, ...sdpLines(sdp, base, blamed, style)];
}

/** `POST 201 (location: /s/1)` */
function httpText({ method, status, headers }: HttpMessage): string {
  const shown = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return `${method}${status === undefined ? '' : ` ${status}`}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}`;
}

/** `audio 0, video 1 rejected` */
function outlineOf(sdp: string): string {
  const sections = parseSdp(sdp).media.map(
    ({ kind, mid, rejected }) => `${kind}${mid ? ` ${mid.value}` : ''}${rejected ? ' rejected' : ''}`,
  );
  return sections.length === 0 ? 'no sections' : sections.join(', ');
}

/** The same message of the other example; else what the sender described before. */
function baseOf({ conversation }: Example, other: Example | undefined, index: number): string | undefined {
  const line = conversation[index];
  const twin = other?.conversation[index];
  const twinned = twin?.from === line?.from ? describedIn(twin, line) : undefined;
  if (twinned !== undefined && twinned !== describedIn(line, line)) return twinned;
  const before = conversation
    .slice(0, index)
    .findLast((one) => one.from === line?.from && describedIn(one) !== undefined);
  return (before && describedIn(before)) ?? twinned;
}

/** The description of a line, if it is of the same type as the other's. */
function describedIn(line: TranscriptLine | undefined, same?: TranscriptLine): string | undefined {
  if (line === undefined || !('type' in line) || line.type === undefined) return undefined;
  if (same !== undefined && 'type' in same && same.type !== line.type) return undefined;
  return line.sdp;
}

/** The lines that are blamed or differ, each section's m= line above its own, and a mark where lines are left out. */
function sdpLines(sdp: string, base: string | undefined, blamed: ReadonlySet<number>, style: ExampleStyle): string[] {
  const lines = splitLines(sdp);
  const differing = base === undefined ? new Set<number>() : newIn(base, sdp);
  const shown = style.full ? new Set(lines.map(({ number }) => number)) : chosen(lines, blamed, differing);
  const gap = chalk.dim(`        ${style.ascii ? '...' : '⋮'}`);
  let last = 0;
  const out = lines.flatMap(({ number, text }) => {
    if (!shown.has(number)) return [];
    const skipped = number > last + 1 ? [gap] : [];
    last = number;
    const marked = blamed.has(number) || differing.has(number);
    const shownText = `${blamed.has(number) ? '>' : ' '} ${String(number).padStart(4)}  ${style.drawn(text)}`;
    return [...skipped, `  ${marked ? shownText : chalk.dim(shownText)}`];
  });
  return out.length > 0 && last < lines.length ? [...out, gap] : out;
}

/** Line numbers of what stands in `after` only. */
function newIn(before: string, after: string): Set<number> {
  const texts = (sdp: string) => splitLines(sdp).map(({ text, eol }) => text + eol);
  return new Set(
    diffLines(texts(before), texts(after)).flatMap((edit) => (edit.op === 'added' ? (edit.after ?? []) : [])),
  );
}

/** What says most where too much differs. */
const TELLING = /^(?:m=|v=|a=(?:mid|group|ice-ufrag|setup|fingerprint|candidate|(?:send|recv)\w*|inactive)\b)/;

function chosen(
  lines: ReturnType<typeof splitLines>,
  blamed: ReadonlySet<number>,
  differing: ReadonlySet<number>,
): ReadonlySet<number> {
  const many = differing.size > MOST_LINES;
  const wanted = lines.filter(
    ({ number, text }) => blamed.has(number) || (differing.has(number) && (!many || TELLING.test(text))),
  );
  const kept = new Set<number>(blamed);
  for (const { number } of wanted) if (kept.size < MOST_LINES) kept.add(number);
  let head = 0;
  for (const { number, text } of lines) {
    if (text.startsWith('m=')) head = number;
    if (kept.has(number) && head > 0) kept.add(head);
  }
  return kept;
}
