/** The rows of the ladder: number, time, and the event as an arrow between its parties. */
import { digestLadderRow } from '../../core/digest.ts';
import type { LadderRow, LadderTone } from '../../core/ladder.ts';
import type { Model } from '../../core/model.ts';
import type { Finding } from '../../rules/rule.ts';
import { SEVERITY_TONES, worstOf } from '../found.ts';
import { drawable, type Glyphs } from '../glyphs.ts';
import { turnOf } from '../patience.ts';
import type { Setting, Ui } from '../state.ts';
import type { Tone } from '../theme.ts';
import { shownSeqs, type View } from '../view.ts';
import { eventOf } from './event-of.ts';
import { drawStroke, type Lanes, laneNames, lanesOf, type Stroke } from './lanes.ts';
import { lanesInView, placed } from './lanes-in-view.ts';
import { roundOf } from './round.ts';
import type { Cell, Row } from './row.ts';

const TIME_WIDTH = 6;
/** Columns left free at the right. */
const MARGIN = 1;

/** Columns before the lanes: cursor, mark, number, time, sign. */
function gutter(model: Model): number {
  return 4 + digits(model) + TIME_WIDTH;
}

function digits({ events }: Model): number {
  return Math.max(3, String(events.length).length);
}

/** Columns for the lanes and the text. */
function roomOf(model: Model, { layout }: View): number {
  return layout.ladder.columns - gutter(model) - MARGIN;
}

/** The names of the parties above the rows. */
export function ladderHead(ui: Ui, { model, glyphs }: Setting, view: View): readonly Cell[] {
  const room = roomOf(model, view);
  return [
    { text: `  ${'#'.padStart(digits(model))} ${TIME_HEADS[ui.times].padStart(TIME_WIDTH)} `, tone: 'muted' },
    ...laneNames(lanesOf(lanesInView(ui, model, view, room), room), glyphs),
  ];
}

/** What all rows are drawn with. */
interface Brush {
  readonly ui: Ui;
  readonly model: Model;
  readonly lanes: Lanes;
  readonly glyphs: Glyphs;
}

/** The shown rows. */
export function ladderRows(ui: Ui, { model, glyphs, again, clock }: Setting, view: View): readonly Row[] {
  const { listing, total, ladder, found } = view;
  const room = roomOf(model, view);
  const parties = lanesInView(ui, model, view, room);
  const lanes = lanesOf(parties, room);
  const brush: Brush = { ui, model, lanes, glyphs };
  const last = Math.min(total, ladder.start + ladder.height);
  let isLate = false;
  const hasTime = () => {
    isLate = !turnOf(model, clock).hasTime(1);
    return !isLate;
  };
  const options = again === undefined ? {} : { hasTime };
  const rows = listing.rows.slice(ladder.start, last).flatMap((row, offset) => {
    const index = ladder.start + offset;
    const seqs = shownSeqs(row.seqs, ui);
    const drawn = digestLadderRow(model, seqs, options);
    if (drawn === undefined) return [];
    const before = eventOf(model, listing.rows[index - 1]?.seqs[0])?.t;
    const shown = { ...placed(drawn, parties), isNoted: seqs.some((seq) => model.noted.has(seq)) };
    const at = timeCell(shown, before, ui, model);
    return [eventRow(shown, seqs, at, index === view.index, found.byRow.get(index) ?? [], brush)];
  });
  if (isLate) again?.();
  return rows;
}

function eventRow(
  row: LadderRow & { readonly isNoted: boolean },
  seqs: readonly number[],
  at: Cell,
  selected: boolean,
  findings: readonly Finding[],
  { ui, model, lanes, glyphs }: Brush,
): Row {
  const worst = worstOf(findings);
  const sign: Cell =
    worst === undefined ? { text: ' ', tone: 'plain' } : { text: glyphs[worst], tone: SEVERITY_TONES[worst] };
  return {
    key: String(row.seq),
    cells: [
      { text: selected ? glyphs.cursor : ' ', tone: 'accent' },
      {
        text: seqs.some((seq) => ui.marks.includes(seq)) ? glyphs.mark : row.isNoted ? glyphs.note : ' ',
        tone: 'warn',
      },
      { text: `${String(row.seq).padStart(digits(model))} `, tone: 'muted' },
      at,
      sign,
      ...drawStroke(strokeOf(row, glyphs), lanes, glyphs),
    ],
  };
}

/** Above the times: seconds of the session, since the row before, since the offer. */
const TIME_HEADS: Readonly<Record<Ui['times'], string>> = { session: 's', row: '+row', round: '+offer' };
/** A row that comes so long after the one before stands out. */
const GAP_MS = 1000;

function timeCell(row: LadderRow, before: number | undefined, { times }: Ui, model: Model): Cell {
  if (times === 'session') return { text: time(row.t), tone: 'muted' };
  const offer = times === 'round' ? roundOf(model, eventOf(model, row.seq))?.offer.t : undefined;
  const since = times === 'row' ? before : offer;
  if (since === undefined) return { text: ' '.repeat(TIME_WIDTH), tone: 'muted' };
  return {
    text: time(Math.max(0, row.t - since)),
    tone: times === 'row' && row.t - since >= GAP_MS ? 'warn' : 'muted',
  };
}

/** Seconds to the millisecond as far as they fit; from 1000 s on minutes too. */
export function time(t: number): string {
  const seconds = t / 1000;
  const places = seconds < 99.9995 ? 3 : seconds < 999.995 ? 2 : 0;
  const minutes = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return (places > 0 ? seconds.toFixed(places) : minutes).padStart(TIME_WIDTH);
}

const TONES: Readonly<Record<LadderTone, Tone>> = {
  offer: 'offer',
  answer: 'answer',
  candidate: 'muted',
  state: 'muted',
  link: 'plain',
  action: 'accent',
  problem: 'bad',
  ok: 'good',
  bye: 'warn',
  other: 'plain',
};

const WEIGHTS: Readonly<Record<LadderRow['weight'], Tone>> = { strong: 'strong', normal: 'plain', faint: 'muted' };

function strokeOf({ lanes, arrow, label, tone, weight }: LadderRow, glyphs: Glyphs): Stroke {
  const textTone = tone === 'problem' ? 'bad' : WEIGHTS[weight];
  return { lanes, arrow, text: drawable(label, glyphs), tone: TONES[tone], textTone };
}
