/** The tab State: what each side is believed to be in and what its engine says, ICE generations, rounds, connections. */
import type { Description, IceGeneration, LinkState, Model, Round, Session, Side } from '../../core/model.ts';
import type { Tone } from '../theme.ts';
import { type Fact, factRows } from './fact.ts';
import { ledgerRows } from './ledger.ts';
import { cell, type Row, row, textOf } from './row.ts';
import { named } from './sdp.ts';
import { modelAt } from './state-at.ts';
import type { Scene, Tab } from './tab.ts';

export const stateTab: Tab = {
  id: 'state',
  title: 'State',
  about: 'session',
  rows: stateRows,
  copy: ({ goOn: _, ...scene }) => ({ text: stateRows(scene).map(textOf).join('\n'), what: 'the state' }),
};

/** As it was right after the selected event, as far as that can be worked out in time. */
function stateRows(scene: Scene): readonly Row[] {
  const { model, event, glyphs, goOn } = scene;
  const seq = event?.seq ?? 0;
  const past = modelAt(model, seq, goOn !== undefined) ?? model;
  if (past.events.length < seq) {
    goOn?.();
    return [row('when', cell(`working it out: event ${past.events.length} of ${seq}`, 'muted', glyphs))];
  }
  const when = past === model ? `now, after event ${model.events.length}` : `after event ${seq}`;
  const rows = [
    ...inOrder([...past.sessions.values()]).flatMap((session) => sessionRows(session, scene)),
    ...linkRows(past, scene),
  ];
  const none = row('none', cell('no peer connection has been seen yet', 'muted', glyphs));
  return [row('when', cell(when, 'muted', glyphs)), ...(rows.length > 0 ? rows : [none])];
}

/** Those that are closed stand behind the others. */
function inOrder(sessions: readonly Session[]): readonly Session[] {
  const isOpen = ({ closedBy }: Session) => closedBy === undefined;
  return [...sessions.filter(isOpen), ...sessions.filter((session) => !isOpen(session))];
}

function sessionRows(session: Session, scene: Scene): readonly Row[] {
  const { folds, glyphs } = scene;
  const { pc, sides, rounds, closedBy, partial } = session;
  const fold = `state ${pc}`;
  const open = !folds.has(fold);
  const about = [closedBy === undefined ? '' : ` · closed by event ${closedBy}`, partial ? ' · seen in part' : ''].join(
    '',
  );
  const sign = { text: `${open ? glyphs.unfolded : glyphs.folded} `, tone: 'accent' } as const;
  const head: Row = { key: fold, fold, cells: [sign, cell(pc, 'strong', glyphs), cell(about, 'muted', glyphs)] };
  if (!open) return [head];
  return [
    head,
    ...[...sides.values()].flatMap((side) => sideRows(pc, side, scene)),
    ...earlier(`${pc} rounds`, rounds.length, 'rounds', scene),
    ...rounds
      .slice(-NEWEST)
      .flatMap((round) => factRows(`${pc} round ${round.number}`, roundFact(round), scene, INDENT)),
    ...ledgerRows(session, scene, INDENT),
  ];
}

const INDENT = 2;
/** Of what a long session has more of, the newest are shown: rounds, and ICE generations of a side. */
const NEWEST = 20;

/** Says how many are not shown. */
function earlier(key: string, count: number, what: string, { glyphs }: Scene): readonly Row[] {
  if (count <= NEWEST) return [];
  return [row(`${key} earlier`, cell(`  ${glyphs.ellipsis} ${count - NEWEST} earlier ${what}`, 'muted', glyphs))];
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
  const rows = [...links.values()].flatMap((link) => factRows(`link ${link.id}`, linkFact(link), scene, INDENT));
  return [row('links', cell('signaling connections', 'strong', scene.glyphs)), ...rows];
}

function linkFact({ from, to, state, detail }: LinkState): Fact {
  return { name: `${from} - ${to} `, value: state, tone: state === 'error' ? 'bad' : 'plain', detail };
}
