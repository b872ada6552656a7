import { expect, it } from 'vitest';
import { endTurn } from '../../src/tui/patience.ts';
import { type Rows, row } from '../../src/tui/rows/row.ts';
import type { Scene, Tab } from '../../src/tui/rows/tab.ts';
import { workedOut } from '../../src/tui/worked-out.ts';
import { emptyRecording } from '../recording.ts';
import { sceneOf } from './scene.ts';

const scene = (): Scene => sceneOf(emptyRecording().model, undefined);

/** A tab of so many rows, each of which takes longer by the clock than a frame has time; and how many have been made. */
function slowTab(count: number): { readonly tab: Tab; readonly clock: () => number; made(): number } {
  let made = 0;
  let now = 0;
  function* rows(): Rows {
    for (let index = 1; index <= count; index += 1) {
      yield `row ${index}`;
      now += 8;
      made += 1;
      yield row(String(index));
    }
  }
  return {
    tab: { id: 'slow', title: 'Slow', about: 'session', rows, copy: () => undefined },
    clock: () => now,
    made: () => made,
  };
}

it('a frame and the keys before it take a row or two that are slow; the next frames the others', () => {
  const { tab, clock, made } = slowTab(6);
  const one = scene();
  let asked = 0;
  const again = () => {
    asked += 1;
  };
  const look = () => workedOut(tab, one, { again, clock }, undefined);
  look();
  look();
  const first = look();
  expect(made()).toBeLessThan(3);
  expect(first.rows.length).toBeLessThan(3);
  let frames = 0;
  do {
    endTurn(one.model);
    asked = 0;
    look();
    frames += 1;
  } while (asked > 0 && frames < 100);
  expect(made()).toBe(6);
  expect(look()).toEqual({ rows: first.rows, progress: undefined });
  expect(first.rows).toHaveLength(6);
  expect(made()).toBe(6);
});

it('what goes on meanwhile does not begin it anew: the older rows are shown until the newer are all there', () => {
  const { tab, clock, made } = slowTab(4);
  const one = scene();
  const look = (of: Scene) => {
    endTurn(one.model);
    return workedOut(tab, of, { again: () => {}, clock }, undefined);
  };
  while (look(one).progress !== undefined);
  expect(made()).toBe(4);
  const before = look(one).rows;
  const later = { ...one, findings: { here: [], all: [{} as never] } };
  expect(look(later)).toEqual({ rows: before, progress: undefined });
  const latest = { ...one, findings: { here: [], all: [{} as never, {} as never] } };
  while (made() < 8) expect(look(latest).rows).toBe(before);
  look(latest);
  expect(look(latest).rows).not.toBe(before);
});

it('without anybody to ask for another frame they are all worked out', () => {
  const { tab, clock } = slowTab(3);
  expect(workedOut(tab, scene(), { clock }, undefined)).toMatchObject({ rows: { length: 3 }, progress: undefined });
});

it('a key that is typed before anything was seen has the rows that it needs; later ones wait for frames', () => {
  const { tab, made, clock } = slowTab(9);
  const one = scene();
  const setting = { again: () => {}, clock };
  expect(workedOut(tab, one, setting, 4).rows).toHaveLength(4);
  workedOut(tab, one, setting, undefined);
  const before = made();
  endTurn(one.model);
  workedOut(tab, one, setting, 9);
  expect(made()).toBeLessThan(before + 3);
});
