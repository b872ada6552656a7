import { expect, test } from 'vitest';
import { type FileKeeper, roomFor, withinFiles } from '../../src/cli/open-files.ts';
import type { Engine, PeerConnection } from '../../src/engines/engine.ts';

/** Each connection has thirty files open as long as it is not collected. */
function keeper(most: number): FileKeeper & { garbage: number; collected: number } {
  return {
    ...{ alive: 0, garbage: 0, collected: 0 },
    count() {
      return { open: 32 + (this.alive + this.garbage) * 30, most };
    },
    collect() {
      this.collected += 1;
      this.garbage = 0;
    },
  };
}

let closed = 0;
function close(): void {
  closed += 1;
}
const engine: Engine = {
  name: 'none',
  title: 'none',
  load: async () => ({
    name: 'none',
    version: '0',
    create: () => ({ signalingState: 'stable', close }) as unknown as PeerConnection,
  }),
};

test('no connection is made that there are too few files for', async () => {
  const files = keeper(256);
  const factory = await withinFiles(engine, files).load();
  const made: PeerConnection[] = [];
  const more = () => made.push(factory.create({}, () => {}));
  expect(() => {
    for (let i = 0; i < 8; i += 1) more();
  }).toThrow(expect.objectContaining({ kind: 'connect', code: 'TOO_MANY_FILES' }));
  expect(made.length).toBeGreaterThan(1);
  const full = made.length;
  expect(files.alive).toBe(full);
  expect(made[0]?.signalingState).toBe('stable');
  made[0]?.close();
  made[0]?.close();
  expect([files.alive, closed]).toEqual([full - 1, 2]);
  more();
  expect(made).toHaveLength(full + 1);
});

test('where the system does not say how many there may be, all are made', async () => {
  const factory = await withinFiles(engine, { count: () => undefined, collect: () => {}, alive: 0 }).load();
  for (let i = 0; i < 1000; i += 1) factory.create({}, () => {});
});

test('what is closed is collected where the next connections would have no room', async () => {
  const files = keeper(1024);
  await roomFor(8, files);
  expect(files.collected).toBe(0);
  files.garbage = 25;
  await roomFor(8, files);
  expect(files).toMatchObject({ garbage: 0, collected: 1 });
});

test('and it goes on where no more room can be made', async () => {
  await roomFor(8, keeper(100));
});
