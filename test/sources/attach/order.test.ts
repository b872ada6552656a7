import { expect, test } from 'vitest';
import { createQueue } from '../../../src/sources/attach/order.ts';

test('what follows a held one waits, also for what is held while it goes on', () => {
  const queue = createQueue();
  const done: string[] = [];
  const say = (word: string) => queue.follow(() => void done.push(word));
  let second = () => {};
  say('a');
  const first = queue.hold();
  say('b');
  queue.follow(() => {
    second = queue.hold();
  });
  say('c');
  expect(done).toEqual(['a']);
  first();
  first();
  expect(done).toEqual(['a', 'b']);
  second();
  expect(done).toEqual(['a', 'b', 'c']);
});

test('what never comes does not keep the rest back for ever', () => {
  const queue = createQueue();
  let done = 0;
  const follow = () =>
    queue.follow(() => {
      done += 1;
    });
  const release = queue.hold();
  for (let i = 0; i < 1001; i += 1) follow();
  expect(done).toBe(1001);
  release();
  queue.hold();
  follow();
  expect(done).toBe(1001);
  queue.end();
  expect(done).toBe(1002);
});
