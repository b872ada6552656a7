/** What renego writes for people and for other tools: it quotes descriptions, and would be taken for them. */

/** Marks that nobody else sets, each with what it is of. */
const REPORTS: readonly (readonly [RegExp, string])[] = [
  [/^## WebRTC negotiation between `/m, 'a Markdown report of renego'],
  [/^\s*<!doctype html>[\s\S]{0,2000}<title>renego: /i, 'an HTML report of renego'],
  [/^\s*sequenceDiagram\n {2}participant p0 as /, 'a Mermaid diagram of renego'],
  [/^ *# {2,}s {2}\S.*\n(?:.*\n){0,200} *\d+ +\d+\.\d{3} /, 'a ladder of renego as text'],
  [/^\s*\{\s*"schema"\s*:\s*\d+\s*,\s*"files"\s*:\s*\[/, 'the JSON of renego check'],
  [/^\s*\{\s*"schema"\s*:\s*\d+\s*,\s*"equal"\s*:/, 'the JSON of renego diff'],
  [/^\s*\{\s*"\$schema"\s*:\s*"[^"]*sarif[^"]*"/, 'a SARIF log'],
  [/^\s*<\?xml [^>]*\?>\s*<testsuites[ >]/, 'a JUnit report'],
];

/** What it is, as said in a sentence; undefined if `head`, the beginning of a text, is no report. */
export function ownReport(head: string): string | undefined {
  return REPORTS.find(([mark]) => mark.test(head))?.[1];
}
