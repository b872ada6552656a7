/** SARIF 2.1.0, as code scanning services read it. */
import { printable } from '../../core/text.ts';
import type { Finding, Rule, Severity } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

const LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

export function checkSarif(report: CheckReport): string {
  const results = report.files.flatMap((file) => file.findings.map((finding) => result(file, finding, report.rules)));
  const run = {
    tool: { driver: { name: report.tool.name, version: report.tool.version, rules: report.rules.map(descriptor) } },
    columnKind: 'utf16CodeUnits',
    results,
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: Rule) {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.explain },
    help: { text: `${rule.fix} (${rule.cites.map((c) => `${c.spec} ${c.section}`).join(', ')})` },
    defaultConfiguration: { level: LEVEL[rule.severity] },
  };
}

function result(file: CheckedFile, finding: Finding, rules: readonly Rule[]) {
  const line = file.lineOf(finding);
  const region = line ? { region: { startLine: line } } : {};
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex((rule) => rule.id === finding.rule),
    level: LEVEL[finding.severity],
    message: { text: printable(`${finding.message} ${finding.fix}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file.path) }, ...region },
        logicalLocations: [{ fullyQualifiedName: placeOf(finding) }],
      },
    ],
    properties: {
      pc: finding.pc,
      side: finding.side,
      event: finding.event,
      mid: finding.mid,
      refusedBy: finding.refusedBy,
    },
  };
}
