import { expect, it } from 'vitest';
import { endTurn } from '../../src/tui/patience.ts';
import { initialUi, type Setting, type Ui } from '../../src/tui/state.ts';
import { update } from '../../src/tui/update.ts';
import { isListing, listingOf } from '../../src/tui/visible.ts';
import { emptyRecording } from '../recording.ts';
import { settingOf } from './setting.ts';

/** So many marks, of which each look takes a millisecond. */
function marks(count: number): { readonly setting: Setting; readonly ui: Ui } {
  const { log, model } = emptyRecording();
  for (let index = 1; index <= count; index += 1)
    log.append({ from: 'a', to: 'b', kind: 'mark', text: `mark ${index}` });
  let now = 0;
  const clock = () => {
    now += 1;
    return now;
  };
  const setting = settingOf(model, { clock, again: () => {} });
  const ui = initialUi({ columns: 80, rows: 24 }, false);
  do listingOf(setting, ui);
  while (isListing(setting));
  return { setting, ui };
}

/** Searches on until it is over; how many frames that takes. */
function sought(ui: Ui, setting: Setting, by: 1 | -1): readonly [Ui, number] {
  let [next] = update(ui, { type: 'stop', by }, setting);
  let frames = 1;
  for (; next.seeking !== undefined && frames < 1000; frames += 1) {
    expect(next.toast?.text).toMatch(/^searching: row \d+ of 300$/);
    endTurn(setting.model);
    [next] = update(next, { type: 'seek' }, setting);
  }
  return [next, frames];
}

it('a long search goes on from frame to frame, in either direction and around the end', () => {
  const { setting, ui } = marks(300);
  const [found, frames] = sought({ ...ui, find: 'mark 250' }, setting, 1);
  expect(found.selected).toBe(250);
  expect(frames).toBeGreaterThan(20);
  const [before, fewer] = sought({ ...ui, find: 'mark 290' }, setting, -1);
  expect(before.selected).toBe(290);
  expect(fewer).toBeLessThan(frames);
});

it('what is nowhere is said to be so in the end', () => {
  const { setting, ui } = marks(300);
  const [after] = sought({ ...ui, find: 'nowhere' }, setting, 1);
  expect(after).toMatchObject({ selected: 1, toast: { text: 'nothing listed has "nowhere"' } });
});

it('any other key ends it', () => {
  const { setting, ui } = marks(300);
  const [searching] = update({ ...ui, find: 'mark 250' }, { type: 'stop', by: 1 }, setting);
  expect(searching.seeking).toBeDefined();
  const [moved] = update(searching, { type: 'move', by: 1 }, setting);
  expect(moved).toMatchObject({ selected: 2, seeking: undefined, toast: undefined });
  expect(update(moved, { type: 'seek' }, setting)[0].selected).toBe(2);
});
