/** The tab SDP: the description as a tree of its levels, its own lines below them, changed ones marked. */
import type { Description } from '../../core/model.ts';
import { parsingOf } from '../../core/sent-description.ts';
import { explainLine } from '../../sdp/explain.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import { changedLines } from './changes.ts';
import { roundOf } from './round.ts';
import { cell, type Row, type Rows, row, sentenceRows } from './row.ts';
import { descriptionOf, type Scene, type Tab } from './tab.ts';

export const sdpTab: Tab = {
  id: 'sdp',
  title: 'SDP',
  about: 'event',
  rows: sdpRows,
  copy: ({ model, event }) => {
    const description = descriptionOf(model, event);
    return description === undefined ? undefined : { text: description.text, what: `SDP of ${named(description)}` };
  },
};

/** `offer #3` */
export function named({ type, number }: Description): string {
  return `${type} #${number}`;
}

function* sdpRows(scene: Scene): Rows {
  const description = descriptionOf(scene.model, scene.event);
  if (description === undefined)
    return yield* scene.held === undefined ? whereToLook(scene) : heldRows(scene.held, scene);
  const sdp = yield* parsingOf(description);
  const changed = yield* changedLines(description);
  if (scene.event?.kind === 'apply') yield aboutRow(description, scene);
  for (const [index, { line, message }] of sdp.problems.entries())
    yield row(`problem ${index}`, cell(`! ${line > 0 ? `line ${line}: ` : ''}${message}`, 'bad', scene.glyphs));
  const firstMedia = sdp.media[0]?.line ?? sdp.lines.length + 1;
  yield* levelRows(scene, sdp, 'session', sessionTitle(sdp), [1, firstMedia - 1], changed);
  for (const section of sdp.media) {
    const place = [section.line, section.lastLine] as const;
    const rows = levelRows(scene, sdp, `section ${section.index}`, sectionTitle(section), place, changed);
    yield* section.mid === undefined ? rows : rows.map((one) => ({ ...one, mid: section.mid?.value ?? '' }));
  }
}

function aboutRow(description: Description, { glyphs }: Scene): Row {
  const { from, to, seq } = description;
  return row('about', cell(`${named(description)} ${from} → ${to} · event ${seq}`, 'muted', glyphs));
}

/** What waits in a proxy, with what has been changed in it. */
function heldRows({ text, what }: NonNullable<Scene['held']>, { glyphs }: Scene): readonly Row[] {
  const lines = text.trimEnd().split('\n');
  return [
    row('held', cell(`${what}, held: as it goes on if it is let go now`, 'muted', glyphs)),
    ...lines.map((line, index) => row(`held ${index}`, cell(line, 'plain', glyphs))),
  ];
}

/** For an event without a description: those of the round it belongs to. */
function whereToLook({ model, event, width, glyphs }: Scene): readonly Row[] {
  const round = roundOf(model, event);
  const all = round === undefined ? [] : [round.offer, ...(round.answer === undefined ? [] : [round.answer])];
  const where = all.map((one) => `${named(one)} is event ${one.seq}`).join(', ');
  const hint = where === '' ? 'select an offer or an answer' : `select an offer or an answer: ${where}`;
  return sentenceRows('none', `no description in this event: ${hint}`, 'muted', width, glyphs);
}

function sessionTitle({ origin, groups }: Sdp): string {
  const bundled = groups
    .filter(({ semantics }) => semantics === 'BUNDLE')
    .map(({ mids }) => `BUNDLE ${mids.join(' ')}`);
  return ['session', ...(origin === undefined ? [] : [`version ${origin.sessionVersion}`]), ...bundled].join(' · ');
}

/** `mid 1 · video · sendrecv · VP8 H264` */
export function sectionTitle({ index, kind, mid, rejected, direction, codecs, sctpPort }: MSection): string {
  const names = [...new Set(codecs.filter(({ role }) => role === 'media').map(({ name }) => name))];
  const state = rejected ? 'rejected' : kind === 'application' ? undefined : direction;
  const port = sctpPort === undefined ? undefined : `SCTP port ${sctpPort.value}`;
  const title = mid === undefined ? `section ${index}` : `mid ${mid.value}`;
  return [title, kind, state, port, names.slice(0, 6).join(' ')]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

function levelRows(
  { folds, glyphs }: Scene,
  sdp: Sdp,
  name: string,
  title: string,
  [first, last]: readonly [number, number],
  changed: ReadonlySet<number>,
): readonly Row[] {
  const lines = sdp.lines.slice(first - 1, last);
  const count = lines.filter(({ number }) => changed.has(number)).length;
  const open = folds.has(`sdp ${name}`);
  const head: Row = {
    key: name,
    fold: `sdp ${name}`,
    cells: [
      { text: `${open ? glyphs.unfolded : glyphs.folded} `, tone: 'accent' },
      cell(title, 'strong', glyphs),
      cell(` · ${lines.length} lines`, 'muted', glyphs),
      ...(count > 0 ? [cell(` · ${count} changed`, 'warn', glyphs)] : []),
    ],
  };
  if (!open) return [head];
  const digits = String(sdp.lines.length).length;
  return [
    head,
    ...lines.map((line) => lineRow(line.number, line.text, digits, changed.has(line.number), glyphs, name)),
  ];
}

function lineRow(
  number: number,
  text: string,
  digits: number,
  changed: boolean,
  glyphs: Scene['glyphs'],
  level: string,
): Row {
  return {
    key: `line ${number}`,
    fold: `sdp ${level}`,
    note: () => explanation(text),
    cells: [
      { text: `${String(number).padStart(digits + 2)} `, tone: 'muted' },
      { text: changed ? '* ' : '  ', tone: 'warn' },
      cell(text, changed ? 'strong' : 'plain', glyphs),
    ],
  };
}

function explanation(line: string): string | undefined {
  const found = explainLine(line);
  return found === undefined ? undefined : `${found.name}: ${found.what} (${found.spec})`;
}
