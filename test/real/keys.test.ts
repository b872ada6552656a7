/** Every key of the keymap, pressed in a real terminal: it does what the table says, or says why it cannot. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BINDINGS } from '../../src/tui/bindings.ts';
import { withParts } from './parts.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const BIN = fileURLToPath(new URL('../../bin/renego.js', import.meta.url));
const SESSION = fileURLToPath(new URL('../fixtures/sessions/ice-restart.ndjson', import.meta.url));

/** What is pressed before, the key itself, and what the screen shows then; afterwards all is as it was. */
interface Press {
  readonly before?: readonly string[];
  readonly key: string;
  readonly shows: RegExp;
  readonly back?: readonly string[];
}

const RECORDING = /a recording cannot be acted on/;
const acts = [
  'call',
  'restart-ice',
  'restart-ice-offer',
  'offer',
  'add-audio',
  'relay-only',
  'all-candidates',
  'configure',
  'add-video',
  'add-data',
  'stop',
  'direction',
];
const others = [
  'rollback',
  'hangup',
  'stats',
  'step',
  'hold-next',
  'hold-all',
  'let-go',
  'edit-held',
  'drop-held',
  'duplicate-held',
  'delay-held',
  'reorder-held',
  'edit-held-frame',
  'hold-nothing',
  'inject',
];

const keyOf = (id: string): string => BINDINGS.find((binding) => binding.id === id)?.keys[0] ?? '';
const TMUX: Readonly<Record<string, string>> = {
  return: 'Enter',
  escape: 'Escape',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'BTab',
  backspace: 'BSpace',
  delete: 'DC',
  pageup: 'PPage',
  pagedown: 'NPage',
};
const tmuxKey = (key: string): string => TMUX[key] ?? key.replace(/^ctrl\+/, 'C-');

const PRESSES: Readonly<Record<string, Press>> = {
  ...Object.fromEntries([...acts, ...others].map((id) => [id, { key: keyOf(id), shows: RECORDING }])),
  'next-tab': { key: 'tab', shows: /\[2 Agreement\]/, back: ['1'] },
  'previous-tab': { key: 'shift+tab', shows: /\[8 Timing\]/, back: ['1'] },
  'tab-1': { before: ['2'], key: '1', shows: /\[1 Changes\]/ },
  'tab-2': { key: '2', shows: /\[2 Agreement\]/, back: ['1'] },
  'tab-3': { key: '3', shows: /\[3 SDP\]/, back: ['1'] },
  'tab-4': { key: '4', shows: /\[4 Raw\]/, back: ['1'] },
  'tab-5': { key: '5', shows: /\[5 Findings\]/, back: ['1'] },
  'tab-6': { key: '6', shows: /\[6 State\]/, back: ['1'] },
  'tab-7': { key: '7', shows: /\[7 Diff\]/, back: ['1'] },
  'tab-8': { key: '8', shows: /\[8 Timing\]/, back: ['1'] },
  'ladder-smaller': { key: '{', shows: /^[^\n]{74}│\[1 Cha/m, back: ['}'] },
  'ladder-larger': { key: '}', shows: /^[^\n]{82}│\[1 Cha/m, back: ['{'] },
  zoom: { key: 'z', shows: /^ 1 Changes|^\[1 Changes\]/m, back: ['z', 'escape'] },
  follow: { key: 'f', shows: /this is a recording: nothing more will come/ },
  pause: { key: 'p', shows: /this is a recording: nothing more will come/ },
  filter: { key: '/', shows: /filter: /, back: ['escape'] },
  find: { key: '\\', shows: /find: /, back: ['escape'] },
  'next-stop': { key: ']', shows: /▌ +5 /, back: ['g'] },
  'previous-stop': { before: ['G'], key: '[', shows: /▌ +35 /, back: ['g'] },
  times: { key: 't', shows: /\+row alice/, back: ['t', 't'] },
  beside: { key: 'U', shows: /\[7 Diff\]/, back: ['U', '1'] },
  'lane-left': { before: [']'], key: '<', shows: /s bob +alice/, back: ['=', 'g'] },
  'lane-right': { key: '>', shows: /s bob +alice/, back: ['='] },
  'lane-hide': { key: '-', shows: /s bob +│/, back: ['='] },
  'lanes-all': { before: ['>'], key: '=', shows: /s alice +bob/ },
  every: { key: 'E', shows: / 4 +0\.280/, back: ['E'] },
  'next-finding': { key: 'n', shows: /\[5 Findings\]/, back: ['1', 'g'] },
  'previous-finding': { key: 'N', shows: /\[5 Findings\]/, back: ['1', 'g'] },
  mark: { key: 'space', shows: /▌◆ +1 /, back: ['space'] },
  compare: {
    before: ['space', ']', 'space'],
    key: 'D',
    shows: /- offer #1 of alice[\s\S]*\+ answer #1 of bob/,
    back: ['escape', 'space', 'g', 'space'],
  },
  fold: { before: ['3', 'return'], key: 'return', shows: /▾ session/, back: ['return', 'escape', '1'] },
  copy: { key: 'y', shows: /characters sent to the clipboard/ },
  save: { key: 'w', shows: /saved to renego-.*\.renego\.ndjson/ },
  'save-listed': {
    before: ['/', 'a', 'n', 's', 'w', 'e', 'r', 'return'],
    key: 'W',
    shows: /\d+ events saved to renego-/,
    back: ['escape', 'g'],
  },
  note: { key: 'M', shows: /note: /, back: ['h', 'i', 'return'] },
  'next-note': { before: ['G'], key: "'", shows: /▌▪ +1 /, back: ['g'] },
  'page-out': { before: ['3'], key: 'P', shows: /\[3 SDP\]/, back: ['1'] },
  edit: { before: ['3'], key: 'e', shows: /\[3 SDP\]/, back: ['1'] },
  down: { key: 'j', shows: /▌ +2 /, back: ['g'] },
  up: { before: ['j'], key: 'k', shows: /▌▪? +1 / },
  'page-down': { key: 'ctrl+f', shows: /▌ +36 |▌ +39 /, back: ['g'] },
  'page-up': { before: ['G'], key: 'ctrl+b', shows: /▌▪? +1 /, back: ['g'] },
  first: { before: ['G'], key: 'g', shows: /▌▪? +1 / },
  last: { key: 'G', shows: /▌ +39 /, back: ['g'] },
  right: { before: ['4', 'return'], key: 'right', shows: /│▌· transcript/, back: ['left', 'escape', '1'] },
  left: { before: ['4', 'return', 'right'], key: 'left', shows: /│▌event 1 · transcript/, back: ['escape', '1'] },
  enter: { before: ['3'], key: 'return', shows: /│▌(▸ session|no description)/, back: ['escape', '1'] },
  back: { before: ['3', 'return'], key: 'escape', shows: /│ (▸ session|no description)/, back: ['1'] },
  help: { key: '?', shows: /next tab/, back: ['?'] },
  palette: { key: ':', shows: /command: /, back: ['escape'] },
  theme: { key: 'T', shows: /theme: dark/ },
  'filter-done': { before: ['/', 'o', 'f', 'f', 'e', 'r'], key: 'return', shows: /filter offer/, back: ['escape'] },
  'filter-complete': { before: ['/', 'o', 'f'], key: 'tab', shows: /filter: offer/, back: ['escape'] },
  'text-done': { before: ['\\', 'b', 'o', 'b'], key: 'return', shows: /\? help/, back: ['escape'] },
  'typed-clear': { before: ['/', 'x'], key: 'escape', shows: /\? help/ },
  'typed-erase': { before: ['/', 'x', 'y'], key: 'backspace', shows: /filter: x█/, back: ['escape'] },
  'typed-erase-all': { before: ['/', 'x', 'y'], key: 'ctrl+u', shows: /filter: █/, back: ['escape'] },
  'palette-run': { before: [':', 'h', 'e', 'l', 'p'], key: 'return', shows: /next tab/, back: ['?'] },
  'palette-down': { before: [':', 't', 'a', 'b'], key: 'down', shows: /▌ 2 +tab Agreement/, back: ['escape'] },
  'palette-up': { before: [':', 't', 'a', 'b', 'down'], key: 'up', shows: /▌ 1 +tab Changes/, back: ['escape'] },
};
/** Every key of each, the way to the place where it means something and the way back being the same. */
const KEYS = Object.entries(PRESSES).flatMap(([id, press]) => {
  const others = BINDINGS.find((binding) => binding.id === id)?.keys.filter((key) => key !== press.key) ?? [];
  return [press.key, ...others].map((key) => [id, key, press] as const);
});
/** These leave the screen. */
const LEAVING = ['quit', 'typed-quit', 'suspend'];

withParts(['tmux'], 'every key in a terminal', () => {
  let folder: string;
  let terminal: Terminal;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-keys-'));
    copyFileSync(SESSION, join(folder, 'call.ndjson'));
    writeFileSync(join(folder, 'my editor'), '#!/bin/sh\ntest -s "$2" && echo "$1" > edited\n', { mode: 0o755 });
    writeFileSync(join(folder, 'my pager'), '#!/bin/sh\nhead -1 "$1" > paged\n', { mode: 0o755 });
    terminal = await openTerminal(folder, 130, 36);
    start();
    await terminal.until(/▌ +1 [\s\S]*\? help/);
  });
  const start = () =>
    terminal.run(
      `clear; EDITOR="'./my editor' '--wait for it'" PAGER="'./my pager'" XDG_CONFIG_HOME=. '${process.execPath}' '${BIN}' view call.ndjson; echo "left with $?"`,
    );
  afterAll(() => {
    terminal?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the table has them all', () => {
    const ids = BINDINGS.map(({ id }) => id).filter((id) => !LEAVING.includes(id));
    expect(Object.keys(PRESSES).toSorted()).toEqual(ids.toSorted());
  });

  test.each(KEYS)('%s: %s', async (_id, key, { before = [], shows, back = [] }) => {
    for (const one of before) terminal.press(tmuxKey(one));
    terminal.press(tmuxKey(key));
    await terminal.until(shows);
    // Esc and a key right behind it would be another key: after each, the screen is waited for.
    for (const one of back) {
      terminal.press(tmuxKey(one));
      await terminal.until(one === 'escape' ? /\? help/ : /call\.ndjson/);
    }
    if (key === 'escape') await terminal.until(/\? help/);
    await terminal.until(/s alice +bob/);
  });

  test('what was saved, paged and copied is there', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('.renego.ndjson')).length).toBeGreaterThan(0);
    expect(readFileSync(join(folder, 'edited'), 'utf8')).toBe('--wait for it\n');
    expect(readFileSync(join(folder, 'paged'), 'utf8')).toMatch(/^v=0\r?\n$/);
    // OSC 52, and what tmux was given: it takes none of the former as it comes.
    expect(terminal.written()).toMatch(/\u001b\]52;c;[\w+/=]{20,}\u0007/);
    expect(terminal.copied()).toMatch(/^offer #1 alice → bob/);
  });

  test('the mouse selects, scrolls, opens a tab and drags the line between the panes', async () => {
    terminal.point(0, 20, 5);
    terminal.point(0, 20, 5, 'm');
    await terminal.until(/▌ +5 /);
    terminal.point(65, 20, 5);
    await terminal.until(/▌ +11 /);
    const bar = terminal.screen().split('\n')[1] ?? '';
    terminal.point(0, bar.indexOf('3 SDP') + 1, 2);
    await terminal.until(/\[3 SDP\]/);
    const line = bar.lastIndexOf('│') + 1;
    terminal.point(0, line, 9);
    terminal.point(32, line - 20, 9);
    terminal.point(0, line - 20, 9, 'm');
    await terminal.until(new RegExp(`^[^\\n]{${line - 21}}│ 1 Cha`, 'm'));
    terminal.press('Escape');
    await terminal.until(/\? help/);
  });

  const LEAVES: readonly (readonly [string, readonly string[]])[] = [
    ['quit', ['q']],
    ['quit', ['C-c']],
    ['typed-quit', ['/', 'x', 'C-c']],
    ['typed-quit', [':', 'C-c']],
  ];
  test.each(LEAVES)('%s: %j gives the terminal back', async (_id, keys) => {
    // Notes that are not saved are asked about first.
    terminal.press('w');
    await terminal.until(/saved to renego-/);
    for (const key of keys) terminal.press(key);
    // What was typed while the editor had the terminal stands before it.
    await terminal.until(/left with 0/);
    expect([terminal.normal(), terminal.cursorShown()]).toEqual([true, true]);
    for (const mode of ['7', '25'])
      expect([...terminal.written().matchAll(new RegExp(`\\?${mode}([hl])`, 'g'))].at(-1)?.[1]).toBe('h');
    for (const mode of ['1000', '1002', '1006', '1049', '2026'])
      expect([...terminal.written().matchAll(new RegExp(`\\?${mode}([hl])`, 'g'))].at(-1)?.[1]).toBe('l');
    start();
    await terminal.until(/▌ +1 [\s\S]*\? help/);
  });
});
