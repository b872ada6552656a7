import { expect, test } from 'vitest';
import { inTurn } from '../../../src/sources/replay/in-turn.ts';

test('what comes while something is taken is taken behind it', () => {
  const taken: number[] = [];
  const feed = inTurn<number>(
    (input) => {
      if (input < 10) feed(input + 10);
      taken.push(input);
    },
    () => {},
  );
  feed(1);
  feed(2);
  expect(taken).toEqual([1, 11, 2, 12]);
});

test('what is thrown is told, and what was waiting is left alone', () => {
  const [taken, failures]: [number[], unknown[]] = [[], []];
  const feed = inTurn<number>(
    (input) => {
      if (input === 1) {
        feed(2);
        throw new Error('no room');
      }
      taken.push(input);
    },
    (error) => failures.push(error),
  );
  feed(1);
  feed(3);
  expect(taken).toEqual([3]);
  expect(failures).toEqual([new Error('no room')]);
});
