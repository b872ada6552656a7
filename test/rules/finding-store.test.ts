import { expect, test, vi } from 'vitest';
import { growingFindings } from '../../src/rules/finding-store.ts';
import type { Finding } from '../../src/rules/rule.ts';

const finding = (rule: string) => ({ rule }) as Finding;

test('keeps what it is told, and tells those who listen', () => {
  const { findings, tell } = growingFindings();
  tell([finding('a')]);
  const listener = vi.fn();
  const leave = findings.subscribe(listener);
  tell([finding('b'), finding('c')]);
  leave();
  tell([finding('d')]);
  expect(findings.list().map(({ rule }) => rule)).toEqual(['a', 'b', 'c', 'd']);
  expect(listener.mock.calls.map(([{ rule }]) => rule)).toEqual(['b', 'c']);
});
