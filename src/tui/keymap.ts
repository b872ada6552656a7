/** The keys, as data: dispatch, the footer's hints, `?`, and the README's table all come from here. */
import type { Action } from '../core/event.ts';
import type { Command, Setting, Ui } from './state.ts';
import { compareRefusal } from './view.ts';
import { filterFault } from './visible.ts';

/** Where a key means something: in both panes, in one of them, in the help, or while the filter is typed. */
export type Scope = 'ladder' | 'detail' | 'help' | 'filter';

export interface Binding {
  readonly id: string;
  /** Names as `keyName` gives them; any of them will do. */
  readonly keys: readonly string[];
  readonly on: readonly Scope[];
  readonly group: 'Move' | 'Look' | 'Take' | 'Act' | 'Leave' | 'Filter';
  readonly help: string;
  /** The footer's word for it; without, it is only in the help. */
  readonly hint?: string;
  readonly command: Command;
  /** Why it can do nothing now. */
  disabled?(ui: Ui, setting: Setting): string | undefined;
}

const MAIN: readonly Scope[] = ['ladder', 'detail'];
const MOVING: readonly Scope[] = ['ladder', 'detail', 'help'];

const moves: readonly Binding[] = [
  { id: 'down', keys: ['down', 'j'], on: MOVING, group: 'Move', help: 'next line', command: { type: 'move', by: 1 } },
  { id: 'up', keys: ['up', 'k'], on: MOVING, group: 'Move', help: 'previous line', command: { type: 'move', by: -1 } },
  {
    id: 'page-down',
    keys: ['pagedown', 'ctrl+f'],
    on: MOVING,
    group: 'Move',
    help: 'a page down',
    command: { type: 'page', by: 1 },
  },
  {
    id: 'page-up',
    keys: ['pageup', 'ctrl+b'],
    on: MOVING,
    group: 'Move',
    help: 'a page up',
    command: { type: 'page', by: -1 },
  },
  {
    id: 'first',
    keys: ['g', 'home'],
    on: MOVING,
    group: 'Move',
    help: 'to the first',
    command: { type: 'edge', to: 'first' },
  },
  {
    id: 'last',
    keys: ['G', 'end'],
    on: MOVING,
    group: 'Move',
    help: 'to the last; of a live session: and follow',
    command: { type: 'edge', to: 'last' },
  },
  {
    id: 'right',
    keys: ['right'],
    on: MAIN,
    group: 'Move',
    help: 'details: scroll right',
    command: { type: 'scroll', by: 8 },
  },
  {
    id: 'left',
    keys: ['left'],
    on: MAIN,
    group: 'Move',
    help: 'details: scroll left',
    command: { type: 'scroll', by: -8 },
  },
  {
    id: 'enter',
    keys: ['return'],
    on: ['ladder'],
    group: 'Move',
    help: 'go to the details',
    hint: 'details',
    command: { type: 'enter' },
  },
  {
    id: 'fold',
    keys: ['return'],
    on: ['detail'],
    group: 'Look',
    help: 'details: fold or unfold',
    hint: 'fold',
    command: { type: 'enter' },
  },
  {
    id: 'back',
    keys: ['escape'],
    on: MOVING,
    group: 'Move',
    help: 'back: out of help, zoom, details, comparison, filter',
    command: { type: 'back' },
  },
];

const looks: readonly Binding[] = [
  {
    id: 'next-tab',
    keys: ['tab'],
    on: MAIN,
    group: 'Look',
    help: 'next tab',
    hint: 'tab',
    command: { type: 'tab', by: 1 },
  },
  {
    id: 'previous-tab',
    keys: ['shift+tab'],
    on: MAIN,
    group: 'Look',
    help: 'previous tab',
    command: { type: 'tab', by: -1 },
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (number): Binding => ({
      id: `tab-${number}`,
      keys: [String(number)],
      on: MAIN,
      group: 'Look',
      help: `tab ${number}`,
      command: { type: 'tab-to', number },
    }),
  ),
  {
    id: 'zoom',
    keys: ['z'],
    on: MAIN,
    group: 'Look',
    help: 'details over the whole screen, and back',
    command: { type: 'zoom' },
  },
  {
    id: 'follow',
    keys: ['f'],
    on: MAIN,
    group: 'Look',
    help: 'follow the newest event',
    hint: 'follow',
    command: { type: 'follow' },
    disabled: needsLive,
  },
  {
    id: 'pause',
    keys: ['p'],
    on: MAIN,
    group: 'Look',
    help: 'hold the list still (recording goes on), and go on',
    hint: 'pause',
    command: { type: 'pause' },
    disabled: needsLive,
  },
  {
    id: 'filter',
    keys: ['/'],
    on: MAIN,
    group: 'Look',
    help: 'filter the events; Esc clears',
    hint: 'filter',
    command: { type: 'filter' },
  },
  {
    id: 'next-finding',
    keys: ['n'],
    on: MAIN,
    group: 'Look',
    help: 'next finding',
    command: { type: 'finding', by: 1 },
    disabled: noFindings,
  },
  {
    id: 'previous-finding',
    keys: ['N'],
    on: MAIN,
    group: 'Look',
    help: 'previous finding',
    command: { type: 'finding', by: -1 },
    disabled: noFindings,
  },
  {
    id: 'mark',
    keys: ['space'],
    on: MAIN,
    group: 'Look',
    help: 'mark the event, or take the mark away',
    command: { type: 'mark' },
  },
  {
    id: 'compare',
    keys: ['D'],
    on: MAIN,
    group: 'Look',
    help: 'diff the marked two',
    command: { type: 'compare' },
    disabled: compareRefusal,
  },
];

const takes: readonly Binding[] = [
  {
    id: 'copy',
    keys: ['y'],
    on: MAIN,
    group: 'Take',
    help: 'copy what the tab shows (OSC 52)',
    hint: 'copy',
    command: { type: 'copy' },
  },
  {
    id: 'save',
    keys: ['w'],
    on: MAIN,
    group: 'Take',
    help: 'save the session',
    command: { type: 'save' },
    disabled: (_ui, { canSave }) => (canSave ? undefined : 'this session is a file already'),
  },
  {
    id: 'edit',
    keys: ['e'],
    on: MAIN,
    group: 'Take',
    help: 'open what the tab shows in $EDITOR',
    command: { type: 'edit' },
    disabled: (_ui, { canEdit }) => (canEdit ? undefined : 'set $EDITOR or $VISUAL to open an editor'),
  },
];

const acts: readonly Binding[] = [
  act('call', 'c', 'call the other peer', { do: 'call' }),
  act('restart-ice', 'r', 'restart ICE by restartIce()', { do: 'restart-ice', how: 'restartIce' }, 'ICE restart'),
  act('restart-ice-offer', 'R', 'restart ICE by createOffer({iceRestart: true})', {
    do: 'restart-ice',
    how: 'createOffer',
  }),
  act('offer', 'o', 'send an offer', { do: 'offer' }, 'offer'),
  act('add-audio', 'a', 'add audio', { do: 'add', media: 'audio' }, 'audio'),
  act('add-video', 'v', 'add video', { do: 'add', media: 'video' }, 'video'),
  act('add-data', 'd', 'add a data channel', { do: 'add', media: 'data' }, 'data'),
  act('stop', 'x', 'stop the newest sending section', { do: 'stop' }),
  act('direction', 'm', 'change the direction of a section', { do: 'direction' }),
  act('rollback', 'b', 'roll back the pending offer', { do: 'rollback' }),
  act('hangup', 'h', 'hang up', { do: 'hangup' }, 'hang up'),
];

const leaves: readonly Binding[] = [
  {
    id: 'help',
    keys: ['?'],
    on: MOVING,
    group: 'Leave',
    help: 'this help, and back',
    hint: 'help',
    command: { type: 'help' },
  },
  {
    id: 'quit',
    keys: ['q', 'ctrl+c'],
    on: MOVING,
    group: 'Leave',
    help: 'quit',
    hint: 'quit',
    command: { type: 'quit' },
  },
  {
    id: 'filter-done',
    keys: ['return'],
    on: ['filter'],
    group: 'Filter',
    help: 'keep the filter',
    hint: 'keep',
    command: { type: 'accept' },
    disabled: ({ filter }) => filterFault(filter),
  },
  {
    id: 'filter-clear',
    keys: ['escape'],
    on: ['filter'],
    group: 'Filter',
    help: 'clear the filter',
    hint: 'clear',
    command: { type: 'cancel' },
  },
  {
    id: 'filter-erase',
    keys: ['backspace', 'delete'],
    on: ['filter'],
    group: 'Filter',
    help: 'erase a character',
    command: { type: 'erase', all: false },
  },
  {
    id: 'filter-erase-all',
    keys: ['ctrl+u'],
    on: ['filter'],
    group: 'Filter',
    help: 'erase it all',
    command: { type: 'erase', all: true },
  },
  { id: 'filter-quit', keys: ['ctrl+c'], on: ['filter'], group: 'Filter', help: 'quit', command: { type: 'quit' } },
];

/** All of them. Their order is the order of the footer and of the help. */
export const BINDINGS: readonly Binding[] = [...acts, ...looks, ...takes, ...moves, ...leaves];

function act(id: string, key: string, help: string, action: Action, hint?: string): Binding {
  const disabled = (_ui: Ui, setting: Setting) => setting.refusal(action);
  return {
    id,
    keys: [key],
    on: MAIN,
    group: 'Act',
    help,
    ...(hint === undefined ? {} : { hint }),
    command: { type: 'act', action },
    disabled,
  };
}

function needsLive(_ui: Ui, { live }: Setting): string | undefined {
  return live ? undefined : 'this is a recording: nothing more will come';
}

function noFindings(): string {
  return 'there are no findings to go to';
}

export function scopeOf(ui: Ui): Scope {
  if (ui.prompt !== undefined) return 'filter';
  return ui.screen === 'help' ? 'help' : ui.focus;
}

const BY_KEY: ReadonlyMap<string, Binding> = new Map(
  BINDINGS.flatMap((binding) => binding.on.flatMap((scope) => binding.keys.map((key) => [`${scope} ${key}`, binding]))),
);

/** What a key asks for: the binding's command, or why not as a toast; typing while there is a prompt; else nothing. */
export function commandFor(key: string, ui: Ui, setting: Setting): Command | undefined {
  const scope = scopeOf(ui);
  const binding = BY_KEY.get(`${scope} ${key}`);
  if (binding === undefined) return scope === 'filter' ? typing(key) : undefined;
  const reason = binding.disabled?.(ui, setting);
  return reason === undefined ? binding.command : { type: 'say', text: reason, tone: 'warn' };
}

function typing(key: string): Command | undefined {
  const text = key === 'space' ? ' ' : key;
  return [...text].length === 1 ? { type: 'type', text } : undefined;
}

const SHOWN: Readonly<Record<string, string>> = {
  return: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Del',
};

/** The key's name as people write it: `Ctrl-C`, `PgUp`, `g`. */
export function shownKey(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+(.)$/, (_all, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

export interface KeyRow {
  readonly group: Binding['group'];
  readonly keys: string;
  readonly help: string;
  readonly binding: Binding;
}

/** One row a binding for the README and the help; the nine tabs take one row together. */
export function keyTable(): readonly KeyRow[] {
  return BINDINGS.filter(({ id }) => !/^tab-[2-9]$/.test(id)).map((binding) => ({
    group: binding.group,
    keys: binding.id === 'tab-1' ? '1 .. 9' : binding.keys.map(shownKey).join(' '),
    help: binding.id === 'tab-1' ? 'that tab' : binding.help,
    binding,
  }));
}
