import { expect, test } from 'vitest';
import { createBacklog } from '../../../src/sources/proxy/backlog.ts';
import { createLater } from '../../../src/sources/proxy/later.ts';

const KB = 1024;

/** Room for three of one kilobyte. `tape` lets everything be read that came before so many bytes of it. */
function scripted() {
  const done: string[] = [];
  const later = createLater();
  const backlog = createBacklog(
    later,
    (draft) => done.push(draft.kind === 'problem' ? `${draft.code} ${draft.detail}` : draft.kind),
    7 * KB,
  );
  return {
    done,
    later,
    add(...names: string[]) {
      for (const name of names) backlog.add(KB, () => done.push(name));
    },
  };
}

const gap = (messages: number) =>
  `PROXY_BLIND HTTP: ${messages} messages (${messages * KB} bytes) have passed unread here: too much waited to be read`;

test('what is more than there is room for is left out and counted where it is missing', () => {
  const { done, later, add } = scripted();
  add('1', '2', '3', '4', '5');
  later.drain();
  add('6');
  later.drain();
  expect(done).toEqual(['1', '2', '3', gap(2), '6']);
});

test('once something was left out, all is, until half of what waits has been read', () => {
  const { done, later, add } = scripted();
  add('1');
  later.heard(10);
  add('2', '3', '4');
  later.played(5, () => add('5'));
  later.played(10, () => {});
  later.add(() => add('6'));
  later.drain();
  expect(done).toEqual(['1', '2', '3', gap(2), '6']);
});

test('what is larger than all the room is left out alone', () => {
  const done: unknown[] = [];
  const later = createLater();
  const backlog = createBacklog(later, (draft) => done.push(draft.kind), 2 * KB);
  backlog.add(3 * KB, () => done.push('too large'));
  later.drain();
  backlog.add(0, () => done.push('small'));
  later.drain();
  expect(done).toEqual(['problem', 'small']);
});

test('very many of nearly nothing are bounded, too', () => {
  const { done, later } = scripted();
  const backlog = createBacklog(later, () => {}, 7 * KB);
  for (let n = 0; n < 10_000; n += 1) backlog.add(0, () => done.push('one'));
  later.drain();
  expect(done).toHaveLength(7);
});
