/** The lanes of a session with very many parties. */
import { expect, test } from 'vitest';
import { ladderHead, ladderRows } from '../../src/tui/rows/ladder.ts';
import { lanesInView } from '../../src/tui/rows/lanes-in-view.ts';
import { initialUi } from '../../src/tui/state.ts';
import { look } from '../../src/tui/view.ts';
import { isListing, listingOf } from '../../src/tui/visible.ts';
import { emptyRecording } from '../recording.ts';
import { settingOf } from './setting.ts';

function show(parties: number, selected: number) {
  const { log, model } = emptyRecording();
  for (let pc = 1; pc <= parties; pc += 1) {
    log.append({ from: `pc${pc}`, to: 'remote', kind: 'mark', text: `mark ${pc}` });
  }
  const setting = settingOf(model);
  const ui = { ...initialUi({ columns: 120, rows: 30 }, false), selected };
  do listingOf(setting, ui);
  while (isListing(setting));
  const view = look(ui, setting);
  const text = (cells: readonly { text: string }[]) => cells.map((cell) => cell.text).join('');
  return {
    lanes: lanesInView(ui, model, view, 60),
    head: text(ladderHead(ui, setting, view)),
    rows: ladderRows(ui, setting, view).map(({ cells }) => text(cells)),
  };
}

test('few lanes are all drawn', () => {
  expect(show(10, 5).lanes).toHaveLength(11);
});

test('of very many those of the selected row and its neighbours; other rows say who speaks to whom', () => {
  const { lanes, head, rows } = show(3000, 2000);
  expect(lanes).toEqual(expect.arrayContaining(['pc2000', 'remote']));
  expect(lanes.length).toBeLessThan(6);
  expect(head).toMatch(/pc2000 /);
  const row = (pc: number) => rows.find((one) => one.includes(`mark ${pc}`)) ?? '';
  expect(row(2000)).toMatch(/◄─+.* mark: mark 2000/);
  expect(rows.some((one) => /│ pc\d+ → remote: mark: mark/.test(one))).toBe(true);
});
