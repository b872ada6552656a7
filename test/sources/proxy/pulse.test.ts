import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPulse } from '../../../src/sources/proxy/pulse.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function pulse() {
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  const one = createPulse({ silence: 10_000, inTurn: (work) => waiting.push(work), tell: (text) => told.push(text) });
  const pass = (ms: number) => {
    vi.advanceTimersByTime(ms);
    for (const work of waiting.splice(0)) work();
  };
  return { ...one, told, pass, waiting };
}

test('an answer in time is nothing to tell', () => {
  const { pinged, answered, pass, told } = pulse();
  for (let n = 0; n < 3; n++) {
    pinged();
    pass(9_000);
    answered();
  }
  pass(60_000);
  expect(told).toEqual([]);
});

test('silence is told once, and its end', () => {
  const { pinged, answered, pass, told } = pulse();
  for (let n = 0; n < 4; n++) {
    pinged();
    pass(10_000);
  }
  answered();
  expect(told).toEqual([
    'has not answered a ping for 10 s: it is dead, stuck, or cut off from here',
    'answers pings again, after 40.0 s',
  ]);
});

test('a side that only sends messages is told as such', () => {
  const { pinged, heard, pass, told } = pulse();
  pinged();
  heard();
  pass(10_000);
  expect(told).toEqual(['has not answered a ping for 10 s: it sends messages, but no pongs']);
});

test('an answer that has come and is not read yet counts', () => {
  const { pinged, answered, pass, told } = pulse();
  pinged();
  vi.advanceTimersByTime(10_000);
  answered();
  pass(0);
  expect(told).toEqual([]);
});

test('what is out of sight is not missed', () => {
  const { pinged, stop, pass, told } = pulse();
  pinged();
  stop();
  pinged();
  pass(60_000);
  expect(told).toEqual([]);
});
