/** Which sessions an event speaks about: all that can have changed by it, but for one that its id meant before. */
import type { SignalEvent } from './event.ts';
import type { Model, Session } from './model.ts';

/** Call after `reduce`. Costs what the event says, however many sessions there are. */
export function touchedBy(model: Model, event: SignalEvent): readonly Session[] {
  const ids = new Set<string>();
  for (const d of model.described.get(event.seq) ?? []) ids.add(d.pc);
  for (const c of model.gathered.get(event.seq) ?? []) ids.add(c.pc);
  if (event.kind === 'message') for (const s of event.signals) if ('pc' in s && s.pc !== undefined) ids.add(s.pc);
  if ('pc' in event) ids.add(event.pc);
  return [...new Set([...ids].flatMap((id) => model.current.get(id) ?? model.sessions.get(id) ?? []))];
}
