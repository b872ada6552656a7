/** A finding of which only what a test is about matters. */
import type { Finding } from '../../src/rules/rule.ts';

export const someFinding = (over: Partial<Finding> = {}): Finding => ({
  rule: 'some-rule',
  severity: 'warning',
  message: 'it is wrong',
  explain: 'because',
  fix: 'do it right',
  cites: [],
  pc: 'p',
  side: 'a',
  event: 1,
  related: [],
  mid: null,
  line: null,
  refusedBy: {},
  ...over,
});
