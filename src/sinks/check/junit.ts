/**
 * JUnit XML: a suite a file, a failing case an error or warning, one passing case where nothing was found, an error
 * where the file could not be read.
 */
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

export function* checkJunit(report: CheckReport): Generator<string, void> {
  const counts = report.files.map(countsOf);
  const sum = (of: keyof Counts) => counts.reduce((total, one) => total + one[of], 0);
  const totals: Counts = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') };
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="renego check" ${attributes(totals)}>\n`;
  for (const [i, file] of report.files.entries()) yield* suite(file, counts[i] as Counts);
  yield '</testsuites>\n';
}

const isFailure = ({ severity }: Finding): boolean => severity !== 'info';

function countsOf({ error, findings }: CheckedFile): Counts {
  const failures = findings.filter(isFailure).length;
  return { tests: error === undefined ? Math.max(1, failures) : 1, failures, errors: error === undefined ? 0 : 1 };
}

const attributes = ({ tests, failures, errors }: Counts): string =>
  `tests="${tests}" failures="${failures}" errors="${errors}"`;

function* suite(file: CheckedFile, counts: Counts): Generator<string, void> {
  yield `  <testsuite name="${xml(file.path)}" ${attributes(counts)}>\n`;
  yield* casesOf(file, counts);
  const notes = file.findings.filter((finding) => !isFailure(finding));
  for (const [i, { rule, message }] of notes.entries())
    yield `${i === 0 ? '    <system-out>' : '\n'}${xml(`${rule}: ${message}`)}`;
  if (notes.length > 0) yield '</system-out>\n';
  yield '  </testsuite>\n';
}

/** Each a whole element. */
function* casesOf(file: CheckedFile, { failures }: Counts): Generator<string, void> {
  const name = `classname="${xml(file.path)}" name="negotiation"`;
  if (file.error !== undefined) {
    const { code, message } = file.error;
    const body = `      <error type="${xml(code)}" message="${xml(message)}"/>`;
    yield `${[`    <testcase ${name}>`, body, '    </testcase>'].join('\n')}\n`;
  } else if (failures === 0) yield `    <testcase ${name}/>\n`;
  else for (const finding of file.findings) if (isFailure(finding)) yield `${failed(file, finding)}\n`;
}

function failed(file: CheckedFile, finding: Finding): string {
  const place = placeOf(finding);
  const name = `${finding.rule}${place === '' ? '' : ` (${place})`}`;
  const body = [finding.message, finding.explain, `Fix: ${finding.fix}`, ...quotes(finding)].join('\n');
  return [
    `    <testcase classname="${xml(file.path)}" name="${xml(name)}">`,
    `      <failure type="${finding.severity}" message="${xml(finding.message)}">${xml(body)}</failure>`,
    '    </testcase>',
  ].join('\n');
}

function quotes(finding: Finding): string[] {
  const { chrome, firefox } = finding.refusedBy;
  return [...(chrome ? [`Chrome: ${chrome}`] : []), ...(firefox ? [`Firefox: ${firefox}`] : [])];
}

const ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Line by line, because `printable` would show a line break as an escape. XML has no U+FFFE and U+FFFF. */
export function xml(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITY[c] ?? c);
}
