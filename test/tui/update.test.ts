import { describe, expect, it } from 'vitest';
import { fixedFindings } from '../../src/rules/live.ts';
import { commandFor } from '../../src/tui/keymap.ts';
import { type Effect, initialUi, type Setting, type Ui } from '../../src/tui/state.ts';
import { UNICODE } from '../../src/tui/theme.ts';
import { update } from '../../src/tui/update.ts';
import { look } from '../../src/tui/view.ts';
import { emptyRecording, recorded } from '../recording.ts';

const { model } = recorded('ice-restart.ndjson');
const last = model.events.length;
const recording: Setting = {
  model,
  title: 't',
  live: false,
  glyphs: UNICODE,
  findings: fixedFindings([]),
  canSave: true,
  canEdit: true,
  refusal: () => 'a recording',
};
const live: Setting = { ...recording, live: true, refusal: () => undefined };
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
      'state',
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

  it('may leave nothing', () => {
    expect(press('/ z z z z').view).toMatchObject({ total: 0, index: -1, event: undefined });
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
  it('scrolls within its rows and goes away', () => {
    expect(press('? G').ui.helpTop).toBeGreaterThan(0);
    expect(press('? G j k').ui.helpTop).toBe(press('? G').ui.helpTop - 1);
    expect(press('? ?').ui.screen).toBe('main');
    expect(press('? escape').ui.screen).toBe('main');
  });
});
