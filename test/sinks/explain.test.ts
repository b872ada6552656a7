import { describe, expect, test } from 'vitest';
import { judge } from '../../src/cli/commands/explain.ts';
import { catalogue } from '../../src/rules/index.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { explainAll, explainRule } from '../../src/sinks/explain.ts';

const explained = (rule: Rule, over: { ascii?: boolean; full?: boolean } = {}) =>
  explainRule(rule, { columns: 100, ascii: false, full: false, judge: (example) => judge(rule, example), ...over });
const named = (id: string) => catalogue.find((rule) => rule.id === id) as Rule;
const golden = (name: string) => new URL(`../fixtures/explain/${name}.txt`, import.meta.url).pathname;

test.each(['mid-duplicate', 'candidate-after-end', 'answer-mline-mismatch'])('%s is as it was', async (id) => {
  await expect(explained(named(id))).toMatchFileSnapshot(golden(id));
});

describe.each(catalogue.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const text = explained(rule);
  const blocks = text.split(/^(?=Bad: |Good: )/m);

  test('shows what it says about each bad example, and nothing about the good ones', () => {
    const of = (mark: string) => blocks.filter((block) => block.startsWith(mark));
    expect(of('Bad: ')).toHaveLength(rule.examples.bad.length);
    expect(of('Good: ')).toHaveLength(rule.examples.good.length);
    const says = new RegExp(`^ {2}[✗!·] (?:error|warning|info) ${id}: `, 'm');
    for (const block of of('Bad: ')) expect(block).toMatch(says);
    for (const block of of('Good: ')) expect(block).not.toMatch(says);
  });

  test('keeps to the width but for lines of descriptions, and to what can be printed', () => {
    expect(text).toMatch(/^[\n\P{C}]*$/u);
    for (const line of blocks[0]?.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(100);
    expect(text.split('\n').length).toBeLessThan(200);
    expect(explained(rule, { ascii: true })).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

test('--full prints whole descriptions', () => {
  const rule = named('answer-mline-mismatch');
  const [bad] = rule.examples.bad;
  const [line] = bad?.conversation ?? [];
  const sdp = line !== undefined && 'sdp' in line ? (line.sdp ?? '') : '';
  const whole = explained(rule, { full: true });
  expect(sdp).not.toBe('');
  for (const text of sdp.split('\r\n')) expect(whole).toContain(text);
  expect(explained(rule).length).toBeLessThan(whole.length / 2);
});

test('the list has a line a rule where there is room, and wraps where there is none', () => {
  const wide = explainAll(catalogue, { ascii: false, columns: Number.POSITIVE_INFINITY }).trimEnd().split('\n');
  expect(wide).toHaveLength(catalogue.length);
  for (const [index, { id, severity, title }] of catalogue.entries()) {
    expect(wide[index]?.split(/ {2,}/)).toEqual([id, severity, title]);
  }
  const narrow = explainAll(catalogue, { ascii: false, columns: 80 }).split('\n');
  expect(narrow.length).toBeGreaterThan(catalogue.length);
  expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(80);
});
