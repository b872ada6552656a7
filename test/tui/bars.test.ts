import { describe, expect, it } from 'vitest';
import { footCells } from '../../src/tui/frame/bars.ts';
import { commandFor } from '../../src/tui/keymap.ts';
import { cellsWidth } from '../../src/tui/rows/row.ts';
import { initialUi, type Setting, type Ui } from '../../src/tui/state.ts';
import { update } from '../../src/tui/update.ts';
import { recorded } from '../recording.ts';
import { settingOf } from './setting.ts';

const { model } = recorded('ice-restart.ndjson');
const live = settingOf(model, { title: 'x', live: true, refusal: () => undefined });

function pressed(keys: readonly string[], columns: number, setting: Setting): Ui {
  let ui = initialUi({ columns, rows: 24 }, setting.live);
  for (const key of keys) {
    const command = commandFor(key, ui, setting);
    if (command !== undefined) [ui] = update(ui, command, setting);
  }
  return ui;
}

const foot = (keys: readonly string[], columns: number): string =>
  footCells(pressed(keys, columns, live), live)
    .map(({ text }) => text)
    .join('');

describe('the last line', () => {
  it.each([
    ['the panes', []],
    ['a filter', ['/', 'f', 'r']],
    ['a filter with many words to go on with', ['/', '(']],
    ['a search', ['\\', 'b']],
    ['the palette', [':', 'c']],
  ])('of %s fits at any width, and cuts no word', (_what, keys) => {
    const words = new Set(foot(keys, 400).split(/ +/));
    for (let columns = 60; columns < 200; columns += 1) {
      const ui = pressed(keys, columns, live);
      expect(cellsWidth(footCells(ui, live))).toBeLessThanOrEqual(columns);
      for (const word of foot(keys, columns).split(/ +/)) expect([...words, '…']).toContain(word);
    }
  });

  it('says that there is more, and nothing where there is not', () => {
    expect(foot([], 80)).toMatch(/ …$/);
    expect(foot([], 400)).not.toContain('…');
  });
});
