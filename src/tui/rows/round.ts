/** The round of offer and answer an event belongs to: which one, how it went, and what it changed for the call. */
import type { SignalEvent } from '../../core/event.ts';
import type { Model, Round, RoundCause, Session } from '../../core/model.ts';
import { sessionsUnder } from '../../core/session.ts';
import { effectsOf, settling } from '../../core/settled.ts';
import type { Tone } from '../theme.ts';
import { type Cell, cell, folded, partRows, type Row, type Rows, row } from './row.ts';
import { span } from './span.ts';
import { descriptionOf, type Scene } from './tab.ts';

/** The description's own round; else the one in flight, or finished last, when the event happened. */
export function roundOf(model: Model, event: SignalEvent | undefined): Round | undefined {
  if (event === undefined) return undefined;
  const own = descriptionOf(model, event)?.round;
  if (own !== undefined) return own;
  const before = (sessions: readonly Session[]) => newest(sessions.map((each) => roundBefore(each, event.seq)));
  return before(sessionsOf(model, event)) ?? before([...model.sessions.values()]);
}

/** The one it names, or all that have had the id it says: that is used again after hanging up. */
function sessionsOf(model: Model, event: SignalEvent): readonly Session[] {
  const gathered = model.gathered.get(event.seq)?.[0]?.pc;
  const pc = gathered ?? ('pc' in event ? event.pc : undefined);
  if (pc === undefined) return [];
  const named = model.sessions.get(pc) ?? [];
  const again = gathered === undefined ? sessionsUnder(model, pc) : (model.current.get(pc) ?? []);
  return [named, again].flat();
}

function roundBefore({ rounds }: Session, seq: number): Round | undefined {
  return rounds.findLast(({ offer }) => offer.seq <= seq);
}

function newest(rounds: readonly (Round | undefined)[]): Round | undefined {
  return rounds.reduce((best, one) => (one && (!best || one.offer.seq > best.offer.seq) ? one : best), undefined);
}

const CAUSES: Readonly<Record<RoundCause, string>> = {
  first: 'first',
  renegotiation: 'renegotiation',
  'ice-restart': 'ICE restart',
  glare: 'glare',
  'new-pc': 'new PeerConnection',
};

/** `round 4 · ICE restart · you → robin · complete in 7 ms` */
export function roundHead(round: Round, { width, glyphs }: Scene): readonly Row[] {
  const { number, cause, offerer, answerer } = round;
  const [fate, tone] = fateOf(round);
  const parts: readonly Cell[] = [
    cell(`round ${number} · ${CAUSES[cause]}`, 'strong', glyphs),
    cell(` · ${offerer} → ${answerer}`, 'plain', glyphs),
    cell(` · ${fate}`, tone, glyphs),
  ];
  return partRows('round', parts, width);
}

function fateOf({ state, offer, answer, answerer, endedBy }: Round): readonly [string, Tone] {
  const by = endedBy === undefined ? '' : ` by event ${endedBy}`;
  switch (state) {
    case 'open':
      return [`open: no answer from ${answerer} yet`, 'warn'];
    case 'complete':
      return [answer === undefined ? 'complete' : `complete in ${span(answer.t - offer.t)}`, 'plain'];
    case 'superseded':
      return [`superseded${by}`, 'warn'];
    case 'rolled-back':
      return [`rolled back${by}`, 'warn'];
    default:
      return [`failed${by}`, 'bad'];
  }
}

/** What is different for the call since the round, in a few lines; none if it is not complete. */
export function* effectRows(round: Round, { model, width, glyphs }: Scene): Rows {
  yield* settling(model, round);
  const effects = effectsOf(model, round);
  if (effects === undefined) return;
  const sentences = effects.map(({ sentence }) => sentence).join(' ');
  const text = cell(`⇒ ${sentences === '' ? 'Nothing changes for the call.' : sentences}`, 'plain', glyphs).text;
  yield* folded(text, Math.max(20, width)).map((line, index) => row(`effect ${index}`, { text: line, tone: 'plain' }));
}
