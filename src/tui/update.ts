/** What a command does to the screen. Pure: what must happen outside comes back as effects. */
import { aimed } from './aim.ts';
import { configuredPc } from './configure.ts';
import { nextFound } from './found.ts';
import { rewriting } from './intercept.ts';
import { movedLane } from './lane-order.ts';
import { clamp, helpHeight } from './layout.ts';
import { matches } from './palette.ts';
import { choose, divided, helpTopAt, pointed } from './pointing.ts';
import { BESIDE_FROM } from './rows/diff.ts';
import { TABS } from './screens.ts';
import { nextNote, nextStop } from './search.ts';
import type { Command, Effect, Setting, Step, Ui } from './state.ts';
import { typed } from './typing.ts';
import { look, shownSeqs } from './view.ts';
import { isListing } from './visible.ts';

/** The next state and what has to be done for it. A toast lives until the next command. */
export function update(ui: Ui, command: Command, setting: Setting): readonly [Ui, readonly Effect[]] {
  // While following, the newest event is the selected one; what stops following begins there.
  const current = ui.follow ? { ...ui, selected: look(ui, setting).event?.seq ?? ui.selected } : ui;
  const step = isStep(apply(current, command, setting));
  const over = command.type === 'resize' ? {} : { toast: undefined, seeking: undefined };
  const next: Ui = { ...current, ...over, ...step[0] };
  return [settled(next, setting), step.slice(1) as Effect[]];
}

function isStep(step: Step): readonly [Partial<Ui>, Effect?] {
  return Array.isArray(step) ? (step as readonly [Partial<Ui>, Effect]) : [step as Partial<Ui>];
}

/** Windows follow their selection, so that the next command moves them no further than it must. */
function settled(ui: Ui, setting: Setting): Ui {
  const { ladder, detail, event } = look(ui, setting);
  const { of, row, start } = detail;
  // What is selected may not be listed yet.
  const waits = !ui.follow && isListing(setting) && ui.selected > (event?.seq ?? 0);
  const selected = waits ? ui.selected : (event?.seq ?? ui.selected);
  return { ...ui, selected, top: ladder.start, detail: { of, row, top: start } };
}

function apply(ui: Ui, command: Command, setting: Setting): Step {
  switch (command.type) {
    case 'move':
      return moved(ui, setting, command.by);
    case 'page':
      return moved(ui, setting, command.by * pageOf(ui, setting));
    case 'edge':
      return moved(ui, setting, command.to === 'first' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
    case 'scroll':
      return { column: Math.max(0, ui.column + command.by) };
    case 'select':
      return { selected: command.seq, follow: false, comparing: false };
    case 'finding':
      return toFinding(ui, setting, command.by);
    case 'every':
      return { every: !ui.every };
    case 'stop':
      return nextStop(ui, setting, command.by);
    case 'seek':
      return ui.seeking === undefined ? {} : nextStop(ui, setting, ui.seeking.by, ui.seeking.rows);
    case 'next-note':
      return nextNote(ui, setting);
    case 'times':
      return { times: TIMES[(TIMES.indexOf(ui.times) + 1) % TIMES.length] ?? 'session' };
    case 'beside':
      return { beside: !(ui.beside ?? look(ui, setting).scene.width >= BESIDE_FROM), tab: 'diff' };
    case 'divide':
      return divided(ui, command.by, setting);
    case 'lane':
      return movedLane(ui, setting, command.to);
    case 'tab':
      return tabAt(TABS.findIndex(({ id }) => id === ui.tab) + command.by);
    case 'tab-to':
      return command.number <= TABS.length ? tabAt(command.number - 1) : {};
    case 'enter':
      return entered(ui, setting);
    case 'back':
      return wentBack(ui);
    case 'zoom':
      return ui.zoomed ? { zoomed: false } : { zoomed: true, focus: 'detail' };
    case 'follow':
      return ui.follow ? { follow: false } : { follow: true, frozenAt: undefined };
    case 'pause':
      return ui.frozenAt === undefined
        ? { frozenAt: setting.model.events.length, follow: false }
        : { frozenAt: undefined, follow: setting.live };
    case 'run':
      return ran(ui, command.command, setting);
    default:
      return typed(ui, command, setting) ?? asked(ui, command, setting);
  }
}

function asked(ui: Ui, command: Command, setting: Setting): Step {
  switch (command.type) {
    case 'mark':
      return marked(ui, setting);
    case 'compare':
      return { comparing: true, tab: 'changes', column: 0 };
    case 'copy':
      return copied(ui, setting, 'copy');
    case 'edit':
      return copied(ui, setting, 'edit');
    case 'page-out':
      return copied(ui, setting, 'page-out');
    case 'save-listed':
      return [{}, { type: 'save-listed', seqs: listedSeqs(ui, setting) }];
    case 'save':
      return [{ unsaved: false }, { type: 'save' }];
    case 'quit':
      return ui.unsaved ? { unsaved: false, toast: { text: UNSAVED, tone: 'warn' } } : [{}, command];
    case 'theme':
    case 'suspend':
      return [{}, command];
    case 'click':
    case 'drag':
    case 'release':
    case 'wheel':
      return pointed(ui, command, setting);
    case 'rewrite': {
      const effect = rewriting(ui, setting, command.to);
      return typeof effect === 'string' ? { toast: { text: effect, tone: 'warn' } } : [{}, effect];
    }
    case 'configure':
      return [{}, { type: 'configure', pc: configuredPc(ui, setting) }];
    case 'act':
      return [{}, { type: 'dispatch', action: aimed(command.action, ui, setting) }];
    default:
      return {};
  }
}

const UNSAVED = 'your notes are not saved: w saves the session with them, or quit once more';

const TIMES: readonly Ui['times'][] = ['session', 'row', 'round'];

function listedSeqs(ui: Ui, setting: Setting): readonly number[] {
  const { listing, total } = look(ui, setting);
  return listing.rows.slice(0, total).flatMap(({ seqs }) => shownSeqs(seqs, ui));
}

function pageOf(ui: Ui, setting: Setting): number {
  if (ui.screen !== 'main') return Math.max(1, helpHeight(ui.size) - 1);
  const { ladder, detail } = look(ui, setting);
  return Math.max(1, (ui.focus === 'ladder' ? ladder.height : detail.height) - 1);
}

function moved(ui: Ui, setting: Setting, by: number): Partial<Ui> {
  if (ui.screen === 'help') return { helpTop: helpTopAt(ui, setting, by) };
  if (ui.screen === 'palette') return choose(ui, ui.palette.index + by, matches(ui, setting).length);
  const { listing, total, index, rows, detail } = look(ui, setting);
  if (ui.focus === 'detail') {
    const row = clamp(detail.row + by, 0, Math.max(0, rows.length - 1));
    return { detail: { of: detail.of, row, top: detail.start } };
  }
  if (by === Number.POSITIVE_INFINITY && isListing(setting) && !setting.live)
    return { selected: setting.model.events.at(-1)?.seq ?? ui.selected, comparing: false };
  const next = clamp(index + by, 0, Math.max(0, total - 1));
  const atEnd = setting.live && ui.frozenAt === undefined && by === Number.POSITIVE_INFINITY;
  return { selected: listing.rows[next]?.seqs[0] ?? ui.selected, follow: atEnd, comparing: false };
}

/** To the next row with a finding, around the ends, and to what is wrong there. */
function toFinding(ui: Ui, setting: Setting, by: 1 | -1): Partial<Ui> {
  const { listing, found, index } = look(ui, setting);
  const row = nextFound(found, index, by);
  const selected = listing.rows[row ?? -1]?.seqs[0];
  if (selected === undefined) return { toast: { text: 'no finding among the listed events', tone: 'warn' } };
  return { selected, follow: false, comparing: false, tab: 'findings', column: 0 };
}

/** What was chosen in the palette, as if its key had been pressed on the main screen. */
function ran(ui: Ui, command: Command, setting: Setting): Step {
  const back: Partial<Ui> = { screen: 'main' };
  const [changed, effect] = isStep(apply({ ...ui, ...back }, command, setting));
  const next = { ...back, ...changed };
  return effect === undefined ? next : [next, effect];
}

function tabAt(index: number): Partial<Ui> {
  const tab = TABS[(index + TABS.length) % TABS.length];
  return tab === undefined ? {} : { tab: tab.id, column: 0 };
}

function entered(ui: Ui, setting: Setting): Partial<Ui> {
  if (ui.focus === 'ladder') return { focus: 'detail' };
  const { rows, detail } = look(ui, setting);
  const fold = rows[detail.row]?.fold;
  if (fold === undefined) return {};
  const folds = new Set(ui.folds);
  if (!folds.delete(fold)) folds.add(fold);
  return { folds, detail: { of: detail.of, row: detail.row, top: detail.start } };
}

/** Esc takes back one thing at a time: help, zoom, focus, comparison, search, filter. */
function wentBack(ui: Ui): Partial<Ui> {
  if (ui.screen !== 'main') return { screen: 'main' };
  if (ui.zoomed) return { zoomed: false };
  if (ui.focus === 'detail') return { focus: 'ladder', column: 0 };
  if (ui.comparing) return { comparing: false };
  return ui.find === '' ? { filter: '' } : { find: '' };
}

function marked(ui: Ui, setting: Setting): Partial<Ui> {
  const { event } = look(ui, setting);
  if (event === undefined) return {};
  const others = ui.marks.filter((seq) => seq !== event.seq);
  const marks = others.length < ui.marks.length ? others : [...others, event.seq].slice(-2);
  return { marks, comparing: ui.comparing && marks.length === 2 };
}

function copied(ui: Ui, setting: Setting, type: 'copy' | 'edit' | 'page-out'): Step {
  const { tab, scene } = look(ui, setting);
  const found = tab.copy(scene);
  if (found === undefined) return { toast: { text: 'there is nothing to take from here', tone: 'warn' } };
  return [{}, { type, ...found }];
}
