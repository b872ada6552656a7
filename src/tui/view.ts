/** What is on the screen, worked out from the two states: which events are listed, which is selected, what the panes show. */
import type { SignalEvent } from '../core/event.ts';
import type { Description, Model } from '../core/model.ts';
import { printable } from '../core/text.ts';
import { type Layout, layout, listStart, nearestIndex } from './layout.ts';
import { folded, type Row } from './rows/row.ts';
import { descriptionOf, type Scene, type Tab } from './rows/tab.ts';
import { TABS } from './screens.ts';
import type { Setting, Ui } from './state.ts';
import { visibleSeqs } from './visible.ts';

export interface View {
  readonly layout: Layout;
  /** Seqs of the listed events; only the first `total` count. */
  readonly seqs: readonly number[];
  readonly total: number;
  /** Index of the selected event in `seqs`; -1 if none is listed. */
  readonly index: number;
  readonly event: SignalEvent | undefined;
  readonly ladder: { readonly start: number; readonly height: number };
  readonly tab: Tab;
  readonly scene: Scene;
  readonly rows: readonly Row[];
  readonly detail: {
    readonly of: string;
    readonly row: number;
    readonly start: number;
    readonly height: number;
    /** Lines at the foot of the pane about the row under the cursor. */
    readonly notes: readonly string[];
  };
}

/** The event with this number. */
export function eventAt(model: Model, seq: number | undefined): SignalEvent | undefined {
  const event = seq === undefined ? undefined : model.events[seq - 1];
  return event?.seq === seq ? event : undefined;
}

/** The marked descriptions that are compared, older first. */
export function comparedOf(ui: Ui, model: Model): readonly [Description, Description] | undefined {
  const [a, b] = [...ui.marks].sort((x, y) => x - y).map((seq) => descriptionOf(model, eventAt(model, seq)));
  return ui.comparing && a !== undefined && b !== undefined ? [a, b] : undefined;
}

/** Everything derived for one frame, or for one key. */
export function look(ui: Ui, setting: Setting): View {
  const { model } = setting;
  const place = layout(ui.size, ui.zoomed);
  const seqs = visibleSeqs(model, ui.filter);
  const total = ui.frozenAt === undefined ? seqs.length : countUpTo(seqs, ui.frozenAt);
  const index = ui.follow ? total - 1 : Math.min(nearestIndex(seqs, ui.selected), total - 1);
  const event = index < 0 ? undefined : eventAt(model, seqs[index]);
  const height = Math.max(0, place.ladder.rows - 1);
  const tab = TABS.find(({ id }) => id === ui.tab) ?? TABS[0];
  if (tab === undefined) throw new Error('there are no tabs');
  const compared = comparedOf(ui, model);
  const scene: Scene = {
    model,
    event,
    compared,
    width: place.detail.columns - 1,
    folds: ui.folds,
    glyphs: setting.glyphs,
  };
  const of = compared !== undefined || tab.about === 'session' ? tab.id : `${tab.id} ${event?.seq}`;
  const rows = rowsOf(tab, scene);
  return {
    layout: place,
    seqs,
    total,
    index,
    event,
    ladder: { start: listStart(total, height, Math.max(0, index), ui.top), height },
    tab,
    scene,
    rows,
    detail: { of, ...detailWindow(ui, of, rows, Math.max(0, place.detail.rows - 1), scene.width) },
  };
}

/** Lines the note about the row under the cursor may take. */
const MOST_NOTES = 3;

function detailWindow(ui: Ui, of: string, rows: readonly Row[], lines: number, width: number) {
  const row = ui.detail.of === of ? Math.min(ui.detail.row, Math.max(0, rows.length - 1)) : 0;
  const top = ui.detail.of === of ? ui.detail.top : 0;
  const note = ui.focus === 'detail' ? rows[row]?.note?.() : undefined;
  const notes = note === undefined ? [] : folded(printable(note), width).slice(0, Math.min(MOST_NOTES, lines - 1));
  const height = lines - notes.length;
  return { row, start: listStart(rows.length, height, row, top), height, notes };
}

function countUpTo(seqs: readonly number[], last: number): number {
  const index = nearestIndex(seqs, last);
  return index < 0 || (seqs[index] ?? 0) > last ? 0 : index + 1;
}

interface Remembered {
  readonly key: string;
  readonly scene: Scene;
  readonly rows: readonly Row[];
}

const remembered = new WeakMap<Model, Remembered>();

/** The tab's rows; the same array as long as nothing they are made of has changed. */
function rowsOf(tab: Tab, scene: Scene): readonly Row[] {
  const { model, event, compared, width, folds } = scene;
  const description = descriptionOf(model, event);
  const age = tab.about === 'session' ? model.version : `${description?.status} ${description?.round?.state}`;
  const key = [tab.id, event?.seq, compared?.[0].seq, compared?.[1].seq, width, age].join(' ');
  const before = remembered.get(model);
  if (before?.key === key && before.scene.folds === folds && before.scene.glyphs === scene.glyphs) return before.rows;
  const rows = tab.rows(scene);
  remembered.set(model, { key, scene, rows });
  return rows;
}

/** Why the marked two cannot be compared, if so. */
export function compareRefusal(ui: Ui, setting: Setting): string | undefined {
  const described = ui.marks.filter((seq) => descriptionOf(setting.model, eventAt(setting.model, seq)) !== undefined);
  return described.length === 2 ? undefined : 'mark two offers or answers with space first';
}
