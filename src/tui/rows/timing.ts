/** The tab Timing: how long rounds, ICE and DTLS took, and where nothing happened. */
import type { Millis, SignalEvent } from '../../core/event.ts';
import type { Round } from '../../core/model.ts';
import type { Glyphs } from '../glyphs.ts';
import { cell, type Row, row } from './row.ts';
import { span } from './span.ts';
import type { Scene, Tab } from './tab.ts';

export const timingTab: Tab = {
  id: 'timing',
  title: 'Timing',
  about: 'session',
  rows: timingRows,
  copy: (scene) => ({
    text: timingRows(scene)
      .map(({ cells }) => cells.map(({ text }) => text).join(''))
      .join('\n'),
    what: 'the timing',
  }),
};

function timingRows(scene: Scene): readonly Row[] {
  const { model, glyphs } = scene;
  const rounds = [...model.sessions.values()]
    .flatMap((session) => session.rounds)
    .sort((a, b) => a.offer.seq - b.offer.seq);
  if (model.events.length === 0) return [row('none', cell('nothing has happened yet', 'muted', glyphs))];
  const longest = Math.max(1, ...rounds.map((round) => tripOf(round) ?? 0));
  const recent = model.events.slice(-LOOKED_THROUGH);
  const gaps = gapsOf(recent);
  return [
    heading('rounds', 'from offer to answer', glyphs),
    ...(rounds.length === 0
      ? [nothing('rounds', glyphs)]
      : rounds.slice(-MOST).map((round) => roundRow(round, longest, scene))),
    row('air 1'),
    heading('states', 'until it was reached', glyphs),
    ...stateRows(recent, scene),
    row('air 2'),
    heading('gaps', 'longest without any event', glyphs),
    ...(gaps.length === 0 ? [nothing('gaps', glyphs)] : gaps.map((gap) => gapRow(gap, glyphs))),
  ];
}

/** States and gaps are looked for among so many events, the newest. */
const LOOKED_THROUGH = 20_000;
/** How many rounds are listed, the newest. */
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

/** How long each connection took to gather, to connect, to open its data: from its first event to the state. */
function stateRows(recent: readonly SignalEvent[], { glyphs }: Scene): readonly Row[] {
  const begun = new Map<string, Millis>();
  const rows: Row[] = [];
  for (const event of recent) {
    if (event.kind !== 'state') continue;
    const key = `${event.from} ${event.pc} ${event.of}`;
    const since = begun.get(key);
    if (!DONE.has(event.value)) {
      if (since === undefined || event.value !== 'new') begun.set(key, event.t);
      continue;
    }
    if (since === undefined) continue;
    begun.delete(key);
    rows.push(
      row(
        `state ${event.seq}`,
        cell(`      ${seconds(event.t).padStart(8)}  `, 'muted', glyphs),
        cell(`${event.from} ${event.of} ${event.value} `, event.value === 'failed' ? 'bad' : 'plain', glyphs),
        cell(`after ${span(event.t - since)}`, 'strong', glyphs),
      ),
    );
  }
  return rows.length === 0 ? [nothing('states', glyphs)] : rows.slice(-MOST);
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

/** The longest times between an event and the next, longest first. */
function gapsOf(events: readonly SignalEvent[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let index = 1; index < events.length; index += 1) {
    const [before, after] = [events[index - 1], events[index]];
    const length = (after?.t ?? 0) - (before?.t ?? 0);
    if (before === undefined || length < LEAST_GAP || length <= (gaps[MOST_GAPS - 1]?.length ?? 0)) continue;
    gaps.push({ after: before, length });
    gaps.sort((a, b) => b.length - a.length).splice(MOST_GAPS);
  }
  return gaps;
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
