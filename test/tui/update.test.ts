import { describe, expect, it } from 'vitest';
import { fixedFindings } from '../../src/rules/finding-store.ts';
import type { Finding } from '../../src/rules/rule.ts';
import { frameOf } from '../../src/tui/frame/frame.ts';
import { commandFor } from '../../src/tui/keymap.ts';
import { shownParties } from '../../src/tui/lane-order.ts';
import { matches } from '../../src/tui/palette.ts';
import { helpRows } from '../../src/tui/rows/help.ts';
import { ladderRows } from '../../src/tui/rows/ladder.ts';
import { type Effect, initialUi, type Setting, type Ui } from '../../src/tui/state.ts';
import { update } from '../../src/tui/update.ts';
import { look } from '../../src/tui/view.ts';
import { someFinding } from '../helpers/finding.ts';
import { emptyRecording, recorded } from '../recording.ts';
import { settingOf } from './setting.ts';

const { model } = recorded('ice-restart.ndjson');
const last = model.events.length;
const recording = settingOf(model, { refusal: () => 'a recording' });
const live: Setting = { ...recording, live: true, refusal: () => undefined };
const SOME = someFinding({ severity: 'error', side: 'alice' });
const size = { columns: 80, rows: 24 };
/** The screen at the start, but with every event listed. */
const everyUi = (isLive: boolean): Ui => ({ ...initialUi(size, isLive), every: true });

/** Presses keys one after the other. */
function press(keys: string, setting: Setting = recording, from: Ui = everyUi(setting.live)) {
  let ui = from;
  const effects: Effect[] = [];
  for (const key of keys.split(' ')) {
    const command = commandFor(key, ui, setting);
    if (command === undefined) continue;
    const [next, asked] = update(ui, command, setting);
    ui = next;
    effects.push(...asked);
  }
  return { ui, effects, view: look(ui, setting) };
}

describe('moving', () => {
  it('begins a recording at its first event and a live session at its newest', () => {
    expect(look(everyUi(false), recording).event?.seq).toBe(1);
    expect(look(everyUi(true), live).event?.seq).toBe(last);
  });

  it('goes down, up, to the ends and by pages', () => {
    expect(press('j j down k').view.event?.seq).toBe(3);
    expect(press('G').view.event?.seq).toBe(last);
    expect(press('G g').view.event?.seq).toBe(1);
    expect(press('pagedown').view.event?.seq).toBe(look(everyUi(false), recording).ladder.height);
  });

  it('stops following when moved away from the newest, and follows again at the end', () => {
    expect(press('k', live).ui.follow).toBe(false);
    expect(press('k', live).view.event?.seq).toBe(last - 1);
    expect(press('k G', live).ui.follow).toBe(true);
  });

  it('moves the cursor of the details when they have the focus', () => {
    const { ui, view } = press('3 return j');
    expect([ui.focus, view.detail.row, view.event?.seq]).toEqual(['detail', 1, 1]);
  });
});

describe('pausing', () => {
  it('holds the list still while events go on', () => {
    const { log, model: growing } = emptyRecording();
    const setting = { ...live, model: growing };
    const mark = (text: string) => log.append({ from: 'a', to: 'a', kind: 'mark', text });
    mark('zero');
    const first = press('j', setting).ui;
    mark('one');
    const { ui } = press('G p', setting, first);
    mark('two');
    expect(look(ui, setting)).toMatchObject({ total: 2, event: { seq: 2 } });
    expect(press('p', setting, ui).view).toMatchObject({ total: 3, event: { seq: 3 } });
  });

  it('says why there is nothing to pause in a recording', () => {
    expect(press('p').ui.toast?.text).toContain('recording');
  });
});

describe('the details', () => {
  it('folds and unfolds a section of the SDP', () => {
    const folded = press('3 return').view.rows.length;
    expect(press('3 return return').view.rows.length).toBeGreaterThan(folded);
    expect(press('3 return return return').view.rows.length).toBe(folded);
  });

  it('start anew with another event', () => {
    expect(press('3 return j j escape j').view.detail.row).toBe(0);
  });

  it('show tab after tab', () => {
    expect(['tab', 'tab tab', 'shift+tab', '4', '9'].map((keys) => press(keys).ui.tab)).toEqual([
      'agreement',
      'sdp',
      'timing',
      'raw',
      'changes',
    ]);
  });

  it('take the whole screen and give it back', () => {
    expect(press('z').view.layout.arrangement).toBe('detail-only');
    expect(press('z escape').view.layout.arrangement).toBe('below');
  });
});

describe('the filter', () => {
  it('applies while it is typed, is kept by Enter and cleared by Esc', () => {
    const typed = press('/ o f f e r');
    expect(typed.view.total).toBeGreaterThan(0);
    expect(typed.view.total).toBeLessThan(last);
    expect(press('/ o f f e r return').ui).toMatchObject({ filter: 'offer', prompt: undefined });
    expect(press('/ o f f e r escape').ui).toMatchObject({ filter: '', prompt: undefined });
    expect(press('/ o f backspace return').ui.filter).toBe('o');
    expect(press('/ o f return escape').ui.filter).toBe('');
  });

  it('is completed by Tab as far as it is clear, then by the first that fits', () => {
    expect(press('/ c o d tab').ui.filter).toBe('codec:');
    expect(press('/ d e s tab').ui.filter).toBe('description');
    expect(press('/ f r o m : a l tab').ui.filter).toBe('from:alice');
    expect(press('/ o f f e r space k i n d : p tab').ui.filter).toBe('offer kind:pr');
    expect(press('/ z z tab').ui).toMatchObject({ filter: 'zz', toast: { tone: 'warn' } });
  });

  it('with a mistake in it filters nothing and cannot be kept', () => {
    expect(press('/ k i n d : x').view.total).toBe(last);
    expect(press('/ k i n d : x return').ui).toMatchObject({
      prompt: {},
      toast: { text: expect.stringContaining('kind') },
    });
  });

  it('is saved under a name, and meant by it', () => {
    const saving = { ...recording, canSaveFilter: true, filters: () => ({ mine: 'kind:offer' }) };
    const { ui, effects } = press('/ @ o f f = o f f e r return', saving);
    expect(ui).toMatchObject({ filter: 'offer', prompt: undefined });
    expect(effects).toEqual([{ type: 'save-filter', name: 'off', text: 'offer' }]);
    expect(press('/ @ m i n e return', saving).view.total).toBe(press('/ o f f e r').view.total);
    expect(press('/ @ o f f = o f f e r return').ui.toast?.text).toContain('cannot be saved');
  });

  it('may leave nothing', () => {
    expect(press('/ z z z z').view).toMatchObject({ total: 0, index: -1, event: undefined });
  });
});

describe('finding a text', () => {
  it('goes to the next row that has it, around the end, in either pane', () => {
    const found = press('\\ a n s w e r return ]');
    expect(found.ui).toMatchObject({ find: 'answer', selected: 5, prompt: undefined });
    expect(press('] ]', recording, found.ui).ui.selected).toBe(21);
    expect(press('[', recording, found.ui).ui.selected).toBe(35);
    expect(press('\\ z z z return ]').ui.toast?.text).toContain('nothing listed has "zzz"');
    expect(press('escape', recording, found.ui).ui.find).toBe('');
    const inSdp = press('3 return return \\ e x t m a p return ]');
    expect(inSdp.view.rows[inSdp.ui.detail.row]?.key).toMatch(/^line /);
  });

  it('without a text goes to the next offer or answer, and to the next change', () => {
    expect(press(']').ui.selected).toBe(5);
    expect(press('] ] [').ui.selected).toBe(5);
    const diff = press('] ] 7 return ]');
    expect(diff.view.rows[diff.ui.detail.row]?.stop).toBe(true);
    expect(press(']', recording, diff.ui).ui.detail.row).toBeGreaterThan(diff.ui.detail.row);
  });
});

describe('times and lanes', () => {
  it('count from the start, from the row before, from the offer', () => {
    expect(press('t').ui.times).toBe('row');
    expect(press('t t').ui.times).toBe('round');
    expect(press('t t t').ui.times).toBe('session');
  });

  it('can be moved and hidden, and come back', () => {
    expect(shownParties(press('>').ui, model)).toEqual(['bob', 'alice']);
    expect(shownParties(press('> <').ui, model)).toEqual(['alice', 'bob']);
    expect(press('-').view.total).toBe(0);
    expect(shownParties(press('> =').ui, model)).toEqual(['alice', 'bob']);
    expect(press('-').ui.lanes.hidden).toEqual(['alice']);
    expect(press('=').ui.toast?.text).toContain('in their order');
  });
});

describe('notes', () => {
  const noting = { ...recording, canNote: true };
  it('are taken of the selected event', () => {
    const { ui, effects } = press('j M h i return', noting);
    expect(effects).toEqual([{ type: 'note', text: 'hi', of: 2 }]);
    expect(ui).toMatchObject({ note: '', prompt: undefined });
    expect(press('M h i escape', noting).effects).toEqual([]);
    expect(press('M').ui.toast?.text).toContain('no notes');
    expect(press("'").ui.toast?.text).toContain('no event has a note');
  });

  it('of a recording are not lost by leaving: leaving once more is meant', () => {
    const noted = press('j M h i return', noting);
    expect(noted.ui.unsaved).toBe(true);
    const left = press('q', noting, noted.ui);
    expect([left.effects, left.ui.toast?.text]).toEqual([[], expect.stringContaining('not saved')]);
    expect(press('q', noting, left.ui).effects).toEqual([{ type: 'quit' }]);
    expect(press('w q', noting, noted.ui).effects).toEqual([{ type: 'save' }, { type: 'quit' }]);
    const during = press('M h i return q', { ...live, canNote: true });
    expect(during.effects).toEqual([{ type: 'note', text: 'hi', of: last }, { type: 'quit' }]);
  });

  it('are gone to', () => {
    const { log, model: noted } = recorded('ice-restart.ndjson');
    log.append({ from: 'alice', to: 'alice', kind: 'mark', text: 'look', of: 11 });
    const { ui, view } = press("'", { ...recording, model: noted });
    expect(ui.selected).toBe(11);
    const { view: seen } = press('1', { ...recording, model: noted }, ui);
    expect(seen.rows[0]?.cells[0]?.text).toBe('▪ look');
    expect(
      ladderRows(ui, { ...recording, model: noted }, view).filter(({ cells }) => cells[1]?.text === '▪'),
    ).toHaveLength(1);
  });
});

describe('marking and comparing', () => {
  it('compares two marked descriptions, whichever was marked first', () => {
    const { ui, view } = press('/ o f f e r return j space k space D');
    expect(ui.comparing).toBe(true);
    expect(view.scene.compared?.map(({ seq }) => seq)).toEqual([...ui.marks].sort((a, b) => a - b));
    expect(press('escape', recording, ui).ui.comparing).toBe(false);
    expect(press('j', recording, ui).ui.comparing).toBe(false);
  });

  it('keeps the newest two marks', () => {
    expect(press('space j space j space').ui.marks).toEqual([2, 3]);
    expect(press('space space').ui.marks).toEqual([]);
  });

  it('says what is missing', () => {
    expect(press('j space D').ui.toast?.text).toContain('mark two');
  });
});

describe('what goes out', () => {
  it('asks for actions, copies, saves and quits', () => {
    expect(press('r', live).effects).toEqual([{ type: 'dispatch', action: { do: 'restart-ice', how: 'restartIce' } }]);
    expect(press('3 y').effects).toMatchObject([
      { type: 'copy', text: expect.stringMatching(/^v=0\r\n/), what: 'SDP of offer #1' },
    ]);
    expect(press('4 e').effects).toMatchObject([{ type: 'edit', text: expect.stringContaining('"type":"offer"') }]);
    expect(press('w').effects).toEqual([{ type: 'save' }]);
    expect(press('ctrl+c').effects).toEqual([{ type: 'quit' }]);
  });

  it('refuses with the reason, until the next key', () => {
    const { ui, effects } = press('h');
    expect([ui.toast?.text, effects]).toEqual(['a recording', []]);
    expect(press('j', recording, ui).ui.toast).toBeUndefined();
  });
});

describe('the help', () => {
  it('begins with what can be done, says once why the rest cannot, and cuts nothing', () => {
    const rows = helpRows(press('?').ui, recording).map(({ cells }) => cells.map(({ text }) => text).join(''));
    expect(rows[0]).toBe('Look');
    expect(rows).toContain('Act as a peer  (a recording)');
    expect(rows.filter((row) => row.includes('(a recording)'))).toHaveLength(2);
    expect(rows.filter((row) => row.length > size.columns)).toEqual([]);
    expect(rows.join(' ').replace(/ +/g, ' ')).toContain('of the details, or the newest that sends');
  });

  it('fills the screen again after it has become higher', () => {
    const { ui } = press('? G');
    const higher = { ...size, rows: 60 };
    const [resized] = update(ui, { type: 'resize', size: higher }, recording);
    const shownAt = (of: Ui) => frameOf({ ui: of, version: 0, now: 0 }, recording).slice(1, -1);
    expect(shownAt(resized).filter((text) => text.trim() === '').length).toBeLessThan(10);
    expect(shownAt(press('k', recording, resized).ui)).not.toEqual(shownAt(resized));
  });

  it('scrolls within its rows and goes away', () => {
    expect(press('? G').ui.helpTop).toBeGreaterThan(0);
    expect(press('? G j k').ui.helpTop).toBe(press('? G').ui.helpTop - 1);
    expect(press('? ?').ui.screen).toBe('main');
    expect(press('? escape').ui.screen).toBe('main');
  });
});

describe('what is listed', () => {
  const start = initialUi(size, false);

  it('is what matters, or every event', () => {
    const { view } = press('j', recording, start);
    expect([view.total, view.event?.seq]).toEqual([16, 2]);
    expect(press('E', recording, start).view.total).toBe(last);
    expect(press('j j E', recording, start).view.event?.seq).toBe(5);
  });

  it('stays at the row of an event that gets none of its own', () => {
    const { ui } = press('j j j', recording, everyUi(false));
    expect(ui.selected).toBe(4);
    expect(press('E', recording, ui).view.event?.seq).toBe(2);
  });

  it('is every event that fits, under a filter', () => {
    expect(press('/ k i n d : c a n d i d a t e return', recording, start).view.total).toBe(24);
    expect(press('/ o f f e r return E', recording, start).ui).toMatchObject({
      every: false,
      toast: { text: expect.stringContaining('every event already') },
    });
  });

  it('does not grow while paused, not even within a row', () => {
    const { log, model: growing } = emptyRecording();
    const setting = { ...live, model: growing };
    const more = () => {
      for (const event of model.events.slice(1, 4)) log.append(event);
    };
    more();
    const { ui } = press('p', setting, initialUi(size, true));
    more();
    expect(look(ui, setting)).toMatchObject({ total: 1, scene: { seqs: [1, 2, 3] } });
    expect(press('p', setting, ui).view.scene.seqs).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('findings', () => {
  const at = (event: number, severity: 'error' | 'warning' | 'info') => ({ ...SOME, event, severity });
  const start = initialUi(size, false);
  const found = (...findings: Finding[]): Setting => ({ ...recording, findings: fixedFindings(findings) });

  it('are walked, around the ends, and shown', () => {
    const setting = found(at(13, 'error'), at(3, 'warning'), at(20, 'info'));
    const walk = ['n', 'n n', 'n n n', 'N'].map((keys) => press(keys, setting, start).view.event?.seq);
    expect(walk).toEqual([2, 13, 2, 13]);
    expect(press('n', setting, start).view.tab.id).toBe('findings');
    expect(press('n', setting, start).view.scene.findings.here.map(({ event }) => event)).toEqual([3]);
  });

  it('that only inform are walked where there is nothing worse', () => {
    expect(press('n', found(at(20, 'info')), start).view.event?.seq).toBe(20);
  });

  it('may be filtered away', () => {
    expect(press('/ z z return n', found(at(20, 'error')), start).ui.toast?.text).toContain('among the listed');
  });
});

describe('the section a key acts on', () => {
  const start = initialUi(size, true);

  it.each([
    ['the newest, while the ladder has the focus', 'g 3 x', { do: 'stop' }],
    ['that of the SDP under the cursor', 'g 3 return j j x', { do: 'stop', mid: '1' }],
    ['that of the first description under the cursor', 'g 1 return j j j m', { do: 'direction', mid: '2' }],
  ])('is %s', (_what, keys, action) => {
    expect(press(keys, live, start).effects).toEqual([{ type: 'dispatch', action }]);
  });
});

describe('the palette', () => {
  it('finds a command by some of its letters and runs it', () => {
    expect(press(': e v e r y return').ui).toMatchObject({ screen: 'main', every: false });
    expect(press(': r s t i c e return', live).effects).toEqual([
      { type: 'dispatch', action: { do: 'restart-ice', how: 'restartIce' } },
    ]);
  });

  it('ends with what acts, where nothing can be acted on; what happens meanwhile never changes the order', () => {
    const groups = matches(press(':').ui, recording).map(({ group }) => group);
    const first = groups.indexOf('Act');
    expect(first).toBeGreaterThan(10);
    expect(groups.slice(first)).not.toContain('Look');
    const names = (refusal: Setting['refusal']) =>
      matches(press(':', live).ui, { ...live, refusal }).map(({ id }) => id);
    expect(names(() => 'an offer is under way')).toEqual(names(() => undefined));
  });

  it('chooses with the arrows, says why not, and goes away', () => {
    expect(press(': down down up').ui.palette.index).toBe(1);
    expect(press(': h a n g return').ui).toMatchObject({ screen: 'palette', toast: { text: 'a recording' } });
    expect(press(': h a escape').ui).toMatchObject({ screen: 'main', filter: '' });
    expect(press(': q q q q return').effects).toEqual([]);
  });
});
