/** The tab State: what each side is believed to be in and what its engine says, ICE generations, rounds, connections. */
import type { Description, IceGeneration, LinkState, Model, Round, Session, Side } from '../../core/model.ts';
import type { Tone } from '../theme.ts';
import { type Fact, factRows } from './fact.ts';
import { ledgerRows } from './ledger.ts';
import { cell, type Row, type Rows, row, textOfAll } from './row.ts';
import { named } from './sdp.ts';
import { modelAt } from './state-at.ts';
import type { Scene, Tab } from './tab.ts';

export const stateTab: Tab = {
  id: 'state',
  title: 'State',
  about: 'session',
  rows: stateRows,
  copy: (scene) => ({ text: textOfAll(stateRows(scene)), what: 'the state' }),
};

/** As it was right after the selected event. */
function* stateRows(scene: Scene): Rows {
  const { model, event, glyphs } = scene;
  const seq = event?.seq ?? 0;
  const past = yield* modelAt(model, seq);
  const when = past === model ? `now, after event ${model.events.at(-1)?.seq ?? 0}` : `after event ${seq}`;
  yield row('when', cell(when, 'muted', glyphs));
  if (past.sessions.size + past.links.size === 0)
    return yield row('none', cell('no peer connection has been seen yet', 'muted', glyphs));
  yield* allSessions(past, scene);
  yield* linkRows(past, scene);
}

/** Those that are open, then those that are closed. */
function* allSessions(past: Model, scene: Scene): Rows {
  const isOpen = ({ closedBy }: Session) => closedBy === undefined;
  const all = [...past.sessions.values()];
  const open = all.filter(isOpen);
  const closed = all.filter((session) => !isOpen(session));
  yield* earlier('open', open.length, 'connections that are open', scene, MOST_OPEN);
  for (const session of open.slice(-MOST_OPEN)) yield* sessionRows(session, scene);
  yield* earlier('closed', closed.length, 'connections that are closed', scene);
  for (const session of closed.slice(-NEWEST)) yield* sessionRows(session, scene);
}

function* sessionRows(session: Session, scene: Scene): Rows {
  const { folds, glyphs } = scene;
  const { pc, sides, rounds, closedBy, partial } = session;
  const fold = `state ${pc}`;
  const open = !folds.has(fold);
  const about = [closedBy === undefined ? '' : ` · closed by event ${closedBy}`, partial ? ' · seen in part' : ''].join(
    '',
  );
  const sign = { text: `${open ? glyphs.unfolded : glyphs.folded} `, tone: 'accent' } as const;
  yield { key: fold, fold, cells: [sign, cell(pc, 'strong', glyphs), cell(about, 'muted', glyphs)] };
  if (!open) return;
  for (const side of sides.values()) yield* sideRows(pc, side, scene);
  yield* earlier(`${pc} rounds`, rounds.length, 'rounds', scene);
  for (const round of rounds.slice(-NEWEST))
    yield* factRows(`${pc} round ${round.number}`, roundFact(round), scene, INDENT);
  yield* ledgerRows(session, scene, INDENT);
}

const INDENT = 2;
/** Of what a long session has more of, the newest are shown: rounds, ICE generations of a side, closed connections. */
const NEWEST = 20;
/** The same of connections that are open, and of those to servers. */
const MOST_OPEN = 100;

/** Says how many are not shown. */
function earlier(key: string, count: number, what: string, { glyphs }: Scene, most = NEWEST): readonly Row[] {
  if (count <= most) return [];
  return [row(`${key} earlier`, cell(`  ${glyphs.ellipsis} ${count - most} earlier ${what}`, 'muted', glyphs))];
}

function sideRows(pc: string, side: Side, scene: Scene): readonly Row[] {
  const key = `${pc} ${side.party}`;
  const politeness = side.politeness === undefined ? '' : ` · ${side.politeness}`;
  const head = row(key, cell(`  ${side.party}`, 'strong', scene.glyphs), cell(politeness, 'muted', scene.glyphs));
  const told = (facts: readonly Fact[], what: string) =>
    facts.flatMap((fact, index) => factRows(`${key} ${what} ${index}`, fact, scene, INDENT));
  return [
    head,
    ...told(signalingFacts(side), 'signaling'),
    ...earlier(key, side.generations.length, 'ICE generations', scene),
    ...told(side.generations.slice(-NEWEST).map(generationFact), 'ICE'),
  ];
}

function signalingFacts(side: Side): readonly Fact[] {
  const { actual, signaling, reason, currentLocal, currentRemote, pendingLocal, pendingRemote } = side;
  const differs = actual.signaling !== undefined && actual.signaling !== signaling;
  const tone: Tone = signaling === 'stable' ? 'strong' : signaling === 'closed' ? 'muted' : 'warn';
  const says = Object.entries(actual).map(([of, value]) => `${of} ${value}`);
  return [
    { name: 'signaling', value: signaling, tone, detail: reason },
    { name: 'engine says', value: says.join(' · '), tone: differs ? 'bad' : 'plain' },
    { name: 'current', value: `local ${nameOf(currentLocal)} · remote ${nameOf(currentRemote)}` },
    {
      name: 'pending',
      value: [pendingLocal, pendingRemote].flatMap((one) => (one === undefined ? [] : [named(one)])).join(' · '),
      tone: 'warn',
    },
  ];
}

function nameOf(description: Description | undefined): string {
  return description === undefined ? 'none' : named(description);
}

/** No healthy generation has as many candidates; of more the newest are counted by type. */
const COUNTED = 200;

function generationFact({ number, ufrag, state, candidates, mids, endedBy }: IceGeneration): Fact {
  const kinds = new Map<string, number>();
  for (const { candidate } of candidates.slice(-COUNTED)) {
    const type = candidate?.type ?? 'unreadable';
    kinds.set(type, (kinds.get(type) ?? 0) + 1);
  }
  const rest = candidates.length > COUNTED ? ` and ${candidates.length - COUNTED} before` : '';
  const counts = ([...kinds].map(([type, count]) => `${count} ${type}`).join(' ') || 'no candidates') + rest;
  const detail = [`mid ${mids.join(' ')}`, counts, ...(endedBy === undefined ? [] : ['gathered all'])].join(' · ');
  return {
    name: `ICE gen ${number}`,
    value: `${ufrag} ${state}`,
    tone: state === 'current' || state === 'new' ? 'plain' : 'muted',
    detail,
  };
}

function roundFact({ number, state, cause, offerer, answerer, offer, answer }: Round): Fact {
  const tone: Tone = state === 'open' ? 'warn' : state === 'failed' ? 'bad' : 'plain';
  const events = answer === undefined ? `event ${offer.seq}` : `events ${offer.seq} and ${answer.seq}`;
  return { name: `round ${number}`, value: state, tone, detail: `${cause} · ${offerer} → ${answerer} · ${events}` };
}

function linkRows({ links }: Model, scene: Scene): readonly Row[] {
  if (links.size === 0) return [];
  const shown = [...links.values()].slice(-MOST_OPEN);
  return [
    row('links', cell('signaling connections', 'strong', scene.glyphs)),
    ...earlier('links', links.size, 'ones', scene, MOST_OPEN),
    ...shown.flatMap((link) => factRows(`link ${link.id}`, linkFact(link), scene, INDENT)),
  ];
}

function linkFact({ from, to, state, detail }: LinkState): Fact {
  return { name: `${from} - ${to} `, value: state, tone: state === 'error' ? 'bad' : 'plain', detail };
}
