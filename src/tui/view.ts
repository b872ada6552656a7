/** What is on the screen, worked out from the two states: which events are listed, which is selected, what the panes show. */
import type { SignalEvent } from '../core/event.ts';
import type { Description, Model } from '../core/model.ts';
import { printable } from '../core/text.ts';
import { type Found, foundIn } from './found.ts';
import { type Layout, layout, listStart, nearestIndex } from './layout.ts';
import { eventOf } from './rows/event-of.ts';
import { folded, type Row } from './rows/row.ts';
import { descriptionOf, type Scene, type Tab } from './rows/tab.ts';
import { TABS } from './screens.ts';
import type { Setting, Ui } from './state.ts';
import { type Listing, listingOf } from './visible.ts';
import { type WorkedOut, workedOut } from './worked-out.ts';

export interface View {
  readonly layout: Layout;
  /** Only the first `total` rows count. */
  readonly listing: Listing;
  readonly total: number;
  /** Index of the selected row; -1 if none is listed. */
  readonly index: number;
  /** The first event of the selected row. */
  readonly event: SignalEvent | undefined;
  readonly found: Found;
  readonly ladder: { readonly start: number; readonly height: number };
  readonly tab: Tab;
  readonly scene: Scene;
  readonly rows: readonly Row[];
  readonly detail: {
    readonly of: string;
    readonly row: number;
    readonly start: number;
    readonly height: number;
    /** Where the rows are not all there: how far it is, or ''. */
    readonly progress: string | undefined;
    /** Lines at the foot of the pane about the row under the cursor. */
    readonly notes: readonly string[];
  };
}

/** The marked descriptions that are compared, older first. */
export function comparedOf(ui: Ui, model: Model): readonly [Description, Description] | undefined {
  const [a, b] = [...ui.marks].sort((x, y) => x - y).map((seq) => descriptionOf(model, eventOf(model, seq)));
  return ui.comparing && a !== undefined && b !== undefined ? [a, b] : undefined;
}

/** Everything derived for one frame, or for one key before it. */
export function look(ui: Ui, setting: Setting, isFrame = false): View {
  const { model, findings, glyphs } = setting;
  const place = layout(ui.size, ui.zoomed, ui.divider);
  const listing = listingOf(setting, ui);
  const total = totalOf(listing, ui);
  const index = ui.follow ? total - 1 : Math.min(indexOf(listing, ui.selected), total - 1);
  const seqs = shownSeqs(listing.rows[index]?.seqs ?? [], ui);
  const event = eventOf(model, seqs[0]);
  const found = foundIn(findings, listing);
  const height = Math.max(0, place.ladder.rows - 1);
  const tab = TABS.find(({ id }) => id === ui.tab) ?? TABS[0];
  if (tab === undefined) throw new Error('there are no tabs');
  const held = setting.held().find(({ seq }) => seq === event?.seq || seq === doneTo(event));
  const scene: Scene = {
    model,
    event,
    seqs,
    ...(held?.as === 'signal' && { held }),
    compared: comparedOf(ui, model),
    following: ui.follow,
    // Under -1 are those whose events are not listed.
    findings: { here: (index < 0 ? undefined : found.byRow.get(index)) ?? [], all: findings.list() },
    width: place.detail.columns - 1,
    column: ui.column,
    beside: ui.beside,
    folds: ui.folds,
    glyphs,
    ...(setting.waiting !== undefined && { waiting: setting.waiting }),
  };
  const of = scene.compared !== undefined || tab.about === 'session' ? tab.id : `${tab.id} ${event?.seq}`;
  const lines = Math.max(0, place.detail.rows - 1);
  const needed = ui.focus === 'detail' ? (ui.detail.of === of ? ui.detail.row : 0) + lines + 1 : 0;
  const work = workedOut(tab, scene, setting, isFrame ? undefined : needed);
  return {
    layout: place,
    listing,
    total,
    index,
    event,
    found,
    ladder: { start: listStart(total, height, Math.max(0, index), ui.top), height },
    tab,
    scene,
    rows: work.rows,
    detail: { of, ...detailWindow(ui, of, work, lines, scene.width) },
  };
}

/** The message that was acted on, where the event says so. */
export const doneTo = (event: SignalEvent | undefined): number | undefined =>
  event?.kind === 'action' && 'of' in event.action ? event.action.of : undefined;

/** How many rows are listed: while paused those that had begun by then. */
function totalOf({ rows }: Listing, { frozenAt }: Ui): number {
  if (frozenAt === undefined) return rows.length;
  const index = nearestIndex(rows, frozenAt, firstOf);
  return index < 0 || firstOf(rows[index]) > frozenAt ? 0 : index + 1;
}

function firstOf(row: Listing['rows'][number] | undefined): number {
  return row?.seqs[0] ?? 0;
}

/** The row with the event; where it is not listed the nearest before it, or else the first; -1 if nothing is listed. */
function indexOf(listing: Listing, seq: number): number {
  const row = listing.rowOf(seq);
  return row >= 0 ? row : nearestIndex(listing.rows, seq, firstOf);
}

/** Of a row's events those that are shown: while paused, none that came later. */
export function shownSeqs(seqs: readonly number[], { frozenAt }: Ui): readonly number[] {
  const last = seqs.at(-1);
  if (frozenAt === undefined || last === undefined || last <= frozenAt) return seqs;
  return seqs.filter((seq) => seq <= frozenAt);
}

/** Lines the note about the row under the cursor may take. */
const MOST_NOTES = 3;

function detailWindow(ui: Ui, of: string, { rows, progress }: WorkedOut, lines: number, width: number) {
  // The cursor waits where it is for rows that are not there yet.
  const known = progress === undefined ? rows.length : Number.POSITIVE_INFINITY;
  const row = ui.detail.of === of ? Math.min(ui.detail.row, Math.max(0, known - 1)) : 0;
  const top = ui.detail.of === of ? ui.detail.top : 0;
  const note = ui.focus === 'detail' ? rows[row]?.note?.() : undefined;
  const notes = note === undefined ? [] : folded(printable(note), width).slice(0, Math.min(MOST_NOTES, lines - 1));
  const height = lines - notes.length;
  return { row, start: listStart(known, height, row, top), height, progress, notes };
}

/** Why the marked two cannot be compared, if so. */
export function compareRefusal(ui: Ui, setting: Setting): string | undefined {
  const described = ui.marks.filter((seq) => descriptionOf(setting.model, eventOf(setting.model, seq)) !== undefined);
  return described.length === 2 ? undefined : 'mark two offers or answers with space first';
}
