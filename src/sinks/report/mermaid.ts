/** A session as a Mermaid sequence diagram, which GitHub and GitLab draw. */
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import type { Told, ToldRow } from './told.ts';

/** Mermaid gives up on longer ones. */
const MOST_ROWS = 400;

/** Wire text in it can neither end a line nor be markup: such characters are entities. */
export function mermaidReport(told: Told): string {
  const ids = new Map(told.parties.map((party, index) => [party, `p${index}`]));
  const shown = told.rows.slice(0, MOST_ROWS);
  const more = told.rows.length - shown.length + told.left.rows;
  return [
    'sequenceDiagram',
    ...told.parties.map((party) => `  participant ${ids.get(party)} as ${entities(party)}`),
    ...shown.flatMap((row) => rowLines(row, ids)),
    ...(more > 0 ? [`  Note over p0: and ${more} more`] : []),
    '',
  ].join('\n');
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

/** Mermaid's own way to write characters that mean something to it. */
function entities(text: string): string {
  const safe = printable(text);
  const cut = safe.length > 160 ? `${safe.slice(0, 160)}…` : safe;
  return cut.replace(/[^\p{L}\p{N} .,/()'_+=·×→…-]/gu, (character) => `#${character.codePointAt(0)};`);
}
