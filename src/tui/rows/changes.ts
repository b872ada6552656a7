/** The tab Changes: what a description, or the round an event belongs to, changes, in sentences; unfolded, the lines behind. */
import { changesOf } from '../../core/changes.ts';
import type { SignalEvent } from '../../core/event.ts';
import type { Description, Round } from '../../core/model.ts';
import type { Change } from '../../sdp/change.ts';
import { diffSdp } from '../../sdp/diff.ts';
import type { Glyphs } from '../glyphs.ts';
import { aboutRows } from './about.ts';
import type { Compared } from './change-lines.ts';
import { listRows } from './change-list.ts';
import { seriousRows } from './findings.ts';
import { effectRows, roundHead, roundOf } from './round.ts';
import { cell, cellsWidth, folded, type Row, row, sentenceRows, textOf } from './row.ts';
import { named, sectionTitle } from './sdp.ts';
import type { Scene, Tab } from './tab.ts';

export const changesTab: Tab = {
  id: 'changes',
  title: 'Changes',
  about: 'round',
  rows: changesRows,
  copy: (scene) => ({ text: changesRows(scene).map(textOf).join('\n'), what: 'the changes' }),
};

function changesRows(scene: Scene): readonly Row[] {
  const { compared } = scene;
  if (compared !== undefined) return comparedRows(scene, ...compared);
  return [...noteRows(scene), ...seriousRows(scene), ...ownRows(scene)];
}

/** What somebody noted on the selected event. */
function noteRows({ model, seqs, glyphs }: Scene): readonly Row[] {
  const notes = seqs.flatMap((seq) => (model.noted.get(seq) ?? []).filter((text) => text !== ''));
  return notes.map((text, index) => row(`note ${index}`, cell(`${glyphs.note} ${text}`, 'accent', glyphs)));
}

function ownRows(scene: Scene): readonly Row[] {
  const { model, event } = scene;
  if (event === undefined) return emptyRows(scene);
  const description = model.described.get(event.seq)?.[0];
  if (description !== undefined) return descriptionRows(scene, description);
  const round = roundOf(model, event);
  const about = aboutRows(scene, event);
  if (round === undefined) return about;
  const rows = roundRows(scene, round);
  const air = row('air');
  return isItsOwnNews(scene, event) ? [...about, air, ...rows] : [...rows, air, ...about];
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
function descriptionRows(scene: Scene, description: Description): readonly Row[] {
  const { base, round } = description;
  const against = base === undefined ? [] : againstRows(base, scene);
  const own = [headRow(description, scene.glyphs), ...against, ...newsRows(scene, description, '')];
  if (round === undefined) return own;
  const others = partsOf(round).filter((other) => other !== description);
  return [
    ...own,
    row('air'),
    ...roundHead(round, scene),
    ...others.flatMap((other) => partRows(scene, other)),
    ...effectRows(round, scene),
  ];
}

function roundRows(scene: Scene, round: Round): readonly Row[] {
  return [
    ...roundHead(round, scene),
    ...partsOf(round).flatMap((part) => partRows(scene, part)),
    ...effectRows(round, scene),
  ];
}

function partsOf({ offer, provisional, answer }: Round): readonly Description[] {
  return [offer, ...provisional, ...(answer === undefined ? [] : [answer])];
}

function partRows(scene: Scene, part: Description): readonly Row[] {
  const { from, seq, status, base } = part;
  const against = base === undefined ? '' : ` · against ${named(base.media)}`;
  const key = `part ${seq}`;
  const parts = [
    cell(`${named(part)} of ${from}`, 'strong', scene.glyphs),
    cell(` · event ${seq}${status === 'committed' ? '' : ` · ${status}`}`, 'muted', scene.glyphs),
  ];
  const more = cell(against, 'muted', scene.glyphs);
  const head = row(key, ...parts, ...(cellsWidth([...parts, more]) <= scene.width ? [more] : []));
  return [head, ...newsRows(scene, part, `${key} `)];
}

/** What it changes; of a side's first description, which has nothing before it, what it brings. */
function newsRows(scene: Scene, description: Description, prefix: string): readonly Row[] {
  const { base, sdp } = description;
  if (base === undefined) {
    return sdp.media.map((section) => ({
      ...row(
        `${prefix}section ${section.index}`,
        cell(`  ${sectionTitle(section)}`, section.rejected ? 'muted' : 'plain', scene.glyphs),
      ),
      ...(section.mid !== undefined && { mid: section.mid.value }),
    }));
  }
  const texts: Compared = { before: base.media.sdp, committed: base.transport.sdp, after: sdp };
  return listRows(changesOf(description), texts, scene, prefix);
}

function comparedRows(scene: Scene, before: Description, after: Description): readonly Row[] {
  const { glyphs } = scene;
  const texts: Compared = { before: before.sdp, committed: before.sdp, after: after.sdp };
  return [
    row('head', cell(`- ${named(before)} of ${before.from} · event ${before.seq}`, 'strong', glyphs)),
    row('against', cell(`+ ${named(after)} of ${after.from} · event ${after.seq}`, 'strong', glyphs)),
    ...listRows(diffSdp(texts.before, texts.after), texts, scene, ''),
  ];
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
export function changedLines(description: Description): ReadonlySet<number> {
  if (description.base === undefined) return new Set();
  const all = (change: Change): readonly number[] => [...change.lines.after, ...(change.folded ?? []).flatMap(all)];
  return new Set(changesOf(description).flatMap(all));
}
