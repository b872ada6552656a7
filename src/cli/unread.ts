/** What of a recording could not be read: whoever replays it has to know. */
import type { SignalEvent } from '../core/event.ts';

const MOST = 3;

/** In sentences; what is more than a few is counted. */
export function unreadNotes(events: Iterable<SignalEvent>): readonly string[] {
  const told: string[] = [];
  let more = 0;
  for (const event of events) {
    if (event.kind !== 'problem' || !/^(?:SESSION|INPUT)_LINE$/.test(event.code)) continue;
    if (told.length < MOST) told.push(`Not replayed, because it cannot be read: ${event.detail}.`);
    else more += 1;
  }
  return more === 0 ? told : [...told, `Nor can ${more} more.`];
}
