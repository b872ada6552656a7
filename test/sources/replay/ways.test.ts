import { expect, test } from 'vitest';
import type { SignalEvent } from '../../../src/core/event.ts';
import { createWays } from '../../../src/sources/replay/ways.ts';

let seq = 0;
const link = (from: string, of: string, change: 'open' | 'close' = 'open') =>
  ({ seq: ++seq, t: seq, kind: 'link', from, to: 'server', link: of, change }) as SignalEvent;
const message = (from: string, to: string, of: string) =>
  ({
    ...{ seq: ++seq, t: seq, kind: 'message', from, to, link: of },
    ...{ protocol: 'mdn', encoding: 'text', raw: '', signals: [] },
  }) as SignalEvent;

const ways = (events: readonly SignalEvent[]) =>
  events
    .map(createWays())
    .filter((way) => way !== undefined)
    .join(' ');

test('a client that says its name later is the same client, and what is passed on to it is not its own', () => {
  const events = [
    ...[link('app', 'app'), message('server', 'app', 'app'), message('callee', 'server', 'app')],
    ...[link('app-2', 'app-2'), message('caller', 'callee', 'app-2'), message('caller', 'callee', 'app')],
    ...[message('callee', 'caller', 'app'), message('callee', 'caller', 'app-2')],
  ];
  expect(ways(events)).toBe('in out out in out in');
});

test('a recording that says the way is believed, whatever the parties are called', () => {
  const way = (from: string, to: string, of: string, dir: 'c2s' | 's2c') => ({ ...message(from, to, of), dir });
  const events = [way('janus', 'gateway', 'a', 'c2s'), way('bob', 'bob', 'b', 'c2s'), way('bob', 'janus', 'a', 's2c')];
  expect(ways(events as SignalEvent[])).toBe('out out in');
});

test('what a server sends back is heard', () => {
  expect(ways([link('a', 'a'), message('a', 'b', 'a'), message('a', 'a', 'a')])).toBe('out in');
});

test('who comes back speaks on the new connection', () => {
  const events = [link('app', 'one'), message('ann', 'server', 'one'), link('app', 'one', 'close'), link('app', 'two')];
  expect(ways([...events, message('ann', 'bob', 'two')])).toBe('out out');
});
