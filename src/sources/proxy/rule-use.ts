/** Which rules of the command line have met a message: one that has met none by the end may be a slip of the pen. */
import type { Draft } from '../../core/event.ts';
import type { Intervention } from './intervention.ts';

export interface RuleUse {
  /** The rules that were given; they take note of what they do. */
  readonly rules: readonly Intervention[];
  /** Takes note of what is told. */
  saw(draft: Draft): void;
  /** A sentence for each rule that has met nothing. */
  unmet(): readonly string[];
}

export function createRuleUse(given: readonly Intervention[]): RuleUse {
  const met = new Set<Intervention>();
  let messages = 0;
  const passed = () =>
    messages === 0 ? 'no message at all: none passed' : `none of the ${messages} messages that passed`;
  return {
    rules: given.map((rule) => ({ ...rule, acted: () => void met.add(rule) })),
    saw({ kind }) {
      if (kind === 'message') messages += 1;
    },
    unmet: () => given.filter((rule) => !met.has(rule)).map(({ text }) => `${text} met ${passed()}`),
  };
}
