import { expect, it } from 'vitest';
import type { Draft, SessionHeader, SignalEvent } from '../../src/core/event.ts';
import { createLog } from '../../src/core/log.ts';

const header: SessionHeader = {
  format: 1,
  tool: 'renego test',
  startedAt: '2026-11-21T06:31:13.000Z',
  source: 'test',
  parties: [],
  redacted: [],
};
const mark = (t?: number): Draft => ({ kind: 'mark', text: 'x', from: 'a', to: 'a', ...(t !== undefined && { t }) });

it('numbers events from 1 and stamps them with the clock', () => {
  let now = 5;
  const log = createLog(header, () => now);
  log.append(mark());
  now = 9;
  log.append(mark());
  expect(log.events.map(({ seq, t }) => [seq, t])).toEqual([
    [1, 5],
    [2, 9],
  ]);
  expect(log.version).toBe(2);
});

it('never lets time run backwards, whatever a draft or the clock says', () => {
  const times = [7, 3, Number.NaN, Number.POSITIVE_INFINITY, 8];
  const log = createLog(header, () => 0);
  for (const t of times) log.append(mark(t));
  log.append(mark());
  expect(log.events.map(({ t }) => t)).toEqual([7, 7, 7, 7, 8, 8]);
});

it('tells its listeners until they leave', () => {
  const log = createLog(header, () => 0);
  const heard: SignalEvent[] = [];
  const leave = log.subscribe((event) => heard.push(event));
  log.append(mark());
  leave();
  log.append(mark());
  expect(heard).toEqual([log.events[0]]);
});

it('tells a listener that subscribed twice twice, and lets one of them go', () => {
  const log = createLog(header, () => 0);
  let heard = 0;
  const listener = () => {
    heard += 1;
  };
  const leave = log.subscribe(listener);
  log.subscribe(listener);
  leave();
  log.append(mark());
  expect(heard).toBe(1);
});
