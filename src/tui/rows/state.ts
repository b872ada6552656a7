/** The tab State: what each side is believed to be in and what its engine says, ICE generations, rounds, connections. */
import type { IceGeneration, LinkState, Model, Round, Session, Side } from '../../core/model.ts';
import type { Glyphs, Tone } from '../theme.ts';
import { type Cell, cell, type Row, row } from './row.ts';
import { named } from './sdp.ts';
import { modelAt } from './state-at.ts';
import type { Scene, Tab } from './tab.ts';

export const stateTab: Tab = {
  id: 'state',
  title: 'State',
  about: 'session',
  rows: stateRows,
  copy: (scene) => ({
    text: stateRows(scene)
      .map(({ cells }) => cells.map(({ text }) => text).join(''))
      .join('\n'),
    what: 'the state',
  }),
};

function stateRows({ model, event, folds, glyphs }: Scene): readonly Row[] {
  const seq = event?.seq ?? 0;
  const past = modelAt(model, seq);
  const when =
    past === undefined || past === model ? `after the last event, ${model.events.length}` : `after event ${seq}`;
  const { sessions, links } = past ?? model;
  const rows = [
    ...[...sessions.values()].flatMap((session) => sessionRows(session, folds, glyphs)),
    ...linkRows(links, glyphs),
  ];
  const none = row('none', cell('no peer connection has been seen yet', 'muted', glyphs));
  return [row('when', cell(when, 'muted', glyphs)), ...(rows.length > 0 ? rows : [none])];
}

function sessionRows(session: Session, folds: ReadonlySet<string>, glyphs: Glyphs): readonly Row[] {
  const fold = `state ${session.pc}`;
  const open = !folds.has(fold);
  const state = session.closedBy === undefined ? '' : ` · closed by event ${session.closedBy}`;
  const head: Row = {
    key: fold,
    fold,
    cells: [
      { text: `${open ? glyphs.unfolded : glyphs.folded} `, tone: 'accent' },
      cell(session.pc, 'strong', glyphs),
      cell(`${state}${session.partial ? ' · seen in part' : ''}`, 'muted', glyphs),
    ],
  };
  if (!open) return [head];
  const sides = [...session.sides.values()];
  return [head, ...sides.flatMap((side) => sideRows(session.pc, side, glyphs)), ...roundRows(session, glyphs)];
}

function sideRows(pc: string, side: Side, glyphs: Glyphs): readonly Row[] {
  const key = `${pc} ${side.party}`;
  const tone: Tone = side.signaling === 'stable' ? 'strong' : side.signaling === 'closed' ? 'muted' : 'warn';
  const { actual } = side;
  const differs = actual.signaling !== undefined && actual.signaling !== side.signaling;
  const says = Object.entries(actual).map(([of, value]) => `${of} ${value}`);
  return [
    row(
      key,
      cell(`  ${side.party}`, 'strong', glyphs),
      ...(side.politeness === undefined ? [] : [cell(`  ${side.politeness}`, 'muted', glyphs)]),
    ),
    fact(
      `${key} signaling`,
      'signaling',
      glyphs,
      cell(side.signaling, tone, glyphs),
      cell(side.reason === '' ? '' : ` · ${side.reason}`, 'muted', glyphs),
    ),
    ...(says.length === 0
      ? []
      : [fact(`${key} actual`, 'engine says', glyphs, cell(says.join(' · '), differs ? 'bad' : 'plain', glyphs))]),
    ...descriptionRows(key, side, glyphs),
    ...side.generations.map((generation) => generationRow(key, generation, glyphs)),
  ];
}

function descriptionRows(key: string, side: Side, glyphs: Glyphs): readonly Row[] {
  const current = [side.currentLocal, side.currentRemote].map((description) =>
    description === undefined ? 'none' : named(description),
  );
  const pending = [side.pendingLocal, side.pendingRemote].flatMap((description) =>
    description === undefined ? [] : [named(description)],
  );
  return [
    fact(`${key} current`, 'current', glyphs, cell(`local ${current[0]} · remote ${current[1]}`, 'plain', glyphs)),
    ...(pending.length === 0
      ? []
      : [fact(`${key} pending`, 'pending', glyphs, cell(pending.join(' · '), 'warn', glyphs))]),
  ];
}

function generationRow(key: string, generation: IceGeneration, glyphs: Glyphs): Row {
  const { number, ufrag, state, candidates, mids, endedBy } = generation;
  const kinds = new Map<string, number>();
  for (const { candidate } of candidates) {
    const type = candidate?.type ?? 'unreadable';
    kinds.set(type, (kinds.get(type) ?? 0) + 1);
  }
  const counts = [...kinds].map(([type, count]) => `${count} ${type}`).join(' ');
  const parts = [
    `mid ${mids.join(' ')}`,
    candidates.length === 0 ? 'no candidates' : counts,
    ...(endedBy === undefined ? [] : ['ended']),
  ];
  return fact(
    `${key} generation ${number} ${ufrag}`,
    `ICE gen ${number}`,
    glyphs,
    cell(ufrag, state === 'current' || state === 'new' ? 'plain' : 'muted', glyphs),
    cell(` ${state}`, state === 'current' ? 'strong' : 'muted', glyphs),
    cell(` · ${parts.join(' · ')}`, 'muted', glyphs),
  );
}

function roundRows({ pc, rounds }: Session, glyphs: Glyphs): readonly Row[] {
  return rounds.map((round) =>
    fact(
      `${pc} round ${round.number}`,
      `round ${round.number}`,
      glyphs,
      cell(round.state, roundTone(round), glyphs),
      cell(
        ` · ${round.cause} · ${round.offerer} → ${round.answerer} · event ${round.offer.seq}${round.answer === undefined ? '' : ` → ${round.answer.seq}`}`,
        'muted',
        glyphs,
      ),
    ),
  );
}

function roundTone({ state }: Round): Tone {
  return state === 'complete' ? 'strong' : state === 'open' ? 'warn' : state === 'failed' ? 'bad' : 'muted';
}

function linkRows(links: Model['links'], glyphs: Glyphs): readonly Row[] {
  if (links.size === 0) return [];
  return [
    row('links', cell('Connections', 'strong', glyphs)),
    ...[...links.values()].map((link) => linkRow(link, glyphs)),
  ];
}

function linkRow({ id, from, to, state, detail }: LinkState, glyphs: Glyphs): Row {
  const tone: Tone = state === 'open' ? 'strong' : state === 'error' ? 'bad' : 'muted';
  return fact(
    `link ${id}`,
    `${from} - ${to}`,
    glyphs,
    cell(state, tone, glyphs),
    cell(detail === '' ? '' : ` · ${detail}`, 'muted', glyphs),
  );
}

const NAME_WIDTH = 12;

function fact(key: string, name: string, glyphs: Glyphs, ...cells: readonly Cell[]): Row {
  return row(key, cell(`    ${name.padEnd(NAME_WIDTH)} `, 'muted', glyphs), ...cells);
}
