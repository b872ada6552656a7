/** What an event means, in the few words that fit on a ladder row: `offer #3 · ICE restart · +video mid 2`. */
import type { Candidate } from '../sdp/sdp.ts';
import type { Action, EventBody, Failure, Signal, SignalEvent } from './event.ts';
import type { CandidateRecord, Description, Model } from './model.ts';
import { newsInTime } from './news.ts';
import { printable } from './text.ts';

export interface LabelOptions {
  /** Between the parts; ` · ` unless the terminal has only ASCII. */
  readonly separator?: string;
  /** Asked before anything that takes long; what there is no time for is left out, and goes on with the next label. */
  readonly hasTime?: () => boolean;
}

/** Longer texts of strangers are cut: a label is one row. */
const LONGEST = 200;
/** Longer arguments of a call are left to its details. */
const SHORT = 80;

/** The label of an event of the model. Printable, whatever the wire said. */
export function label(model: Model, event: SignalEvent, { separator = ' · ', hasTime }: LabelOptions = {}): string {
  const parts = event.kind === 'message' ? messageParts(model, event, hasTime) : [WORDS[event.kind](event as never)];
  const text = parts.filter((part) => part !== '').join(separator);
  return printable(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

type BodyOf<K> = Extract<EventBody, { kind: K }>;

const WORDS: { readonly [K in Exclude<EventBody['kind'], 'message'>]: (event: BodyOf<K>) => string } = {
  link: ({ change, url, code, reason, delay }) =>
    words('link', change, url, code, reason, delay === undefined ? undefined : `in ${delay} ms`),
  apply: ({ op, type, ok, error }) => {
    const what = op === 'candidate' ? 'candidate' : words(op, type);
    return ok ? `applied ${what}` : `refused ${what}${because(error)}`;
  },
  state: ({ of, value }) => words('state', of, value),
  call({ name, args, ok, error }) {
    const said = words(name, typeof args === 'string' && args.length <= SHORT ? args : undefined);
    return ok === false ? `${said} failed${because(error)}` : said;
  },
  action: ({ action }) => `ours: ${actionWords(action)}`,
  mark: ({ text, of }) =>
    of === undefined ? `mark: ${text}` : text === '' ? `note on #${of}` : `note on #${of}: ${text}`,
  problem: ({ code, detail }) => `problem ${code}: ${detail}`,
  other: ({ label: name }) => words('unknown', name),
};

function words(...parts: readonly (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function because(error: Failure | undefined): string {
  return error === undefined ? '' : `: ${error.name}: ${error.message}`;
}

/** What we are told to do, as words: `restart ICE`, `add video`, `stop mid 2`. */
export function actionWords(action: Action): string {
  switch (action.do) {
    case 'call':
      return words('call', action.to);
    case 'restart-ice':
      return words('restart ICE', action.pc);
    case 'add':
      return `add ${action.media}`;
    case 'stop':
      return action.mid === undefined ? 'stop' : `stop mid ${action.mid}`;
    case 'direction':
      return words('direction', action.direction, action.mid === undefined ? undefined : `mid ${action.mid}`);
    case 'hangup':
      return action.pc === undefined ? 'hang up' : `close ${action.pc}`;
    case 'stats':
      return words('get statistics', action.pc);
    case 'set-configuration':
      return words('set configuration', action.pc, configurationWords(action.configuration));
    case 'send':
      return 'send a message';
    case 'mark':
      return `mark ${action.text}`;
    case 'hold':
      return action.off ? 'hold nothing any more' : words('hold', action.once ? 'the next' : 'every', action.match);
    case 'let-go':
    case 'drop':
    case 'duplicate':
    case 'edit':
      return words(action.do.replace('-', ' '), numbered(action.of), reason(action.by));
    case 'delay':
    case 'reorder': {
      const by = action.time === 0 ? 'behind what follows' : `by ${action.time} ms`;
      return words(action.do, numbered(action.of), by, reason(action.by));
    }
    case 'inject':
      return `inject to the ${action.to}`;
    default:
      return action.do;
  }
}

function configurationWords(configuration: unknown): string {
  const text = JSON.stringify(configuration) ?? '';
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
}

const numbered = (seq: number | undefined): string => (seq === undefined ? '' : `#${seq}`);
const reason = (by: string | undefined): string => (by === undefined ? '' : `(${by})`);

/** How many signals of one message are spelled out. */
const SPELLED = 3;

function messageParts(
  model: Model,
  { seq, protocol, signals }: BodyOf<'message'> & SignalEvent,
  hasTime: LabelOptions['hasTime'],
): string[] {
  const descriptions = [...(model.described.get(seq) ?? [])];
  const candidates = [...(model.gathered.get(seq) ?? [])];
  if (signals.length === 0) return [`${protocol} message`];
  const parts = signals.slice(0, SPELLED).flatMap((signal) => {
    if (isDescription(signal))
      return [...descriptionParts(descriptions.shift(), signal.type, hasTime), ...doubts(signal)];
    if (signal.type !== 'candidate') return [signalWords(signal)];
    return [
      signal.candidate === ''
        ? signalWords({ ...signal, type: 'end-of-candidates' })
        : candidateWords(candidates.shift()),
    ];
  });
  return signals.length > SPELLED ? [...parts, `${signals.length - SPELLED} more`] : parts;
}

/** From here on nobody doubts what a description is. */
const SURE = 0.9;

/** What was assumed where little told the type of a description. */
function doubts({ assumed }: Extract<Signal, { sdp: string }>): string[] {
  return assumed === undefined || assumed.sure >= SURE ? [] : [`type assumed by ${assumed.because}`];
}

function isDescription(signal: Signal): signal is Extract<Signal, { sdp: string }> {
  return signal.type === 'offer' || signal.type === 'answer' || signal.type === 'pranswer';
}

function descriptionParts(
  description: Description | undefined,
  type: string,
  hasTime: LabelOptions['hasTime'],
): string[] {
  if (description === undefined) return [type];
  const name = `${description.type} #${description.number}`;
  const fate = description.type === 'offer' ? offerFate(description) : answerFate(description);
  return [name, ...(newsInTime(description, hasTime) ?? ['…']), ...fate];
}

/** `offer #2 of alice` */
export const descriptionName = ({ type, number, from }: Description): string => `${type} #${number} of ${from}`;

function offerFate({ repeats, reflects, round, status }: Description): string[] {
  if (reflects !== undefined) return [`copy of the other side's ${reflects.type} #${reflects.number}`];
  const fate = FATES[status] ?? '';
  return [repeats === undefined ? '' : 'again', round?.glareWith === undefined ? '' : 'glare', fate];
}

const FATES: Readonly<Partial<Record<Description['status'], string>>> = {
  superseded: 'superseded',
  'rolled-back': 'rolled back',
  unanswered: 'unanswered',
  rejected: 'refused',
};

/** To which offer, where that is not the one of the same number; or to none. */
function answerFate({ repeats, reflects, round, status, number }: Description): string[] {
  if (reflects !== undefined) return [`copy of the other side's ${reflects.type} #${reflects.number}`];
  const again = repeats !== undefined && status === 'stray' ? ['again'] : [];
  if (round === undefined) return [...again, 'no open offer'];
  const late = status === 'stray' && again.length === 0 ? FATES[round.offer.status] : undefined;
  if (late !== undefined) return [`to offer #${round.offer.number}, which was ${late}`];
  const other = round.offer.number === number ? [] : [`to offer #${round.offer.number}`];
  return [...other, ...again, status === 'rejected' ? 'refused' : ''];
}

function candidateWords(record: CandidateRecord | undefined): string {
  if (record === undefined) return 'candidate';
  const { candidate, mid, mLine, stale } = record;
  const section = mid === undefined ? (mLine === undefined ? '' : `m-line ${mLine}`) : `mid ${mid}`;
  const what = candidate === undefined ? 'unreadable' : addressWords(candidate);
  return words('candidate', section, what, stale ? '(stale)' : '');
}

function addressWords({ type, transport, address, port }: Candidate): string {
  return `${type} ${transport} ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function signalWords(signal: Exclude<Signal, { sdp: string } | { type: 'candidate' }>): string {
  switch (signal.type) {
    case 'end-of-candidates':
      return words('end of candidates', signal.mid === undefined ? undefined : `mid ${signal.mid}`);
    case 'bye':
      return 'hang up';
    case 'presence':
      return `${signal.change} ${signal.who}`;
    case 'other':
      return signal.label;
    case 'rollback':
      return 'rollback';
    default:
      return words(signal.type, signal.method, signal.ok === false ? 'refused' : undefined);
  }
}
