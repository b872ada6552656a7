/** What every rule promises: its examples show it and nothing else, and its text is complete. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printable } from '../../src/core/text.ts';
import { catalogue } from '../../src/rules/catalogue/index.ts';
import { hear, withFolded } from './conversation.ts';

test('no two rules share an id', () => {
  const ids = catalogue.map((rule) => rule.id);
  expect(ids).toEqual([...new Set(ids)]);
});

describe.each(catalogue.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('stands in the file of its name', () => {
    expect(existsSync(new URL(`../../src/rules/catalogue/${id}.ts`, import.meta.url))).toBe(true);
  });

  test('has a complete text', () => {
    expect(rule.cites.length).toBeGreaterThan(0);
    for (const cited of rule.cites) expect(`${cited.spec} ${cited.section}`).toMatch(/^\S.* \S+$/);
    for (const text of [rule.explain, rule.fix, ...(rule.exceptions ? [rule.exceptions] : [])]) {
      expect(text).toMatch(/^[^\n]{20,}\.$/);
      expect(text).toBe(printable(text));
    }
    expect(rule.title).toMatch(/^\S.{5,78}[^.]$/);
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    expect(rule.examples.good.length).toBeGreaterThan(0);
  });

  test.each(rule.examples.bad.map((example) => [example.title, example] as const))('bad: %s', (_title, example) => {
    const { findings } = hear(example.conversation);
    const own = findings.filter((finding) => finding.rule === id);
    expect(own.length, 'the rule is silent').toBeGreaterThan(0);
    for (const finding of own) {
      expect(finding.message).toMatch(/\.$/);
      expect(finding.message).toBe(printable(finding.message));
      expect(finding.message).not.toMatch(/\bundefined\b|\bNaN\b|\[object/);
    }
    const others = findings.filter((finding) => finding.rule !== id && finding.severity !== 'info');
    expect(others.map((finding) => `${finding.rule}: ${finding.message}`)).toEqual([]);
  });

  test.each(rule.examples.good.map((example) => [example.title, example] as const))('good: %s', (_title, example) => {
    const findings = withFolded(hear(example.conversation).findings);
    expect(findings.filter((finding) => finding.rule === id).map((finding) => finding.message)).toEqual([]);
  });
});
