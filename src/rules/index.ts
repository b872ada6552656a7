/** Checks a whole conversation at once. A live session uses `createChecker` event by event instead. */
import type { SignalEvent } from '../core/event.ts';
import type { EventList } from '../core/event-list.ts';
import { FORGETTING } from '../core/forget.ts';
import type { Model } from '../core/model.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import { catalogue } from './catalogue/index.ts';
import { type CheckSettings, createChecker } from './check.ts';
import { forgetOver, type Judging } from './forget.ts';
import type { Finding } from './rule.ts';

/**
 * Everything the rules have to say about these events, in the order of the events they blame. Never throws.
 * `settings` may switch rules off or change their severity.
 */
export function check(events: EventList, options: Partial<CheckSettings> = {}): readonly Finding[] {
  const model = emptyModel(events);
  // Nobody else sees this model: it may forget what is over for long.
  const checking = beginCheck({ ...options, forgetting: FORGETTING });
  for (const event of events) checking.observe(reduce(model, event), event);
  return checking.finish(model);
}

/** The same for a conversation that is read event by event: no second look at it, and no second model. */
export interface Checking {
  /** Call after `reduce`, once per event. */
  observe(model: Model, event: SignalEvent): void;
  /** Everything that was found, in the order of the events it blames. Once. */
  finish(model: Model): readonly Finding[];
}

/**
 * With `forgetting`, the model forgets sessions that are over for long once they have been judged: whoever asks it for more
 * than what is going on leaves that out.
 */
export function beginCheck({ forgetting, ...options }: Partial<CheckSettings & Judging> = {}): Checking {
  const checker = createChecker({ rules: catalogue, ...options });
  const found: Finding[] = [];
  return {
    observe(model, event) {
      for (const finding of checker.observe(model, event)) found.push(finding);
      if (forgetting === undefined) return;
      for (const finding of forgetOver(checker, model, event, forgetting)) found.push(finding);
    },
    finish(model) {
      for (const finding of checker.finish(model)) found.push(finding);
      return found.sort((x, y) => x.event - y.event);
    },
  };
}

export { catalogue };
