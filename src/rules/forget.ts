/** Sessions that are over for long are judged for the last time, and forgotten. */
import type { SignalEvent } from '../core/event.ts';
import { type Forgetting, forget, forgettable } from '../core/forget.ts';
import type { Model } from '../core/model.ts';
import type { Checker } from './check.ts';
import type { Finding } from './rule.ts';

export interface Judging {
  /** What is judged is not asked for again, and may be forgotten. */
  readonly forgetting: Forgetting;
}

/** Call after `observe`. Returns what is found in what is forgotten, where that is only found at the end. */
export function forgetOver(
  checker: Checker,
  model: Model,
  event: SignalEvent,
  forgetting: Forgetting,
): readonly Finding[] {
  const sessions = forgettable(model, event, forgetting);
  if (sessions.length === 0) return [];
  const found = checker.over(model, sessions, event.t);
  forget(model, sessions);
  return found;
}
