import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layout, listStart, nearestIndex } from '../../src/tui/layout.ts';

const size = fc.record({ columns: fc.integer({ min: 1, max: 400 }), rows: fc.integer({ min: 1, max: 200 }) });

describe('layout', () => {
  it.each([
    [{ columns: 80, rows: 24 }, 'below'],
    [{ columns: 99, rows: 50 }, 'below'],
    [{ columns: 100, rows: 24 }, 'beside'],
    [{ columns: 200, rows: 60 }, 'beside'],
  ] as const)('of %j puts the details %s', (of, arrangement) => {
    expect(layout(of, false)).toMatchObject({ enough: true, arrangement });
  });

  it.each([
    { columns: 59, rows: 40 },
    { columns: 200, rows: 14 },
  ])('of %j asks for more room', (of) => {
    expect(layout(of, false).enough).toBe(false);
  });

  it('gives the details the whole body when zoomed', () => {
    expect(layout({ columns: 80, rows: 24 }, true)).toMatchObject({
      detail: { columns: 80, rows: 21, top: 1 },
      ladder: { rows: 0 },
    });
  });

  it('keeps the panes apart and inside the screen, with three lines for the bars', () => {
    fc.assert(
      fc.property(size, fc.boolean(), (of, zoomed) => {
        const { ladder, detail, enough } = layout(of, zoomed);
        fc.pre(enough);
        for (const pane of [ladder, detail]) {
          expect(pane.left + pane.columns).toBeLessThanOrEqual(of.columns);
          expect(pane.top + pane.rows).toBeLessThanOrEqual(of.rows - 2);
        }
        const beside = ladder.left + ladder.columns < detail.left || ladder.columns === 0;
        expect(beside || ladder.top + ladder.rows <= detail.top).toBe(true);
      }),
    );
  });

  it('gives the ladder more than half: of the rows when the details are below, of the columns beside', () => {
    for (const [columns, rows] of [
      [80, 24],
      [60, 15],
      [90, 50],
    ] as const) {
      const { ladder, detail } = layout({ columns, rows }, false);
      expect(ladder.rows / (ladder.rows + detail.rows)).toBeGreaterThanOrEqual(0.55);
    }
    for (const columns of [100, 120, 200]) {
      const { ladder, detail } = layout({ columns, rows: 40 }, false);
      expect(ladder.columns / columns).toBeGreaterThanOrEqual(0.59);
      expect(detail.columns).toBeGreaterThanOrEqual(33);
    }
  });
});

describe('listStart', () => {
  const list = fc.record({
    total: fc.nat(500),
    height: fc.integer({ min: 1, max: 60 }),
    selected: fc.nat(600),
    previous: fc.integer({ min: -10, max: 700 }),
  });

  it('always shows the selected row, and leaves no line empty that could be filled', () => {
    fc.assert(
      fc.property(list, ({ total, height, selected, previous }) => {
        fc.pre(total > 0);
        const index = selected % total;
        const start = listStart(total, height, index, previous);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(index).toBeGreaterThanOrEqual(start);
        expect(index).toBeLessThan(start + height);
        expect(start).toBeLessThanOrEqual(Math.max(0, total - height));
      }),
    );
  });

  it('does not move when the selection stays inside', () => {
    expect(listStart(100, 10, 25, 20)).toBe(20);
  });

  it('moves no further than to the edge', () => {
    expect([listStart(100, 10, 30, 20), listStart(100, 10, 19, 20)]).toEqual([21, 19]);
  });
});

describe('nearestIndex', () => {
  it.each([
    [[2, 4, 6], 4, 1],
    [[2, 4, 6], 5, 1],
    [[2, 4, 6], 1, 0],
    [[2, 4, 6], 9, 2],
    [[], 3, -1],
  ])('in %j for %i is %i', (list, wanted, index) => {
    expect(nearestIndex(list, wanted)).toBe(index);
  });
});
