import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { emptyModel } from '../../src/core/reduce.ts';
import { BINDINGS } from '../../src/tui/bindings.ts';
import { keyNamed, shownKey } from '../../src/tui/key-names.ts';
import { commandFor, createKeymap, keyTable } from '../../src/tui/keymap.ts';
import { keyNames } from '../../src/tui/keys.ts';
import { initialUi, type Setting } from '../../src/tui/state.ts';
import { settingOf } from './setting.ts';

const recording = settingOf(emptyModel(), {
  title: '',
  canSave: false,
  canEdit: false,
  refusal: () => 'a recording cannot be acted on',
});
const live: Setting = { ...recording, live: true, canSave: true, canEdit: true, refusal: () => undefined };
const ui = initialUi({ columns: 80, rows: 24 }, false);

describe('the keymap', () => {
  it('binds no key twice in one place', () => {
    const bound = BINDINGS.flatMap(({ on, keys }) => on.flatMap((scope) => keys.map((key) => `${scope} ${key}`)));
    expect(bound.filter((entry, index) => bound.indexOf(entry) !== index)).toEqual([]);
  });

  it('gives every binding an id of its own and help', () => {
    expect(new Set(BINDINGS.map(({ id }) => id)).size).toBe(BINDINGS.length);
    expect(BINDINGS.filter(({ help }) => help.trim() === '')).toEqual([]);
  });

  it('says why a key cannot act', () => {
    expect(commandFor('r', ui, recording)).toEqual({
      type: 'say',
      text: 'a recording cannot be acted on',
      tone: 'warn',
    });
    expect(commandFor('D', ui, recording)).toMatchObject({ type: 'say', text: expect.stringContaining('mark two') });
    expect(commandFor('n', ui, live)).toMatchObject({ type: 'say' });
  });

  it.each([
    ['c', { do: 'call' }],
    ['r', { do: 'restart-ice', how: 'restartIce' }],
    ['R', { do: 'restart-ice', how: 'createOffer' }],
    ['o', { do: 'offer' }],
    ['a', { do: 'add', media: 'audio' }],
    ['v', { do: 'add', media: 'video' }],
    ['d', { do: 'add', media: 'data' }],
    ['x', { do: 'stop' }],
    ['m', { do: 'direction' }],
    ['b', { do: 'rollback' }],
    ['h', { do: 'hangup' }],
  ] as const)('acts on %s', (key, action) => {
    expect(commandFor(key, ui, live)).toEqual({ type: 'act', action });
  });

  it('takes every character as text while the filter is typed', () => {
    const typing = { ...ui, prompt: { for: 'filter' as const, before: '' } };
    expect(commandFor('q', typing, live)).toEqual({ type: 'type', text: 'q' });
    expect(commandFor('space', typing, live)).toEqual({ type: 'type', text: ' ' });
    expect(commandFor('escape', typing, live)).toEqual({ type: 'cancel' });
    expect(commandFor('up', typing, live)).toBeUndefined();
  });

  it('has a table with one row for all tabs', () => {
    const table = keyTable();
    expect(table.filter(({ keys }) => keys === '1 .. 8')).toHaveLength(1);
    expect(table.map(({ keys }) => keys)).toContain('q Ctrl-C');
  });
});

describe('keyNames', () => {
  const none = {} as Key;
  it.each([
    ['gg', none, ['g', 'g']],
    [' ', none, ['space']],
    ['j\rk', none, ['j', 'return', 'k']],
    ['xy\u0015z', none, ['x', 'y', 'ctrl+u', 'z']],
    ['\u001b]52', none, [']', '5', '2']],
    ['c', { ctrl: true } as Key, ['ctrl+c']],
    ['', { tab: true, shift: true } as Key, ['shift+tab']],
    ['', { upArrow: true } as Key, ['up']],
    ['q', { meta: true } as Key, ['escape', 'q']],
    ['', { escape: true, meta: true } as Key, ['escape', 'escape']],
    ['é', none, ['é']],
  ])('of %j', (input, key, names) => {
    expect(keyNames(input, key)).toEqual(names);
  });
});

describe("keys of one's own", () => {
  const asked = (keys: Readonly<Record<string, string>>) => {
    const keymap = createKeymap(keys);
    const does = (key: string) => commandFor(key, ui, { ...live, keymap });
    return { ...keymap, does };
  };

  it('take the place of the usual ones', () => {
    const { does, problems } = asked({ 'restart-ice': 'Q Ctrl-R', hangup: 'none' });
    expect(does('Q')).toEqual(does('ctrl+r'));
    expect(does('Q')).toMatchObject({ type: 'act', action: { do: 'restart-ice' } });
    expect([does('r'), does('h')]).toEqual([undefined, undefined]);
    expect(problems).toEqual([]);
  });

  it('take a key from what had it, and say what has none any more', () => {
    const { does, problems } = asked({ 'restart-ice': 'o' });
    expect(does('o')).toMatchObject({ action: { do: 'restart-ice' } });
    expect(problems).toEqual(['keys: offer has no key any more, since o is restart-ice now']);
  });

  it('never take away the way out', () => {
    expect(asked({ quit: 'none', offer: 'ctrl+c' }).does('ctrl+c')).toEqual({ type: 'quit' });
  });

  it('are shown in the help', () => {
    expect(
      keyTable(createKeymap({ 'restart-ice': 'Ctrl-R' })).find(({ binding }) => binding.id === 'restart-ice')?.keys,
    ).toBe('Ctrl-R');
  });

  it('are read as they are shown', () => {
    for (const { keys } of BINDINGS) for (const key of keys) expect(keyNamed(shownKey(key))).toBe(key);
  });
});
