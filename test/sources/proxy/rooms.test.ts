import { expect, test } from 'vitest';
import { createRooms } from '../../../src/sources/proxy/rooms.ts';

const rooms = (...parties: readonly (readonly [party: string, url: string])[]) => {
  const all = createRooms();
  for (const [party, url] of parties) all.enter(party, url);
  return all;
};

test('alone, one talks to somebody without a name', () => {
  expect(rooms(['app', 'ws://x/']).farEnd('app', 'peer')).toEqual({ party: 'peer', pc: 'app+peer' });
});

test('the only other one is meant, and of several the one at the same address', () => {
  expect(rooms(['app', 'ws://x/1'], ['app-2', 'ws://x/2']).farEnd('app', 'peer').party).toBe('app-2');
  const two = rooms(['app', 'ws://x/1'], ['app-2', 'ws://x/2'], ['app-3', 'ws://x/1'], ['app-4', 'ws://x/2']);
  expect(['app', 'app-2', 'app-3', 'app-4'].map((one) => two.farEnd(one, 'peer').party)).toEqual([
    'app-3',
    'app-4',
    'app',
    'app-2',
  ]);
});

test('two rooms at one address never share a lane or a connection, and are told apart once something is passed on', () => {
  const all = rooms(['app', 'ws://x/'], ['app-2', 'ws://x/'], ['app-3', 'ws://x/'], ['app-4', 'ws://x/']);
  const before = all.farEnd('app', 'peer');
  expect(before.party).toBe('peer of app');
  expect(all.farEnd('app-3', 'peer').party).toBe('peer of app-3');
  all.met('app-2', 'app');
  expect(all.farEnd('app-2', 'peer')).toEqual({ party: 'app', pc: before.pc });
  expect(all.farEnd('app', 'peer')).toEqual({ party: 'app-2', pc: before.pc });
  expect(all.farEnd('app-3', 'peer').party).toBe('app-4');
});

test('what no client has sent comes from somebody who does not pass here', () => {
  const all = rooms(['app', 'ws://x/'], ['app-2', 'ws://x/']);
  all.hearsAnother('app');
  expect(all.farEnd('app', 'peer').party).toBe('peer of app');
  expect(all.farEnd('app-2', 'peer').party).toBe('peer of app-2');
});

test('whoever leaves is nobody’s far end, unless it has come back', () => {
  const all = rooms(['app', 'ws://x/'], ['app-2', 'ws://x/']);
  all.met('app', 'app-2');
  all.enter('app-2', 'ws://x/');
  all.leave('app-2');
  expect(all.farEnd('app', 'peer').party).toBe('app-2');
  all.leave('app-2');
  expect(all.farEnd('app', 'peer').party).toBe('peer');
});
