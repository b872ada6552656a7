/** The order of what the relay taped and what was seen beside it, as a script. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLater } from '../../../src/sources/proxy/later.ts';

function scripted() {
  const later = createLater();
  const done: string[] = [];
  const note = (name: string) => () => void done.push(name);
  return {
    later,
    done,
    tape: (end: number) => later.played(end, note(`tape ${end}`)),
    own: (name: string) => later.add(note(name)),
  };
}

test('what the tape held already comes first, what came on it later comes behind', () => {
  const { later, done, tape, own } = scripted();
  later.heard(10);
  own('request');
  tape(5);
  tape(10);
  later.heard(20);
  tape(15);
  own('answer');
  own('another');
  tape(20);
  tape(25);
  later.drain();
  expect(done).toEqual(['tape 5', 'tape 10', 'request', 'tape 15', 'tape 20', 'answer', 'another', 'tape 25']);
});

test('waits for tape that is on its way, however long that takes', async () => {
  const { later, done, tape, own } = scripted();
  own('before');
  later.heard(10);
  own('behind');
  for (let i = 0; i < 5; i += 1) await turn();
  expect(done).toEqual(['before']);
  tape(10);
  for (let i = 0; i < 5; i += 1) await turn();
  expect(done).toEqual(['before', 'tape 10', 'behind']);
});

test('at the end nothing waits for tape that will not come', () => {
  const { later, done, tape, own } = scripted();
  later.heard(100);
  own('request');
  tape(50);
  own('answer');
  later.drain();
  expect(done).toEqual(['tape 50', 'request', 'answer']);
});

test('an older length changes nothing; what throws holds up nothing', async () => {
  const { later, done, own } = scripted();
  later.heard(10);
  later.heard(5);
  own('request');
  later.played(10, () => {
    throw new Error('broken');
  });
  expect(() => later.drain()).toThrow('broken');
  later.drain();
  expect(done).toEqual(['request']);
});

test('tells when own work was added, and nothing for tape', () => {
  const { later } = scripted();
  const seen: (number | undefined)[] = [];
  const before = Date.now();
  later.add(() => seen.push(later.since));
  later.played(1, () => seen.push(later.since));
  later.drain();
  expect(seen[0]).toBeGreaterThanOrEqual(before - 1000);
  expect([seen[1], later.since]).toEqual([undefined, undefined]);
});
