/** Which lanes the ladder draws: all, or where these are very many, those that something happens on in the rows in view. */
import { partyNow } from '../../core/far-side.ts';
import type { LadderRow } from '../../core/ladder.ts';
import type { Model } from '../../core/model.ts';
import { shownParties } from '../lane-order.ts';
import type { Ui } from '../state.ts';
import type { View } from '../view.ts';
import { eventOf } from './event-of.ts';

/** So many are always drawn. */
const FEW = 12;
/** Of more, as many as have this room each beside the text. */
const ROOM = { lane: 8, text: 30, least: 3 };

/** `room`: the columns for lanes and text. */
export function lanesInView(
  ui: Ui,
  model: Model,
  { listing, total, ladder, index }: View,
  room: number,
): readonly string[] {
  const parties = shownParties(ui, model);
  if (parties.length <= FEW) return parties;
  const most = Math.max(ROOM.least, Math.floor((room - ROOM.text) / ROOM.lane));
  const last = Math.min(total, ladder.start + ladder.height);
  const rows = Array.from({ length: Math.max(0, last - ladder.start) }, (_, offset) => ladder.start + offset);
  const drawn = new Set<string>();
  // Those of the selected row first, then of the rows around it.
  for (const row of rows.sort((a, b) => Math.abs(a - index) - Math.abs(b - index))) {
    const event = eventOf(model, listing.rows[row]?.seqs[0]);
    if (event === undefined) continue;
    const ends = [partyNow(model, event, event.from), partyNow(model, event, event.to)].filter((name) => name !== '');
    if (new Set([...drawn, ...ends]).size > most) continue;
    for (const name of ends) drawn.add(name);
  }
  return parties.filter((party) => drawn.has(party));
}

/** The row with its arrow between the lanes that are drawn; where one of them is not, that is said in words. */
export function placed(row: LadderRow, parties: readonly string[]): LadderRow {
  const { from, to, arrow, label } = row;
  const lanes = [parties.indexOf(from), parties.indexOf(to)] as const;
  if (arrow === 'none') return { ...row, lanes };
  if (lanes[0] < 0 || lanes[1] < 0) {
    const way = arrow === 'self' ? from : `${from} → ${to}`;
    return { ...row, lanes: [0, 0], arrow: 'none', label: `${way}: ${label}` };
  }
  return { ...row, lanes, arrow: arrow === 'self' ? 'self' : lanes[0] < lanes[1] ? 'right' : 'left' };
}
