import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPresence } from '../../../src/sources/proxy/presence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const HANDSHAKE = '0{"sid":"a","pingInterval":300,"pingTimeout":200}';

function watched() {
  const gone: string[] = [];
  return { gone, presence: createPresence((id) => gone.push(id)) };
}

test('who has been silent for longer than the handshake allows has gone', () => {
  const { gone, presence } = watched();
  presence.opened('a', HANDSHAKE);
  vi.advanceTimersByTime(499);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(gone).toEqual(['a']);
});

test('who waits for an answer is there, however long; silence begins with the last answer', () => {
  const { gone, presence } = watched();
  presence.opened('a', HANDSHAKE);
  presence.asks('a');
  presence.asks('a');
  vi.advanceTimersByTime(10_000);
  presence.answered('a');
  vi.advanceTimersByTime(10_000);
  expect(gone).toEqual([]);
  presence.answered('a');
  vi.advanceTimersByTime(499);
  presence.asks('a');
  presence.answered('a');
  vi.advanceTimersByTime(499);
  expect(gone).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(gone).toEqual(['a']);
});

test('without a handshake that was seen, or with one that says nothing, the usual times count', () => {
  const { gone, presence } = watched();
  presence.asks('seen late');
  presence.answered('seen late');
  presence.opened('odd', '0{"sid":"odd","pingInterval":"soon"}');
  presence.opened('endless', '0{"pingInterval":999999999,"pingTimeout":1}');
  vi.advanceTimersByTime(45_000);
  expect(gone).toEqual(['seen late', 'odd']);
  vi.advanceTimersByTime(600_000);
  expect(gone).toEqual(['seen late', 'odd', 'endless']);
});

test('a thousand at once are watched', () => {
  const { gone, presence } = watched();
  for (let n = 0; n < 1200; n += 1) presence.opened(String(n), HANDSHAKE);
  vi.advanceTimersByTime(500);
  expect(gone).toHaveLength(1000);
});
