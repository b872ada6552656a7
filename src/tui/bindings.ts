/** The keys, as data: dispatch, the footer's hints, `?` and the README's table all come from here. */
import type { Action } from '../core/event.ts';
import { type Binding, binder, type Scope } from './binding.ts';
import type { Setting, Ui } from './state.ts';
import { compareRefusal } from './view.ts';
import { filterFault } from './visible.ts';

const PANES: readonly Scope[] = ['ladder', 'detail'];
const READING: readonly Scope[] = ['ladder', 'detail', 'help'];

const acts: readonly Binding[] = [
  act('call', 'c', 'call the other peer', { do: 'call' }, 'call'),
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

function act(id: string, key: string, help: string, action: Action, hint?: string): Binding {
  const disabled = (_ui: Ui, setting: Setting) => setting.refusal(action);
  return binder('Act', PANES)(
    id,
    key,
    help,
    { type: 'act', action },
    { disabled, ...(hint === undefined ? {} : { hint }) },
  );
}

const look = binder('Look', PANES);
const needsLive = (_ui: Ui, { live }: Setting) => (live ? undefined : 'this is a recording: nothing more will come');
const noFindings = () => 'there are no findings to go to';

const looks: readonly Binding[] = [
  look('next-tab', 'tab', 'next tab', { type: 'tab', by: 1 }, { hint: 'tab' }),
  look('previous-tab', 'shift+tab', 'previous tab', { type: 'tab', by: -1 }),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) =>
    look(`tab-${number}`, `${number}`, 'that tab', { type: 'tab-to', number }),
  ),
  look('zoom', 'z', 'details over the whole screen, and back', { type: 'zoom' }),
  look('follow', 'f', 'follow the newest event', { type: 'follow' }, { hint: 'follow', disabled: needsLive }),
  look(
    'pause',
    'p',
    'hold the list still while events go on, and go on',
    { type: 'pause' },
    { hint: 'pause', disabled: needsLive },
  ),
  look('filter', '/', 'filter the events; Esc clears', { type: 'filter' }, { hint: 'filter' }),
  look('next-finding', 'n', 'next finding', { type: 'finding', by: 1 }, { disabled: noFindings }),
  look('previous-finding', 'N', 'previous finding', { type: 'finding', by: -1 }, { disabled: noFindings }),
  look('mark', 'space', 'mark the event, or take the mark away', { type: 'mark' }),
  look('compare', 'D', 'diff the marked two', { type: 'compare' }, { disabled: compareRefusal }),
  binder('Look', ['detail'])('fold', 'return', 'details: fold or unfold', { type: 'enter' }, { hint: 'fold' }),
];

const take = binder('Take', PANES);
const unsavable = (_ui: Ui, { canSave }: Setting) => (canSave ? undefined : 'this session is in a file already');
const noEditor = (_ui: Ui, { canEdit }: Setting) => (canEdit ? undefined : 'set $EDITOR or $VISUAL to open an editor');

const takes: readonly Binding[] = [
  take('copy', 'y', 'copy what the tab shows (OSC 52)', { type: 'copy' }, { hint: 'copy' }),
  take('save', 'w', 'save the session', { type: 'save' }, { disabled: unsavable }),
  take('edit', 'e', 'open what the tab shows in $EDITOR', { type: 'edit' }, { disabled: noEditor }),
];

const move = binder('Move', READING);
const inDetail = binder('Move', PANES);

const moves: readonly Binding[] = [
  move('down', 'down j', 'next line', { type: 'move', by: 1 }),
  move('up', 'up k', 'previous line', { type: 'move', by: -1 }),
  move('page-down', 'pagedown ctrl+f', 'a page down', { type: 'page', by: 1 }),
  move('page-up', 'pageup ctrl+b', 'a page up', { type: 'page', by: -1 }),
  move('first', 'g home', 'to the first', { type: 'edge', to: 'first' }),
  move('last', 'G end', 'to the last; of a live session: and follow', { type: 'edge', to: 'last' }),
  inDetail('right', 'right', 'details: scroll right', { type: 'scroll', by: 8 }),
  inDetail('left', 'left', 'details: scroll left', { type: 'scroll', by: -8 }),
  binder('Move', ['ladder'])('enter', 'return', 'go to the details', { type: 'enter' }, { hint: 'details' }),
  move('back', 'escape', 'back: out of help, zoom, details, comparison, filter', { type: 'back' }),
];

const leave = binder('Leave', READING);
const typing = binder('Filter', ['filter']);

const leaves: readonly Binding[] = [
  leave('help', '?', 'this help, and back', { type: 'help' }, { hint: 'help' }),
  leave('quit', 'q ctrl+c', 'quit', { type: 'quit' }, { hint: 'quit' }),
  typing(
    'filter-done',
    'return',
    'keep the filter',
    { type: 'accept' },
    { hint: 'keep', disabled: ({ filter }) => filterFault(filter) },
  ),
  typing('filter-clear', 'escape', 'clear the filter', { type: 'cancel' }, { hint: 'clear' }),
  typing('filter-erase', 'backspace delete', 'erase a character', { type: 'erase', all: false }),
  typing('filter-erase-all', 'ctrl+u', 'erase it all', { type: 'erase', all: true }),
  typing('filter-quit', 'ctrl+c', 'quit', { type: 'quit' }),
];

/** All of them. Their order is the order of the footer and of the help. */
export const BINDINGS: readonly Binding[] = [...acts, ...looks, ...takes, ...moves, ...leaves];
