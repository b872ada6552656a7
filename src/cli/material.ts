/** A loaded session as the reports take it, also without its secrets. */
import { emptyModel, reduce } from '../core/reduce.ts';
import { check } from '../rules/index.ts';
import { createRedactor } from '../session/redact.ts';
import { createEventStore } from './event-store.ts';
import type { Material } from './formats.ts';
import type { Loaded, Watch } from './load.ts';

/** Findings are computed when they are asked for. */
export function materialOf(loaded: Loaded): Material {
  return { ...loaded, findings: () => check(loaded.events, {}) };
}

/** The same session with stand-ins for all secrets, its model made anew. */
export function redacted(loaded: Loaded, watch: Watch = () => {}): Loaded {
  const redactor = createRedactor();
  const header = redactor.header(loaded.header);
  const events = createEventStore();
  const model = emptyModel(events);
  for (const event of loaded.events) {
    const safe = redactor.event(event);
    events.push(safe);
    reduce(model, safe);
    watch(model, safe);
  }
  return { ...loaded, header, events, model };
}
