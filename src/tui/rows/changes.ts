/** The tab Changes: what a description, or the round an event belongs to, changes, in sentences; unfolded, the lines behind. */
import { comparing } from '../../core/changes.ts';
import type { SignalEvent } from '../../core/event.ts';
import type { Description, Round } from '../../core/model.ts';
import { parsingOf } from '../../core/sent-description.ts';
import type { Change } from '../../sdp/change.ts';
import { diffing } from '../../sdp/diff.ts';
import type { MSection } from '../../sdp/sdp.ts';
import type { Steps } from '../../sdp/steps.ts';
import type { Glyphs } from '../glyphs.ts';
import { aboutRows } from './about.ts';
import type { Compared } from './change-lines.ts';
import { listRows } from './change-list.ts';
import { seriousRows } from './findings.ts';
import { effectRows, roundHead, roundOf } from './round.ts';
import { cell, cellsWidth, folded, type Row, type Rows, row, sentenceRows, textOfAll } from './row.ts';
import { named, sectionTitle } from './sdp.ts';
import type { Scene, Tab } from './tab.ts';

export const changesTab: Tab = {
  id: 'changes',
  title: 'Changes',
  about: 'round',
  rows: changesRows,
  copy: (scene) => ({ text: textOfAll(changesRows(scene)), what: 'the changes' }),
};

function* changesRows(scene: Scene): Rows {
  const { compared } = scene;
  if (compared !== undefined) return yield* comparedRows(scene, ...compared);
  yield* noteRows(scene);
  yield* seriousRows(scene);
  yield* ownRows(scene);
}

/** What somebody noted on the selected event. */
function noteRows({ model, seqs, glyphs }: Scene): readonly Row[] {
  const notes = seqs.flatMap((seq) => (model.noted.get(seq) ?? []).filter((text) => text !== ''));
  return notes.map((text, index) => row(`note ${index}`, cell(`${glyphs.note} ${text}`, 'accent', glyphs)));
}

function* ownRows(scene: Scene): Rows {
  const { model, event } = scene;
  if (event === undefined) return yield* emptyRows(scene);
  const description = model.described.get(event.seq)?.[0];
  if (description !== undefined) return yield* descriptionRows(scene, description);
  const round = roundOf(model, event);
  const about = aboutRows(scene, event);
  if (round === undefined) return yield* about;
  const rows = roundRows(scene, round);
  const [first, second] = isItsOwnNews(scene, event) ? [about, rows] : [rows, about];
  yield* first;
  yield row('air');
  yield* second;
}

/** Nothing is listed: since nothing has happened, or since the filter or hidden lanes leave nothing. */
function emptyRows({ model, waiting, width, glyphs }: Scene): readonly Row[] {
  const none = 'no event is listed: Esc clears the filter, and all lanes can be shown again';
  const why = model.events.length > 0 ? none : 'nothing has happened yet';
  const rows = sentenceRows('none', why, 'muted', width, glyphs);
  if (model.events.length > 0 || waiting === undefined) return rows;
  return [...rows, row('air'), ...sentenceRows('waiting', waiting, 'plain', width, glyphs)];
}

/** What is selected by hand for its own sake comes before its round: candidates, and what failed. */
function isItsOwnNews({ model, following }: Scene, event: SignalEvent): boolean {
  if (following) return false;
  if (event.kind === 'apply' || event.kind === 'call') return event.ok === false;
  return event.kind === 'problem' || event.kind === 'link' || model.gathered.has(event.seq);
}

/** A description by itself, then its counterpart, then what both led to. */
function* descriptionRows(scene: Scene, description: Description): Rows {
  const { base, round } = description;
  yield headRow(description, scene.glyphs);
  if (base !== undefined) yield* againstRows(base, scene);
  yield* newsRows(scene, description, '');
  if (round === undefined) return;
  yield row('air');
  yield* roundRows(scene, round, description);
}

function* roundRows(scene: Scene, round: Round, told?: Description): Rows {
  yield* roundHead(round, scene);
  for (const part of partsOf(round)) if (part !== told) yield* partRows(scene, part);
  yield* effectRows(round, scene);
}

function partsOf({ offer, provisional, answer }: Round): readonly Description[] {
  return [offer, ...provisional, ...(answer === undefined ? [] : [answer])];
}

function* partRows(scene: Scene, part: Description): Rows {
  const { from, seq, status, base } = part;
  const against = base === undefined ? '' : ` · against ${named(base.media)}`;
  const key = `part ${seq}`;
  const parts = [
    cell(`${named(part)} of ${from}`, 'strong', scene.glyphs),
    cell(` · event ${seq}${status === 'committed' ? '' : ` · ${status}`}`, 'muted', scene.glyphs),
  ];
  const more = cell(against, 'muted', scene.glyphs);
  yield row(key, ...parts, ...(cellsWidth([...parts, more]) <= scene.width ? [more] : []));
  yield* newsRows(scene, part, `${key} `);
}

/** What it changes; of a side's first description, which has nothing before it, what it brings. */
function* newsRows(scene: Scene, description: Description, prefix: string): Rows {
  const { base } = description;
  const sdp = yield* parsingOf(description);
  if (base === undefined) {
    for (const section of sdp.media) yield sectionRow(section, prefix, scene.glyphs);
    return;
  }
  const texts: Compared = {
    before: yield* parsingOf(base.media),
    committed: yield* parsingOf(base.transport),
    after: sdp,
  };
  yield* listRows(yield* comparing(description), texts, scene, prefix);
}

function sectionRow(section: MSection, prefix: string, glyphs: Glyphs): Row {
  const title = cell(`  ${sectionTitle(section)}`, section.rejected ? 'muted' : 'plain', glyphs);
  const about = row(`${prefix}section ${section.index}`, title);
  return section.mid === undefined ? about : { ...about, mid: section.mid.value };
}

function* comparedRows(scene: Scene, before: Description, after: Description): Rows {
  const { glyphs } = scene;
  yield row('head', cell(`- ${named(before)} of ${before.from} · event ${before.seq}`, 'strong', glyphs));
  yield row('against', cell(`+ ${named(after)} of ${after.from} · event ${after.seq}`, 'strong', glyphs));
  const [old, now] = [yield* parsingOf(before), yield* parsingOf(after)];
  yield* listRows(yield* diffing(old, now), { before: old, committed: old, after: now }, scene, '');
}

function headRow({ type, number, from, to, status }: Description, glyphs: Glyphs): Row {
  return row(
    'head',
    cell(`${type} #${number}`, 'strong', glyphs),
    cell(` ${from} → ${to}`, 'plain', glyphs),
    cell(` · ${status}`, 'muted', glyphs),
  );
}

function againstRows({ media, transport }: NonNullable<Description['base']>, { width, glyphs }: Scene): readonly Row[] {
  const bases = media === transport ? [media] : [media, transport];
  const names = bases.map((base) => `${named(base)} (event ${base.seq})`).join(', ICE and DTLS with ');
  const { text } = cell(`compared with ${names}`, 'muted', glyphs);
  return folded(text, Math.max(20, width)).map((line, index) => row(`against ${index}`, { text: line, tone: 'muted' }));
}

/** Numbers of the lines of a description that are not as they were. */
export function* changedLines(description: Description): Steps<ReadonlySet<number>> {
  if (description.base === undefined) return new Set();
  const all = (change: Change): readonly number[] => [...change.lines.after, ...(change.folded ?? []).flatMap(all)];
  return new Set((yield* comparing(description)).flatMap(all));
}
