/** Sessions made ready to be compared by meaning. */
import type { EventList } from '../core/event-list.ts';
import { reduceAll } from '../core/reduce.ts';
import type { Golden } from '../rules/golden.ts';
import { check } from '../rules/index.ts';
import type { RuleSettings } from './settings.ts';

export function goldenOf(events: EventList, settings: RuleSettings): Golden {
  return { model: reduceAll(events), findings: check(events, { settings }) };
}
