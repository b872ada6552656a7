/** A session as a Mermaid sequence diagram, which GitHub and GitLab draw. */
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { wrap } from '../wrap.ts';
import type { Told, ToldRow } from './told.ts';

/** Mermaid gives up on longer ones: it draws texts of up to 50,000 characters. */
const [MOST_ROWS, MOST_TEXT] = [400, 49_000];
/** Columns of a label before it is broken. */
const COLUMNS = 64;

/** Wire text in it can neither end a line nor be markup: such characters are entities. */
export function mermaidReport(told: Told): string {
  const ids = new Map(told.parties.map((party, index) => [party, `p${index}`]));
  const head = [
    'sequenceDiagram',
    ...told.parties.map((party) => `  participant ${ids.get(party)} as ${entities(party)}`),
  ];
  const rows = fitting(
    told.rows.slice(0, MOST_ROWS).map((row) => rowLines(row, ids)),
    MOST_TEXT - head.join('\n').length,
  );
  const more = told.rows.length - rows.length + told.left.rows;
  return [...head, ...rows.flat(), ...(more > 0 ? [`  Note over p0: and ${more} more`] : []), ''].join('\n');
}

/** As many of the first rows as there is room for. */
function fitting(rows: readonly (readonly string[])[], room: number): readonly (readonly string[])[] {
  let left = room;
  const end = rows.findIndex((lines) => {
    for (const line of lines) left -= line.length + 1;
    return left < 0;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

function rowLines(row: ToldRow, ids: ReadonlyMap<string, string>): readonly string[] {
  const [from, to] = [ids.get(row.from), ids.get(row.to)];
  const label = entities(row.label);
  const notes = row.findings.filter(({ severity }) => severity !== 'info');
  const over = from === undefined ? 'p0' : from === to || to === undefined ? from : `${from},${to}`;
  const line =
    from === undefined || to === undefined || row.arrow === 'none'
      ? `  Note over ${over}: ${label}`
      : row.arrow === 'self'
        ? `  Note over ${from}: ${label}`
        : `  ${from}${arrowOf(row)}${to}: ${label}`;
  return [line, ...notes.map((finding) => `  Note over ${over}: ${findingText(finding)}`)];
}

function arrowOf({ tone }: ToldRow): string {
  if (tone === 'offer') return '->>';
  return tone === 'problem' ? '-x' : '-->>';
}

function findingText({ severity, rule, message }: Finding): string {
  return entities(`${severity} ${rule}: ${message}`);
}

/** Mermaid's own way to write characters that mean something to it; long texts in several lines. */
function entities(text: string): string {
  const safe = printable(text);
  const cut = safe.length > 160 ? `${safe.slice(0, 160)}…` : safe;
  return wrap(cut, COLUMNS, '').map(escaped).join('<br/>');
}

const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,/()'_+=·×→…-]/gu, (character) => `#${character.codePointAt(0)};`);
