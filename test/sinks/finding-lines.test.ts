import { describe, expect, test } from 'vitest';
import { printable } from '../../src/core/text.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { findingLines } from '../../src/sinks/finding-lines.ts';

const FINDING: Finding = {
  rule: 'mid-duplicate',
  severity: 'error',
  message: "Two sections have the mid '0'.",
  explain: 'Not printed here.',
  fix: 'Give every section a mid of its own.',
  cites: [{ spec: 'RFC 5888', section: '4' }],
  pc: 'a+b',
  side: 'a',
  event: 3,
  related: [],
  mid: '0',
  line: 12,
  refusedBy: { chrome: 'InvalidAccessError: Duplicate mid' },
};
const STYLE = { columns: 60, ascii: false, drawn: printable };
const lines = (change: Partial<Finding>, at = '', style = STYLE) => findingLines({ ...FINDING, ...change }, at, style);

describe('a finding in the ladder', () => {
  test('is what, what browsers say, what to do', () => {
    expect(lines({})).toEqual([
      "✗ error mid-duplicate: Two sections have the mid '0'.",
      '  Chrome says: InvalidAccessError: Duplicate mid',
      '  fix: Give every section a mid of its own.',
    ]);
  });

  test('names the event where it is not the one above', () => {
    expect(lines({}, 'event 3').join(' ').replace(/ +/g, ' ')).toContain("mid '0'. (event 3) ");
  });

  test('wraps to the columns', () => {
    const wrapped = lines({ fix: 'do this and that and '.repeat(8) });
    expect(wrapped.length).toBeGreaterThan(4);
    for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('makes control characters of the wire visible', () => {
    expect(lines({ message: 'evil \u001b[2J mid' })[0]).toContain('evil \\x1b[2J mid');
  });

  test.each([
    ['warning', '! warning mid-duplicate'],
    ['info', '- info mid-duplicate'],
    ['error', 'X error mid-duplicate'],
  ] as const)('%s with ASCII only', (severity, head) => {
    expect(lines({ severity }, '', { ...STYLE, ascii: true })[0]).toContain(head);
  });
});
