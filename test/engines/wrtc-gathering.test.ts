import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../src/engines/engine.ts';
import { watchGathering } from '../../src/engines/wrtc-gathering.ts';
import type { NativeConnection } from '../../src/engines/wrtc-stack.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection whose events and states are moved by hand. */
function connection() {
  let heard = () => {};
  const native = {
    iceGatheringState: 'new',
    addEventListener(_type: string, listener: () => void) {
      heard = listener;
    },
  };
  const told: string[] = [];
  const gathering = watchGathering(native as unknown as NativeConnection, (event: EngineEvent) => {
    told.push(event.on === 'candidate' ? 'end' : 'state' in event ? event.state : event.on);
  });
  const change = (state: string): boolean => {
    native.iceGatheringState = state;
    heard();
    return gathering.ended();
  };
  return { change, told };
}

test('states in their order are told as they come', () => {
  const { change, told } = connection();
  expect(['gathering', 'complete', 'gathering', 'complete'].map(change)).toEqual([true, true, true, true]);
  expect(told).toEqual(['gathering', 'complete', 'gathering', 'complete']);
});

test('a state that is read too late is not the end yet', () => {
  const { change, told } = connection();
  expect([change('complete'), change('complete')]).toEqual([false, true]);
  expect([change('complete'), change('complete')]).toEqual([false, true]);
  expect(told).toEqual(['gathering', 'complete', 'gathering', 'complete']);
  vi.advanceTimersByTime(5_000);
  expect(told).toHaveLength(4);
});

test('what is put off and never followed by anything is the end after all', () => {
  const { change, told } = connection();
  change('complete');
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['gathering', 'complete', 'end']);
});
