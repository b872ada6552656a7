/** The rows of the ladder: number, time, and the event as an arrow between its parties. */
import type { SignalEvent } from '../../core/event.ts';
import { type LadderRow, type LadderTone, ladderRow } from '../../core/ladder.ts';
import type { Model } from '../../core/model.ts';
import type { Setting, Ui } from '../state.ts';
import { drawable, type Glyphs, type Tone } from '../theme.ts';
import { eventAt, type View } from '../view.ts';
import { drawStroke, type Lanes, laneNames, lanesOf, type Stroke } from './lanes.ts';
import type { Cell, Row } from './row.ts';

const TIME_WIDTH = 7;
/** Columns left free at the right. */
const MARGIN = 1;

/** Columns before the lanes: cursor, mark, number, time. */
function gutter(model: Model): number {
  return 4 + digits(model) + TIME_WIDTH;
}

function digits({ events }: Model): number {
  return Math.max(3, String(events.length).length);
}

/** The names of the parties above the rows. */
export function ladderHead({ model, glyphs }: Setting, columns: number): readonly Cell[] {
  const before = gutter(model);
  return [
    { text: `  ${'#'.padStart(digits(model))} ${'s'.padStart(TIME_WIDTH)} `, tone: 'muted' },
    ...laneNames(lanesOf(model.parties, columns - before - MARGIN), glyphs),
  ];
}

/** The shown rows. */
export function ladderRows(
  ui: Ui,
  { model, glyphs }: Setting,
  { seqs, total, index, ladder, layout }: View,
): readonly Row[] {
  const current = seqs[index];
  const lanes = lanesOf(model.parties, layout.ladder.columns - gutter(model) - MARGIN);
  return seqs.slice(ladder.start, Math.min(total, ladder.start + ladder.height)).flatMap((seq) => {
    const event = eventAt(model, seq);
    return event === undefined ? [] : [eventRow(event, current, ui.marks, model, lanes, glyphs)];
  });
}

function eventRow(
  event: SignalEvent,
  current: number | undefined,
  marks: readonly number[],
  model: Model,
  lanes: Lanes,
  glyphs: Glyphs,
): Row {
  const selected = event.seq === current;
  return {
    key: String(event.seq),
    cells: [
      { text: selected ? glyphs.cursor : ' ', tone: 'accent' },
      { text: marks.includes(event.seq) ? glyphs.mark : ' ', tone: 'warn' },
      { text: `${String(event.seq).padStart(digits(model))} ${time(event.t)} `, tone: 'muted' },
      ...drawStroke(strokeOf(model, event, glyphs), lanes, glyphs),
    ],
  };
}

/** Seconds to the millisecond; from 1000 s on minutes too. */
export function time(t: number): string {
  const seconds = t / 1000;
  const text =
    seconds < 1000 ? seconds.toFixed(3) : `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
  return text.padStart(TIME_WIDTH);
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

function strokeOf(model: Model, event: SignalEvent, glyphs: Glyphs): Stroke {
  const { lanes, arrow, label, tone, weight } = ladderRow(model, event);
  const textTone = tone === 'problem' ? 'bad' : WEIGHTS[weight];
  return { lanes, arrow, text: drawable(label, glyphs), tone: TONES[tone], textTone };
}
