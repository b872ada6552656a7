/** JUnit XML: a suite a file, a failing case an error or warning, one passing case where nothing was found. */
import { printable } from '../../core/text.ts';
import type { Finding } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

export function checkJunit(report: CheckReport): string {
  const suites = report.files.map(suite);
  const total = suites.reduce((sum, s) => sum + s.tests, 0);
  const failures = suites.reduce((sum, s) => sum + s.failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="renego check" tests="${total}" failures="${failures}">`,
    ...suites.map((s) => s.xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: CheckedFile): { xml: string; tests: number; failures: number } {
  const failing = file.findings.filter((finding) => finding.severity !== 'info');
  const notes = file.findings.filter((finding) => finding.severity === 'info');
  const cases =
    failing.length > 0
      ? failing.map((f) => failed(file, f))
      : [`    <testcase classname="${xml(file.path)}" name="negotiation"/>`];
  const output =
    notes.length > 0
      ? [`    <system-out>${xml(notes.map((n) => `${n.rule}: ${n.message}`).join('\n'))}</system-out>`]
      : [];
  const head = `  <testsuite name="${xml(file.path)}" tests="${cases.length}" failures="${failing.length}">`;
  return {
    xml: [head, ...cases, ...output, '  </testsuite>'].join('\n'),
    tests: cases.length,
    failures: failing.length,
  };
}

function failed(file: CheckedFile, finding: Finding): string {
  const name = `${finding.rule} (${placeOf(finding)})`;
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

/** Line by line, because `printable` would show a line break as an escape. */
function xml(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[&<>"']/g, (c) => ENTITY[c] ?? c);
}
