/** A report with everything in it that an output format may stumble over. */
import type { Finding, Rule } from '../../../src/rules/rule.ts';
import type { CheckedFile, CheckReport } from '../../../src/sinks/check/report.ts';

const rule = (id: string, severity: 'error' | 'info', title: string) =>
  ({
    id,
    severity,
    title,
    explain: `Why ${id}: a < b & c.`,
    fix: 'Do it "right".',
    cites: [{ spec: 'RFC 9429', section: '5.11' }],
  }) as unknown as Rule;

const finding = (over: Partial<Finding>): Finding => ({
  rule: 'mid-duplicate',
  severity: 'error',
  message: "Two sections have the mid '0'.",
  explain: 'Why mid-duplicate: a < b & c.',
  fix: 'Do it "right".',
  cites: [{ spec: 'RFC 9429', section: '5.11' }],
  pc: 'a+b',
  side: 'a',
  event: 3,
  related: [1],
  mid: '0',
  line: 12,
  refusedBy: { chrome: 'InvalidAccessError: no\r\n100%, really', firefox: 'x'.repeat(900) },
  ...over,
});

/** What stands in `path` is as hostile as what stands in a description. */
const HOSTILE = 'calls/a,b:c%d é#1.ndjson';

const file = (path: string, findings: readonly Finding[], more: Partial<CheckedFile> = {}): CheckedFile => ({
  path,
  file: path,
  format: 'transcript',
  events: 4,
  findings,
  lineOf: ({ event }) => (event > 0 ? event : undefined),
  ...more,
});

export const REPORT: CheckReport = {
  tool: { name: 'renego', version: '0.1.0' },
  rules: [rule('mid-duplicate', 'error', 'two sections with one mid'), rule('munging-suspected', 'info', 'munged')],
  files: [
    file(HOSTILE, [
      finding({}),
      finding({
        severity: 'warning',
        event: 4,
        line: null,
        message: 'Evil \u001b[31m]]> <b> & "quotes" ::error::x %0A \uffff',
        refusedBy: {},
      }),
      finding({
        rule: 'munging-suspected',
        message: 'Edited.',
        explain: 'Why munging-suspected.',
        severity: 'info',
        event: 0,
        side: '',
        mid: null,
        line: null,
        refusedBy: {},
      }),
    ]),
    file('/tmp/good.ndjson#2', [], { file: '/tmp/good.ndjson' }),
    file('gone.sdp', [], {
      format: 'unreadable',
      events: 0,
      error: { code: 'UNREADABLE', message: 'cannot read gone.sdp: there is no such file' },
    }),
    file('-', [finding({ event: 1, refusedBy: {} })]),
  ],
};
