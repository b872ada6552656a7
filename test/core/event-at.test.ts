import { expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { eventAt } from '../../src/core/event-at.ts';

const events = [1, 2, 5, 9].map(
  (seq): SignalEvent => ({ seq, t: 0, from: 'a', to: 'a', kind: 'mark', text: `${seq}` }),
);

it.each([1, 2, 5, 9])('finds event %i', (seq) => expect(eventAt(events, seq)?.seq).toBe(seq));
it.each([0, 3, 4, 10, -1, Number.NaN])('there is no event %d', (seq) => expect(eventAt(events, seq)).toBeUndefined());
