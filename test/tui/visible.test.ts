import { expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import type { EventList } from '../../src/core/event-list.ts';
import { emptyModel } from '../../src/core/reduce.ts';
import { initialUi } from '../../src/tui/state.ts';
import { isListing, listingOf } from '../../src/tui/visible.ts';
import { settingOf } from './setting.ts';

/** So many marks, and how many were read: as many milliseconds are over by the clock. */
function slowEvents(length: number) {
  let reads = 0;
  const at = (index: number): SignalEvent => {
    reads += 1;
    return { seq: index + 1, t: index, from: 'a', to: 'a', kind: 'mark', text: index % 2 === 0 ? 'even' : 'odd' };
  };
  const events = { length, at } as unknown as EventList;
  return { events, reads: () => reads };
}

it('each look at a long session that is filtered goes on for a moment only, however slow its events are, to the end', () => {
  const { events, reads } = slowEvents(2500);
  const setting = settingOf(emptyModel(events), { clock: reads });
  const ui = { ...initialUi({ columns: 80, rows: 24 }, false), filter: 'even' };
  let looks = 0;
  do {
    const before = reads();
    listingOf(setting, ui);
    looks += 1;
    expect(reads() - before).toBeLessThanOrEqual(40);
  } while (isListing(setting));
  expect(looks).toBeGreaterThan(60);
  expect(listingOf(setting, ui).rows).toHaveLength(1250);
});

it('each look at a very long one that is not goes on for a moment only, too', () => {
  const { events, reads } = slowEvents(30_000);
  const setting = settingOf(emptyModel(events), { clock: reads });
  const ui = initialUi({ columns: 80, rows: 24 }, false);
  for (let look = 1; look <= 3; look += 1) {
    listingOf(setting, ui);
    expect(reads()).toBeLessThanOrEqual(look * 310);
  }
  expect(isListing(setting)).toBe(true);
});

it('a short session is filtered at once', () => {
  const { events, reads } = slowEvents(200);
  const setting = settingOf(emptyModel(events), { clock: reads });
  const ui = { ...initialUi({ columns: 80, rows: 24 }, false), filter: 'odd' };
  expect(listingOf(setting, ui).rows).toHaveLength(100);
  expect(isListing(setting)).toBe(false);
});

it('without a filter, what was listed before is listed at once', () => {
  const { events, reads } = slowEvents(150);
  const setting = settingOf(emptyModel(events));
  const ui = initialUi({ columns: 80, rows: 24 }, false);
  const before = listingOf(setting, ui);
  expect(listingOf(setting, { ...ui, filter: 'odd' }).rows).toHaveLength(75);
  const read = reads();
  expect(listingOf(setting, ui)).toBe(before);
  expect(reads()).toBe(read);
});
