/** One event as a row of the ladder: data that any face draws in its own way. */
import type { MessageEvent, Millis, PartyId, SignalEvent } from './event.ts';
import { partyNow } from './far-side.ts';
import { type LabelOptions, label } from './label.ts';
import type { Model } from './model.ts';

export type LadderTone =
  | 'offer'
  | 'answer'
  | 'candidate'
  | 'state'
  | 'link'
  | 'action'
  | 'problem'
  | 'ok'
  | 'bye'
  | 'other';

export interface LadderRow {
  readonly seq: number;
  readonly t: Millis;
  readonly from: PartyId;
  readonly to: PartyId;
  /** Positions in `model.parties`. */
  readonly lanes: readonly [number, number];
  /** `self`: inside one party. `none`: about nobody. */
  readonly arrow: 'right' | 'left' | 'self' | 'none';
  /** Printable. */
  readonly label: string;
  readonly tone: LadderTone;
  /** `strong` moves the negotiation, `faint` is detail that a narrow face may hide. */
  readonly weight: 'strong' | 'normal' | 'faint';
}

/** The row of an event of the model. */
export function ladderRow(model: Model, event: SignalEvent, options: LabelOptions = {}): LadderRow {
  const { seq, t } = event;
  const [from, to] = [partyNow(model, event, event.from), partyNow(model, event, event.to)];
  const lanes = [model.parties.indexOf(from), model.parties.indexOf(to)] as const;
  const tone = toneOf(model, event);
  return {
    seq,
    t,
    from,
    to,
    lanes,
    arrow: from === '' || to === '' ? 'none' : arrowOf(lanes),
    label: label(model, event, options),
    tone,
    weight: WEIGHTS[tone],
  };
}

function arrowOf([from, to]: readonly [number, number]): LadderRow['arrow'] {
  if (from === to) return 'self';
  return from < to ? 'right' : 'left';
}

const WEIGHTS: Readonly<Record<LadderTone, LadderRow['weight']>> = {
  offer: 'strong',
  answer: 'strong',
  bye: 'strong',
  problem: 'strong',
  action: 'normal',
  ok: 'normal',
  link: 'normal',
  other: 'normal',
  state: 'faint',
  candidate: 'faint',
};

/** By what the event means; a refusal before anything else. */
function toneOf(model: Model, event: SignalEvent): LadderTone {
  switch (event.kind) {
    case 'message':
      return messageTone(model, event);
    case 'apply':
      return event.ok ? 'ok' : 'problem';
    case 'call':
      return event.ok === false ? 'problem' : 'state';
    case 'state':
      return event.value === 'failed' ? 'problem' : 'state';
    case 'link':
      return event.change === 'error' ? 'problem' : 'link';
    case 'action':
    case 'mark':
      return 'action';
    case 'problem':
      return 'problem';
    default:
      return 'other';
  }
}

const MESSAGE_TONES: Readonly<Record<string, LadderTone>> = {
  offer: 'offer',
  rollback: 'offer',
  answer: 'answer',
  pranswer: 'answer',
  bye: 'bye',
  candidate: 'candidate',
  'end-of-candidates': 'candidate',
};

function messageTone(model: Model, { seq, signals }: MessageEvent): LadderTone {
  if (model.described.get(seq)?.some(({ status }) => status === 'rejected')) return 'problem';
  const tones = signals.map(({ type }) => MESSAGE_TONES[type] ?? 'other');
  return tones.find((tone) => tone !== 'other' && tone !== 'candidate') ?? tones[0] ?? 'other';
}
