/** SARIF 2.1.0, as code scanning services read it. */
import { printable } from '../../core/text.ts';
import type { Finding, Rule, Severity } from '../../rules/rule.ts';
import { type CheckedFile, type CheckReport, placeOf } from './report.ts';

const LEVEL: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

export function* checkSarif(report: CheckReport): Generator<string, void> {
  const indexes = new Map(report.rules.map((rule, index) => [rule.id, index]));
  const unread = report.files.flatMap(notification);
  const run = {
    tool: { driver: { name: report.tool.name, version: report.tool.version, rules: report.rules.map(descriptor) } },
    invocations: [
      {
        executionSuccessful: unread.length === 0,
        ...(unread.length > 0 && { toolExecutionNotifications: unread }),
      },
    ],
    columnKind: 'utf16CodeUnits',
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  const around = JSON.stringify(log, null, 2);
  const end = around.lastIndexOf(END);
  yield `${around.slice(0, end)},\n      "results": [`;
  let before = '';
  for (const file of report.files)
    for (const finding of file.findings) {
      const text = JSON.stringify(result(file, finding, indexes), null, 2).replaceAll('\n', INDENT);
      yield `${before}${INDENT}${text}`;
      before = ',';
    }
  yield `${before === '' ? '' : '\n      '}]${around.slice(end)}\n`;
}

/** How the only run ends, and what stands before each line of a result. */
const [END, INDENT] = ['\n    }\n  ]\n}', '\n        '];

function descriptor(rule: Rule) {
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.explain },
    help: { text: `${rule.fix} (${rule.cites.map((c) => `${c.spec} ${c.section}`).join(', ')})` },
    defaultConfiguration: { level: LEVEL[rule.severity] },
  };
}

function result(file: CheckedFile, finding: Finding, indexes: ReadonlyMap<string, number>) {
  const { chrome, firefox } = finding.refusedBy;
  const line = file.lineOf(finding);
  const place = placeOf(finding);
  const text = [
    `${finding.message} ${finding.fix}`,
    ...(chrome ? [`Chrome says: ${chrome}`] : []),
    ...(firefox ? [`Firefox says: ${firefox}`] : []),
  ];
  return {
    ruleId: finding.rule,
    ruleIndex: indexes.get(finding.rule) ?? -1,
    level: LEVEL[finding.severity],
    message: { text: text.map(printable).join('\n') },
    locations: [
      {
        physicalLocation: { ...artifact(file), ...(line ? { region: { startLine: line } } : {}) },
        ...(place !== '' && { logicalLocations: [{ fullyQualifiedName: printable(place) }] }),
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

function notification(file: CheckedFile) {
  if (file.error === undefined) return [];
  const { code, message } = file.error;
  const text = printable(message);
  return [
    { level: 'error', descriptor: { id: code }, message: { text }, locations: [{ physicalLocation: artifact(file) }] },
  ];
}

function artifact({ file }: CheckedFile) {
  return { artifactLocation: { uri: uriOf(file) } };
}

/** A relative reference for a relative path, `file:` for an absolute one. */
function uriOf(path: string): string {
  const encoded = path.replaceAll('\\', '/').split('/').map(encodeSegment).join('/');
  if (encoded.startsWith('/')) return `file://${encoded}`;
  return /^[A-Za-z]%3A\//.test(encoded) ? `file:///${encoded.replace('%3A', ':')}` : encoded;
}

/** What is half a surrogate pair cannot be encoded. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'));
}
