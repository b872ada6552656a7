/** Sessions made ready to be compared by meaning. */
import type { SignalEvent } from '../core/event.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import type { Golden } from '../rules/golden.ts';
import { check } from '../rules/index.ts';
import type { RuleSettings } from './settings.ts';

export function goldenOf(events: readonly SignalEvent[], settings: RuleSettings): Golden {
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return { model, findings: check(events, { settings }) };
}
