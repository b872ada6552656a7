import { describe, expect, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { eventView, firstOf } from '../../src/core/event-view.ts';

const event = (seq: number): SignalEvent => ({ seq, t: seq, from: 'a', to: 'b', kind: 'mark', text: `${seq}` });
const kept = [1, 2, 3, 4].map(event);

describe('a view of events', () => {
  const view = eventView(kept.length, (place) => event(place + 1));

  test('is what an array of them is', () => {
    expect([...view]).toEqual(kept);
    for (const at of [0, 3, 4, -1, -4, -5]) expect(view.at(at)).toEqual(kept.at(at));
    for (const [start, end] of [[], [1], [1, 3], [-2], [0, -1], [3, 1], [-9, 9]])
      expect(view.slice(start, end)).toEqual(kept.slice(start, end));
    expect([view.some(({ seq }) => seq === 4), view.some(({ seq }) => seq === 5)]).toEqual([true, false]);
  });

  test('makes none that nobody asks for', () => {
    const asked: number[] = [];
    const told = eventView(1e9, (place) => {
      asked.push(place);
      return event(place);
    });
    told.at(7);
    told.some(({ seq }) => seq === 1);
    expect(asked).toEqual([7, 0, 1]);
  });

  test('can be of the first', () => {
    expect([...firstOf(kept, 2)]).toEqual(kept.slice(0, 2));
    expect(firstOf(kept, 9)).toHaveLength(4);
  });
});
