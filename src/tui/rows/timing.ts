/** The tab Timing: how long rounds, ICE and DTLS took, and where nothing happened. */
import type { Millis, SignalEvent } from '../../core/event.ts';
import type { Model, Round } from '../../core/model.ts';
import type { Steps } from '../../sdp/steps.ts';
import type { Glyphs } from '../glyphs.ts';
import { cell, type Row, type Rows, row, textOfAll } from './row.ts';
import { span } from './span.ts';
import type { Scene, Tab } from './tab.ts';

export const timingTab: Tab = {
  id: 'timing',
  title: 'Timing',
  about: 'session',
  rows: timingRows,
  copy: (scene) => ({ text: textOfAll(timingRows(scene)), what: 'the timing' }),
};

function* timingRows(scene: Scene): Rows {
  const { model, glyphs } = scene;
  const rounds = [...model.sessions.values()]
    .flatMap((session) => session.rounds.slice(-MOST))
    .sort((a, b) => a.offer.seq - b.offer.seq)
    .slice(-MOST);
  if (model.events.length === 0) return yield row('none', cell('nothing has happened yet', 'muted', glyphs));
  const longest = Math.max(1, ...rounds.map((round) => tripOf(round) ?? 0));
  yield heading('rounds', 'from offer to answer', glyphs);
  if (rounds.length === 0) yield nothing('rounds', glyphs);
  for (const round of rounds) yield roundRow(round, longest, scene);
  const { reached, gaps } = yield* seenOf(model);
  yield row('air 1');
  yield heading('states', 'until it was reached', glyphs);
  yield* stateRows(reached, glyphs);
  yield row('air 2');
  yield heading('gaps', 'longest without any event', glyphs);
  if (gaps.length === 0) yield nothing('gaps', glyphs);
  for (const gap of gaps) yield gapRow(gap, glyphs);
}

/** States and gaps are looked for from so many events before the first look on. */
const LOOKED_THROUGH = 20_000;
/** How many rounds and states are listed, the newest. */
const MOST = 200;

const heading = (key: string, text: string, glyphs: Glyphs): Row =>
  row(key, cell(`${key} `, 'strong', glyphs), cell(text, 'muted', glyphs));
const nothing = (key: string, glyphs: Glyphs): Row => row(`${key} none`, cell('  none', 'muted', glyphs));

const tripOf = ({ offer, answer }: Round): Millis | undefined =>
  answer === undefined ? undefined : answer.t - offer.t;

const BAR = 24;

function roundRow(round: Round, longest: Millis, { glyphs, width }: Scene): Row {
  const trip = tripOf(round);
  const length =
    trip === undefined ? 0 : Math.max(1, Math.round((trip / longest) * Math.min(BAR, Math.max(4, width - 46))));
  return row(
    `round ${round.pc} ${round.number}`,
    cell(`  ${String(round.number).padStart(3)} ${seconds(round.offer.t).padStart(8)}  `, 'muted', glyphs),
    cell(`${round.offerer} ${glyphs.right} ${round.answerer} `, 'plain', glyphs),
    cell(trip === undefined ? round.state : span(trip), trip === undefined || trip > SLOW ? 'warn' : 'strong', glyphs),
    cell(` ${glyphs.line.repeat(length)}`, 'offer', glyphs),
  );
}

/** A person at the other end of a call notices a round that takes longer. */
const SLOW: Millis = 2000;

interface Reached {
  readonly event: StateEvent;
  /** Since the first event of the kind. */
  readonly after: Millis;
}

type StateEvent = Extract<SignalEvent, { kind: 'state' }>;

/** What was seen of a session's events, each looked at once. */
interface Seen {
  next: number;
  last: SignalEvent | undefined;
  readonly begun: Map<string, Millis>;
  readonly reached: Reached[];
  /** The longest times between an event and the next, longest first. */
  readonly gaps: Gap[];
}

const seen = new WeakMap<Model, Seen>();

/** Events that are looked at in one step. */
const STEP = 100;

function* seenOf(model: Model): Steps<Seen> {
  const { length } = model.events;
  const known = seen.get(model);
  const so: Seen = known ?? {
    next: Math.max(0, length - LOOKED_THROUGH),
    last: undefined,
    begun: new Map(),
    reached: [],
    gaps: [],
  };
  seen.set(model, so);
  while (so.next < length) {
    for (const event of model.events.slice(so.next, Math.min(length, so.next + STEP))) {
      if (so.last !== undefined) noteGap(so, { after: so.last, length: event.t - so.last.t });
      if (event.kind === 'state') noteState(so, event);
      so.last = event;
      so.next += 1;
    }
    yield;
  }
  return so;
}

/** How long each connection took to gather, to connect, to open its data: from its first event to the state. */
function noteState({ begun, reached }: Seen, event: StateEvent): void {
  const key = `${event.from} ${event.pc} ${event.of}`;
  const since = begun.get(key);
  if (!DONE.has(event.value)) {
    if (since === undefined || event.value !== 'new') begun.set(key, event.t);
    return;
  }
  if (since === undefined) return;
  begun.delete(key);
  reached.push({ event, after: event.t - since });
  if (reached.length > MOST) reached.shift();
}

function stateRows(reached: readonly Reached[], glyphs: Glyphs): readonly Row[] {
  if (reached.length === 0) return [nothing('states', glyphs)];
  return reached.map(({ event, after }) =>
    row(
      `state ${event.seq}`,
      cell(`      ${seconds(event.t).padStart(8)}  `, 'muted', glyphs),
      cell(`${event.from} ${event.of} ${event.value} `, event.value === 'failed' ? 'bad' : 'plain', glyphs),
      cell(`after ${span(after)}`, 'strong', glyphs),
    ),
  );
}

const DONE: ReadonlySet<string> = new Set([
  'connected',
  'completed',
  'complete',
  'open',
  'failed',
  'closed',
  'flowing',
]);

interface Gap {
  readonly after: SignalEvent;
  readonly length: Millis;
}

const MOST_GAPS = 8;
const LEAST_GAP: Millis = 500;

function noteGap({ gaps }: Seen, gap: Gap): void {
  if (gap.length < LEAST_GAP || gap.length <= (gaps[MOST_GAPS - 1]?.length ?? 0)) return;
  gaps.push(gap);
  gaps.sort((a, b) => b.length - a.length).splice(MOST_GAPS);
}

function gapRow({ after: { seq, t }, length }: Gap, glyphs: Glyphs): Row {
  return row(
    `gap ${seq}`,
    cell(`      ${seconds(t).padStart(8)}  `, 'muted', glyphs),
    cell(`${span(length)} `, length > SLOW ? 'warn' : 'strong', glyphs),
    cell(`after event ${seq}`, 'plain', glyphs),
  );
}

const seconds = (t: Millis): string => `${(t / 1000).toFixed(3)}`;
