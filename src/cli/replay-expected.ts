/** What a replay is compared with: the whole recording, or as much of it as was played before somebody ended that. */
import type { SignalEvent } from '../core/event.ts';
import { eventAt } from '../core/event-at.ts';
import type { EventList } from '../core/event-list.ts';
import { eventView, firstOf } from '../core/event-view.ts';
import { reduceAll } from '../core/reduce.ts';
import { stepsOf } from '../rules/golden/align.ts';
import type { Replay } from '../sources/replay/options.ts';

/** Of the events of a script those that were said or heard, or waited for in vain. */
export function playedOf(events: EventList, { reached, early }: Pick<Replay, 'reached' | 'early'>): EventList {
  const ahead = [...early].filter((place) => place >= reached).sort((a, b) => a - b);
  const place = (index: number): number => (index < reached ? index : (ahead[index - reached] ?? reached));
  return eventView(Math.min(reached, events.length) + ahead.length, (index) => events.at(place(index)) as SignalEvent);
}

/** Of another recording as much as was played of this one: as many descriptions, and as long after the last of them. */
export function asFarAs(played: EventList, other: EventList): EventList {
  const [here, there] = [describedIn(played), describedIn(other)];
  const [last, next] = [there[here.length - 1], there[here.length]];
  const since = (played.at(-1)?.t ?? 0) - timeOf(played, here.at(-1));
  const until = timeOf(other, last) + since;
  let count = 0;
  for (const { seq, t } of other) {
    if (seq === next || (t > until && (last === undefined || seq > last))) break;
    count += 1;
  }
  return firstOf(other, count);
}

/** The events with the descriptions that are compared. */
function describedIn(events: EventList): readonly number[] {
  return stepsOf(reduceAll(events))
    .map(({ description }) => description.seq)
    .sort((a, b) => a - b);
}

/** Of the event with that number, or of the first. */
function timeOf(events: EventList, seq: number | undefined): number {
  const event = seq === undefined ? undefined : eventAt(events, seq);
  return (event ?? events.at(0))?.t ?? 0;
}
