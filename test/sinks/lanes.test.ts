import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/core/text.ts';
import { ASCII, arrowLine, headLine, lanesOf, lanesWidth, restLine, UNICODE } from '../../src/sinks/lanes.ts';

const parties = ['app', 'server', 'bob'];
const lanes = lanesOf(parties, parties);

describe('a row of three lanes', () => {
  test.each([
    ['to the neighbour', 'app', 'server', '├──────►│       │'],
    ['back from the neighbour', 'server', 'app', '│◄──────┤       │'],
    ['across a lane', 'app', 'bob', '├───────┼──────►│'],
    ['back across a lane', 'bob', 'app', '│◄──────┼───────┤'],
    ['inside one party', 'server', 'server', '│       ●       │'],
  ])('%s', (_, from, to, line) => {
    expect(arrowLine(lanes, from, to, UNICODE)).toBe(line);
  });

  test('where nothing happens', () => {
    expect(restLine(lanes, UNICODE)).toBe('│       │       │');
  });

  test('in ASCII', () => {
    expect(arrowLine(lanes, 'app', 'bob', ASCII)).toBe('+-------+------>|');
  });
});

test('more lanes than can be drawn are words', () => {
  const names = Array.from({ length: 25 }, (_, at) => `pc${at}`);
  const crowd = lanesOf(names, names);
  expect(arrowLine(crowd, 'pc7', 'remote', UNICODE).trimEnd()).toBe('pc7 ─► remote');
  expect(arrowLine(crowd, 'pc\u001b7', 'pc\u001b7', ASCII)).not.toContain('\u001b');
  for (const line of [arrowLine(crowd, 'pc7', 'pc7', UNICODE), restLine(crowd, UNICODE)]) {
    expect(displayWidth(line)).toBe(lanesWidth(crowd));
  }
});

test('names stand above their lanes, cut to their place', () => {
  const names = ['a-very-long-name-indeed', '日本', 'last'];
  expect(headLine(lanesOf(names, names), names, UNICODE)).toBe('a-very-long-na… 日本            last');
});

test('every row is as wide as its lanes, whoever takes part', () => {
  const name = fc.string({ minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(), (all, i, j) => {
      const some = lanesOf(all, all);
      const line = arrowLine(some, all[i % all.length] ?? '', all[j % all.length] ?? '', UNICODE);
      expect(displayWidth(line)).toBe(lanesWidth(some));
      expect(displayWidth(restLine(some, UNICODE))).toBe(lanesWidth(some));
    }),
  );
});
