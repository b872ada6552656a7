/** The two bars: what is looked at and how, above; who is connected and what is going on, below. */
import type { Model, Session, Side, SignalingState } from '../../core/model.ts';
import { displayWidth, printable } from '../../core/text.ts';
import { badges, SEVERITY_TONES } from '../found.ts';
import type { Glyphs } from '../glyphs.ts';
import type { Setting, Ui } from '../state.ts';
import type { Tone } from '../theme.ts';
import type { View } from '../view.ts';
import { type Cell, cell, cellsWidth, crop, dropColumns } from './row.ts';
import { named } from './sdp.ts';

/** The title at the left; how many events, what is followed and filtered at the right. */
export function titleCells(
  ui: Ui,
  { title, live, model, glyphs, work }: Setting,
  { total, found }: View,
): readonly Cell[] {
  const count = model.events.length;
  const held = ui.frozenAt === undefined ? 0 : count - ui.frozenAt;
  const filtered = ui.filter !== '' && total !== count;
  const right: Cell[] = [
    ...badges(found).map(({ severity, text }) => cell(`${text} `, SEVERITY_TONES[severity], glyphs)),
    cell(`${filtered ? `${total} of ` : ''}${count} ${count === 1 ? 'event' : 'events'}`, 'plain', glyphs),
    ...(ui.filter === '' ? [] : [cell(` · filter ${ui.filter}`, 'accent', glyphs)]),
    ...(ui.frozenAt === undefined ? [] : [cell(` · paused, ${held} more`, 'warn', glyphs)]),
    ...(live
      ? ui.follow
        ? [cell(' · following', 'strong', glyphs)]
        : []
      : [cell(` · ${work?.() ?? 'recording'}`, 'muted', glyphs)]),
    { text: ' ', tone: 'plain' },
  ];
  const room = Math.max(0, ui.size.columns - cellsWidth(right));
  return [
    ...crop(
      [{ text: ' ', tone: 'plain' }, cell(endOf(printable(title), room - 2, glyphs), 'strong', glyphs)],
      0,
      room,
      glyphs,
    ),
    ...crop(right, 0, ui.size.columns - room, glyphs),
  ];
}

/** Of a path that is too long the end, where the name is. */
function endOf(title: string, room: number, { ellipsis }: Glyphs): string {
  const width = displayWidth(title);
  return width <= room ? title : ellipsis + dropColumns(title, width - room + 1);
}

/** The session the status is about: the newest that is not closed, else the newest. */
export function currentSession(model: Model): Session | undefined {
  return model.alive.at(-1) ?? model.newest;
}

/** Our end, which is the one whose engine we hear; on the wire alone, the first party's. */
export function ownSide(model: Model, { sides }: Session): Side | undefined {
  const all = [...sides.values()];
  return (
    all.find(({ actual }) => Object.keys(actual).length > 0) ??
    all.toSorted((a, b) => model.parties.indexOf(a.party) - model.parties.indexOf(b.party))[0]
  );
}

function spaced(parts: readonly (readonly Cell[])[]): readonly Cell[] {
  return parts.flatMap((cells, index) => [{ text: index === 0 ? ' ' : '  ', tone: 'plain' } as Cell, ...cells]);
}

/**
 * `now` is the time of the session in milliseconds, for how long the open round has been waiting; `hidden` is the number
 * of events that are not worth a row, told where it fits in.
 */
export function statusCells(
  { model, live, glyphs, held }: Setting,
  now: number,
  hidden = 0,
  columns = 0,
): readonly Cell[] {
  const session = currentSession(model);
  const side = session === undefined ? undefined : ownSide(model, session);
  const parts: (readonly Cell[])[] = [connected(model, session, glyphs)];
  if (side !== undefined) {
    parts.push(labelled('signaling', side.actual.signaling ?? side.signaling, signalingTone(side.signaling), glyphs));
    if (side.actual.ice !== undefined) parts.push(labelled('ICE', side.actual.ice, stateTone(side.actual.ice), glyphs));
    const { dtls, connection } = side.actual;
    if (dtls !== undefined) parts.push(labelled('DTLS', dtls, stateTone(dtls), glyphs));
    else if (connection !== undefined) parts.push(labelled('connection', connection, stateTone(connection), glyphs));
  }
  const round = session === undefined ? undefined : inFlight(session, live, now, glyphs);
  if (round !== undefined) parts.push([round]);
  const waiting = held().map(({ seq, what }) => `${what} (event ${seq})`);
  if (waiting.length > 0) parts.push([cell(`held: ${waiting.join(', ')}`, 'warn', glyphs)]);
  const cells = spaced(parts);
  if (hidden === 0) return cells;
  const more = spaced([...parts, [cell(`+${hidden} hidden`, 'muted', glyphs)]]);
  return cellsWidth(more) <= columns ? more : cells;
}

/** True while the status counts the time of an open round. */
export function isWaiting({ model, live }: Pick<Setting, 'model' | 'live'>): boolean {
  const session = currentSession(model);
  return live && session !== undefined && openRound(session) !== undefined;
}

function openRound(session: Session) {
  return session.closedBy === undefined ? [...session.open.values()].at(-1) : undefined;
}

function inFlight(session: Session, live: boolean, now: number, glyphs: Glyphs): Cell | undefined {
  const round = openRound(session);
  if (round === undefined) return undefined;
  if (!live) return cell(`${named(round.offer)} was not answered`, 'warn', glyphs);
  const seconds = Math.max(0, (now - round.offer.t) / 1000).toFixed(1);
  return cell(`${named(round.offer)} waiting for ${round.answerer}'s answer ${seconds} s`, 'warn', glyphs);
}

function connected(model: Model, session: Session | undefined, glyphs: Glyphs): readonly Cell[] {
  if (session?.closedBy !== undefined)
    return [{ text: `${glyphs.dot} `, tone: 'muted' }, cell('hung up', 'muted', glyphs)];
  // Pages, and the browser as such, are connected to nobody.
  const between = [...model.links.values()].filter(({ from, to }) => from !== to);
  const lost = between.findLast(({ state }) => state === 'error' || state === 'closed');
  const open = between.filter(({ state }) => state === 'open');
  if (open.length > 0 || lost === undefined) {
    const names = session === undefined ? model.parties : [...session.sides.keys()];
    const links = open.map(({ from, to }) => `${from}-${to}`);
    const text = links.length > 0 && session === undefined ? links.join(' ') : names.join(' ↔ ');
    return text === ''
      ? [cell('nobody is connected', 'muted', glyphs)]
      : [{ text: `${glyphs.dot} `, tone: 'good' }, cell(text, 'plain', glyphs)];
  }
  return [{ text: `${glyphs.dot} `, tone: 'bad' }, cell(`${lost.from}-${lost.to} ${lost.state}`, 'bad', glyphs)];
}

function labelled(name: string, value: string, tone: Tone, glyphs: Glyphs): readonly Cell[] {
  return [{ text: `${name} `, tone: 'muted' }, cell(value, tone, glyphs)];
}

function signalingTone(state: SignalingState): Tone {
  return state === 'stable' ? 'strong' : state === 'closed' ? 'muted' : 'warn';
}

function stateTone(state: string): Tone {
  if (state === 'connected' || state === 'completed') return 'strong';
  return state === 'failed' ? 'bad' : state === 'disconnected' ? 'warn' : 'plain';
}
