/** From one marked place to the next: what is searched for, what changed, what was noted. */

import { digestLadderRow } from '../core/digest.ts';
import { turnOf } from './patience.ts';
import { textOf } from './rows/row.ts';
import type { Setting, Ui } from './state.ts';
import { look, type View } from './view.ts';

/**
 * In the ladder the next row with the text, or the next description; in the details the next row with the text, or the next
 * change. A ladder is searched as far as a frame has time, then on from so many rows that were `seen`.
 */
export function nextStop(ui: Ui, setting: Setting, by: 1 | -1, seen = 0): Partial<Ui> {
  const view = look(ui, setting);
  return ui.focus === 'detail' ? nextInDetail(ui, view, by) : nextInLadder(ui, setting, view, by, seen);
}

function nextInDetail(ui: Ui, { rows, detail }: View, by: 1 | -1): Partial<Ui> {
  const wanted = ui.find.toLowerCase();
  const fits = (index: number) => {
    const row = rows[index];
    if (row === undefined) return false;
    return wanted === '' ? row.stop === true : textOf(row).toLowerCase().includes(wanted);
  };
  const row = Array.from(rows, (_row, step) => (detail.row + by * (step + 1) + rows.length * 2) % rows.length).find(
    fits,
  );
  if (row === undefined) return nothing(ui, 'no change is marked here');
  return { detail: { of: detail.of, row, top: detail.start } };
}

function nextInLadder(
  ui: Ui,
  { model, again, clock }: Setting,
  { listing, total, index }: View,
  by: 1 | -1,
  seen: number,
): Partial<Ui> {
  const wanted = ui.find.toLowerCase();
  const fits = (at: number) => {
    const seqs = listing.rows[at]?.seqs ?? [];
    if (wanted === '') return seqs.some((seq) => model.described.has(seq));
    const row = digestLadderRow(model, seqs);
    return row !== undefined && `${row.from} ${row.to} ${row.label}`.toLowerCase().includes(wanted);
  };
  const turn = turnOf(model, clock);
  for (let step = seen + 1; step <= total; step += 1) {
    if (step > seen + LEAST && again !== undefined && !turn.hasTime(PART)) return going(by, step - 1, total);
    const at = (index + by * step + total * 2) % total;
    const seq = fits(at) ? listing.rows[at]?.seqs[0] : undefined;
    if (seq !== undefined) return { selected: seq, follow: false, comparing: false };
  }
  return nothing(ui, 'no offer or answer is listed');
}

function nothing({ find }: Ui, otherwise: string): Partial<Ui> {
  return { toast: { text: find === '' ? otherwise : `nothing listed has "${find}"`, tone: 'warn' } };
}

/** Rows that are looked at in any case, and what the others may use of a frame's patience. */
const [LEAST, PART] = [5, 0.5];

const going = (by: 1 | -1, rows: number, total: number): Partial<Ui> => ({
  seeking: { by, rows },
  toast: { text: `searching: row ${rows} of ${total}`, tone: 'good' },
});

/** To the next event that has a note, around the end. */
export function nextNote(ui: Ui, setting: Setting): Partial<Ui> {
  const noted = [...setting.model.noted.keys()].sort((a, b) => a - b);
  const selected = noted.find((seq) => seq > ui.selected) ?? noted[0];
  if (selected === undefined) return { toast: { text: 'no event has a note: M takes one', tone: 'warn' } };
  return { selected, follow: false, comparing: false };
}
