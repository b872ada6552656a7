/** The keys, as data: dispatch, the footer's hints, `?` and the README's table all come from here. */
import type { Action } from '../core/event.ts';
import { aimed } from './aim.ts';
import { type Binding, binder, type Scope } from './binding.ts';
import { configures } from './configure.ts';
import { completionOf, filterFault } from './filtering.ts';
import { intercepts } from './intercept.ts';
import { shownParties } from './lane-order.ts';
import { TABS } from './screens.ts';
import type { Setting, Ui } from './state.ts';
import { compareRefusal, look as viewOf } from './view.ts';

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
  act('stop', 'x', 'stop the section under the cursor of the details, or the newest that sends', { do: 'stop' }),
  act('direction', 'm', 'change the direction of that section', { do: 'direction' }),
  act('rollback', 'b', 'roll back the pending offer', { do: 'rollback' }),
  act('hangup', 'h', 'hang up; in a browser: close the connection', { do: 'hangup' }, 'hang up'),
  act('stats', 's', 'in a browser: get the statistics of the connection', { do: 'stats' }),
  act('step', '.', 'replay --step: say the next message', { do: 'step' }, 'say next'),
];

function act(id: string, key: string, help: string, action: Action, hint?: string): Binding {
  const disabled = (ui: Ui, setting: Setting) => setting.refusal(aimed(action, ui, setting));
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
const noFindings = (_ui: Ui, { findings }: Setting) =>
  findings.list().length > 0 ? undefined : 'nothing wrong has been found';
const oneLane = (ui: Ui, { model }: Setting) =>
  shownParties(ui, model).length > 1 ? undefined : 'there is only one lane';
const lanesAsTheyAre = ({ lanes }: Ui) =>
  lanes.hidden.length + lanes.order.length > 0 ? undefined : 'all lanes are shown in their order';
const nothingFolds = (ui: Ui, setting: Setting) => {
  if (ui.focus === 'ladder') return 'go to the details first';
  const { rows, detail } = viewOf(ui, setting);
  return rows[detail.row]?.fold === undefined ? 'there is nothing to unfold in this line' : undefined;
};
const isZoomed = ({ zoomed }: Ui) => (zoomed ? 'the details have the whole screen: z shows both' : undefined);
const inDetails = ({ focus }: Ui) => (focus === 'detail' ? 'this is the details' : undefined);
const isFiltered = ({ filter }: Ui) => (filter === '' ? undefined : 'the filter looks at every event already');

const looks: readonly Binding[] = [
  look('next-tab', 'tab', 'next tab', { type: 'tab', by: 1 }, { hint: 'tab' }),
  look('previous-tab', 'shift+tab', 'previous tab', { type: 'tab', by: -1 }),
  ...TABS.map(({ title }, index) =>
    look(`tab-${index + 1}`, `${index + 1}`, `tab ${title}`, { type: 'tab-to', number: index + 1 }),
  ),
  look('ladder-smaller', '{', 'a smaller list, larger details', { type: 'divide', by: -1 }, { disabled: isZoomed }),
  look('ladder-larger', '}', 'a larger list, smaller details', { type: 'divide', by: 1 }, { disabled: isZoomed }),
  look('zoom', 'z', 'details over the whole screen, and back', { type: 'zoom' }, { hint: 'zoom' }),
  look('follow', 'f', 'follow the newest event', { type: 'follow' }, { hint: 'follow', disabled: needsLive }),
  look(
    'pause',
    'p',
    'hold the list still while events go on, and go on',
    { type: 'pause' },
    { hint: 'pause', disabled: needsLive },
  ),
  look('filter', '/', 'filter the events; Esc clears', { type: 'ask', for: 'filter' }, { hint: 'filter' }),
  look('find', '\\', 'find a text in both panes; Esc clears', { type: 'ask', for: 'find' }),
  look('next-stop', ']', 'next place with that text; else next offer or answer, next change', { type: 'stop', by: 1 }),
  look('previous-stop', '[', 'previous such place', { type: 'stop', by: -1 }),
  look('times', 't', 'times since the start, since the row before, since the offer', { type: 'times' }),
  look('beside', 'U', 'the tab Diff: side by side, or one text', { type: 'beside' }),
  look('lane-left', '<', 'move the lane of the selected event left', { type: 'lane', to: 'left' }),
  look('lane-right', '>', 'move it right', { type: 'lane', to: 'right' }),
  look('lane-hide', '-', 'hide that lane and all its events', { type: 'lane', to: 'hidden' }, { disabled: oneLane }),
  look('lanes-all', '=', 'all lanes, in their order', { type: 'lane', to: 'shown' }, { disabled: lanesAsTheyAre }),
  look(
    'every',
    'E',
    'list every event, or only what matters',
    { type: 'every' },
    { hint: 'every', disabled: isFiltered },
  ),
  look(
    'next-finding',
    'n',
    'next error or warning',
    { type: 'finding', by: 1 },
    { hint: 'finding', disabled: noFindings },
  ),
  look('previous-finding', 'N', 'previous error or warning', { type: 'finding', by: -1 }, { disabled: noFindings }),
  look('mark', 'space', 'mark the event, or take the mark away', { type: 'mark' }),
  look('compare', 'D', 'diff the marked two', { type: 'compare' }, { disabled: compareRefusal }),
  binder('Look', ['detail'])(
    'fold',
    'return',
    'details: fold or unfold',
    { type: 'enter' },
    { hint: 'fold', disabled: nothingFolds },
  ),
];

const take = binder('Take', PANES);
const unsavable = (_ui: Ui, { canSave }: Setting) => (canSave ? undefined : 'this session is in a file already');
const noEditor = (_ui: Ui, { canEdit }: Setting) => (canEdit ? undefined : 'set $EDITOR or $VISUAL to open an editor');

const noNotes = (_ui: Ui, { canNote }: Setting) => (canNote === true ? undefined : 'no notes can be taken here');
const noPager = (_ui: Ui, { canPage }: Setting) => (canPage === true ? undefined : 'there is no $PAGER here');
const nothingListed = (ui: Ui, setting: Setting) => (viewOf(ui, setting).total > 0 ? undefined : 'nothing is listed');

const takes: readonly Binding[] = [
  take('copy', 'y', 'copy what the tab shows (OSC 52)', { type: 'copy' }, { hint: 'copy' }),
  take('save', 'w', 'save the session', { type: 'save' }, { disabled: unsavable }),
  take('save-listed', 'W', 'save only what is listed', { type: 'save-listed' }, { disabled: nothingListed }),
  take(
    'note',
    'M',
    'take a note of the selected event, an empty one is a bookmark; it goes into the recording',
    { type: 'ask', for: 'note' },
    { disabled: noNotes },
  ),
  take('next-note', "'", 'next event with a note', { type: 'next-note' }),
  take('page-out', 'P', 'open what the tab shows in $PAGER', { type: 'page-out' }, { disabled: noPager }),
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
  binder('Move', ['ladder'])(
    'enter',
    'return',
    'go to the details',
    { type: 'enter' },
    { hint: 'details', disabled: inDetails },
  ),
  move('back', 'escape', 'back: out of help, zoom, details, comparison, filter', { type: 'back' }),
];

const noShell = (_ui: Ui, { canSuspend, stays }: Setting) =>
  canSuspend === false ? 'there is no shell here that could go on' : stays;

const leave = binder('Leave', READING);
const typing = binder('Filter', ['filter', 'text', 'palette']);
const filtering = binder('Filter', ['filter']);
const choosing = binder('Palette', ['palette']);

const leaves: readonly Binding[] = [
  leave('help', '?', 'this help, and back', { type: 'help' }, { hint: 'help' }),
  binder('Leave', PANES)('palette', ':', 'all commands, to search in', { type: 'palette' }, { hint: 'commands' }),
  look('theme', 'T', 'the next theme of colours', { type: 'theme' }),
  leave(
    'suspend',
    'ctrl+z',
    'back to the shell; fg comes back here',
    { type: 'suspend', by: 'key' },
    { disabled: noShell },
  ),
  leave('quit', 'q ctrl+c', 'quit', { type: 'quit' }, { hint: 'quit' }),
  filtering(
    'filter-done',
    'return',
    'keep the filter',
    { type: 'accept' },
    { hint: 'keep', disabled: ({ filter }, setting) => filterFault(filter, setting)?.message },
  ),
  filtering(
    'filter-complete',
    'tab',
    'complete the word; @name=filter saves it, @name uses it',
    { type: 'complete' },
    {
      hint: 'complete',
      disabled: ({ filter }, setting) =>
        completionOf(filter, setting).options.length === 0 ? 'nothing is known that begins like this' : undefined,
    },
  ),
  binder('Filter', ['text'])('text-done', 'return', 'search, or take the note', { type: 'accept' }, { hint: 'done' }),
  typing('typed-clear', 'escape', 'clear the filter, or leave the commands', { type: 'cancel' }, { hint: 'clear' }),
  typing('typed-erase', 'backspace delete', 'erase a character', { type: 'erase', all: false }),
  typing('typed-erase-all', 'ctrl+u', 'erase it all', { type: 'erase', all: true }),
  typing('typed-quit', 'ctrl+c', 'quit', { type: 'quit' }),
  choosing('palette-run', 'return', 'do it', { type: 'back' }, { hint: 'do it' }),
  choosing('palette-down', 'down', 'next command', { type: 'move', by: 1 }),
  choosing('palette-up', 'up', 'previous command', { type: 'move', by: -1 }),
];

/** All of them. Their order is the order of the footer and of the help. */
export const BINDINGS: readonly Binding[] = [
  ...acts,
  ...configures,
  ...intercepts,
  ...looks,
  ...takes,
  ...moves,
  ...leaves,
];
