/** Checks a whole conversation at once. A live session uses `createChecker` event by event instead. */
import type { EventList } from '../core/event-list.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import { catalogue } from './catalogue/index.ts';
import { type CheckSettings, createChecker } from './check.ts';
import type { Finding } from './rule.ts';

/**
 * Everything the rules have to say about these events, in the order of the events they blame. Never throws.
 * `settings` may switch rules off or change their severity.
 */
export function check(events: EventList, options: Partial<CheckSettings> = {}): readonly Finding[] {
  const checker = createChecker({ rules: catalogue, ...options });
  const model = emptyModel(events);
  const found: Finding[] = [];
  for (const event of events) {
    reduce(model, event);
    found.push(...checker.observe(model, event));
  }
  found.push(...checker.finish(model));
  return found.sort((x, y) => x.event - y.event);
}

export { catalogue };
