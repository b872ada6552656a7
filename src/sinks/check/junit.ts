/**
 * JUnit XML: a suite a file, a failing case an error or warning, one passing case where nothing was found, an error
 * where the file could not be read.
 */
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

export function checkJunit(report: CheckReport): string {
  const suites = report.files.map(suite);
  const sum = (of: 'tests' | 'failures' | 'errors') => suites.reduce((total, one) => total + one[of], 0);
  const totals = `tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renego check" ${totals}>`,
    ...suites.map((s) => s.xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: CheckedFile): Suite {
  const failing = file.findings.filter((finding) => finding.severity !== 'info');
  const notes = file.findings.filter((finding) => finding.severity === 'info');
  const errors = file.error === undefined ? 0 : 1;
  const cases = casesOf(file, failing);
  const output =
    notes.length > 0
      ? [`    <system-out>${xml(notes.map((n) => `${n.rule}: ${n.message}`).join('\n'))}</system-out>`]
      : [];
  const counts = `tests="${cases.length}" failures="${failing.length}" errors="${errors}"`;
  const head = `  <testsuite name="${xml(file.path)}" ${counts}>`;
  return {
    xml: [head, ...cases, ...output, '  </testsuite>'].join('\n'),
    tests: cases.length,
    failures: failing.length,
    errors,
  };
}

/** Each a whole element. */
function casesOf(file: CheckedFile, failing: readonly Finding[]): readonly string[] {
  const name = `classname="${xml(file.path)}" name="negotiation"`;
  if (file.error !== undefined) {
    const { code, message } = file.error;
    const body = `      <error type="${xml(code)}" message="${xml(message)}"/>`;
    return [[`    <testcase ${name}>`, body, '    </testcase>'].join('\n')];
  }
  return failing.length > 0 ? failing.map((finding) => failed(file, finding)) : [`    <testcase ${name}/>`];
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
