import { expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { ownText, signalIn } from '../../src/core/signal-text.ts';

const signals = [{ type: 'offer', pc: 'x', sdp: 'v=0' } as const, { type: 'bye', pc: 'x' } as const];
const events: SignalEvent[] = [
  { seq: 2, t: 0, from: 'a', to: 'a', kind: 'mark', text: '' },
  { seq: 5, t: 0, from: 'a', to: 'b', kind: 'message', protocol: 'x', encoding: 'text', raw: '', signals },
];

it('a signal is found by the number of its event', () => {
  expect(signalIn({ events, seq: 5, at: 0 })).toBe(signals[0]);
  expect(signalIn({ events, seq: 5, at: 1 })).toBe(signals[1]);
  for (const [seq, at] of [
    [5, 2],
    [2, 0],
    [1, 0],
    [0, 0],
    [9, 0],
  ] as const)
    expect(signalIn({ events, seq, at })).toBeUndefined();
});

it('a text of its own is the same text', () => {
  for (const text of ['', 'short', 'longer than twelve characters \u2028 "\\ \ud800']) expect(ownText(text)).toBe(text);
  expect(ownText(undefined)).toBeUndefined();
});
