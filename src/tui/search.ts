/** From one marked place to the next: what is searched for, what changed, what was noted. */

import { digestLadderRow } from '../core/digest.ts';
import { textOf } from './rows/row.ts';
import type { Setting, Ui } from './state.ts';
import { look, type View } from './view.ts';

/** In the ladder the next row with the text, or the next description; in the details the next row with the text, or the next change. */
export function nextStop(ui: Ui, setting: Setting, by: 1 | -1): Partial<Ui> {
  const view = look(ui, setting);
  return ui.focus === 'detail' ? nextInDetail(ui, view, by) : nextInLadder(ui, setting, view, by);
}

function nextInDetail(ui: Ui, { rows, detail }: View, by: 1 | -1): Partial<Ui> {
  const wanted = ui.find.toLowerCase();
  const fits = (index: number) => {
    const row = rows[index];
    if (row === undefined) return false;
    return wanted === '' ? row.stop === true : textOf(row).toLowerCase().includes(wanted);
  };
  const row = around(rows.length, detail.row, by, fits);
  if (row === undefined) return nothing(ui, 'no change is marked here');
  return { detail: { of: detail.of, row, top: detail.start } };
}

function nextInLadder(ui: Ui, { model }: Setting, { listing, total, index }: View, by: 1 | -1): Partial<Ui> {
  const wanted = ui.find.toLowerCase();
  const fits = (at: number) => {
    const seqs = listing.rows[at]?.seqs ?? [];
    if (wanted === '') return seqs.some((seq) => model.described.has(seq));
    const row = digestLadderRow(model, seqs);
    return row !== undefined && `${row.from} ${row.to} ${row.label}`.toLowerCase().includes(wanted);
  };
  const row = around(total, index, by, fits);
  const seq = listing.rows[row ?? -1]?.seqs[0];
  if (seq === undefined) return nothing(ui, 'no offer or answer is listed');
  return { selected: seq, follow: false, comparing: false };
}

function nothing({ find }: Ui, otherwise: string): Partial<Ui> {
  return { toast: { text: find === '' ? otherwise : `nothing listed has "${find}"`, tone: 'warn' } };
}

/** The next index that fits, beginning anew at the end. */
function around(count: number, from: number, by: 1 | -1, fits: (index: number) => boolean): number | undefined {
  for (let step = 1; step <= count; step += 1) {
    const index = (((from + by * step) % count) + count) % count;
    if (fits(index)) return index;
  }
  return undefined;
}

/** To the next event that has a note, around the end. */
export function nextNote(ui: Ui, setting: Setting): Partial<Ui> {
  const noted = [...setting.model.noted.keys()].sort((a, b) => a - b);
  const selected = noted.find((seq) => seq > ui.selected) ?? noted[0];
  if (selected === undefined) return { toast: { text: 'no event has a note: M takes one', tone: 'warn' } };
  return { selected, follow: false, comparing: false };
}
