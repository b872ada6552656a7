/** The tab Changes: what a description changes, in sentences; the lines behind each when unfolded. */

import { changesOf } from '../../core/changes.ts';
import type { Description } from '../../core/model.ts';
import type { Change, ChangeClass } from '../../sdp/change.ts';
import { diffSdp } from '../../sdp/diff.ts';
import type { Glyphs, Tone } from '../theme.ts';
import { aboutRows } from './about.ts';
import { type Compared, changeLines } from './change-lines.ts';
import { type Cell, cell, folded, type Row, row } from './row.ts';
import { named, sectionTitle } from './sdp.ts';
import { descriptionOf, type Scene, type Tab } from './tab.ts';

export const changesTab: Tab = {
  id: 'changes',
  title: 'Changes',
  about: 'event',
  rows: changesRows,
  copy: (scene) => ({ text: changesRows(scene).map(textOf).join('\n'), what: 'the changes' }),
};

function changesRows(scene: Scene): readonly Row[] {
  const { model, event, compared, glyphs } = scene;
  if (compared !== undefined) return comparedRows(scene, ...compared);
  if (event === undefined) return [row('none', cell('nothing has happened yet', 'muted', glyphs))];
  const description = descriptionOf(model, event);
  if (description === undefined) return aboutRows(scene, event);
  const { base } = description;
  const carried = model.described.has(event.seq) ? [] : aboutRows(scene, event);
  const head = [...carried, headRow(description, glyphs)];
  if (base === undefined) return [...head, ...firstRows(description, glyphs)];
  const texts: Compared = { before: base.media.sdp, committed: base.transport.sdp, after: description.sdp };
  return [...head, againstRow(base, glyphs), ...listRows(changesOf(description), texts, scene)];
}

function comparedRows(scene: Scene, before: Description, after: Description): readonly Row[] {
  const { glyphs } = scene;
  const texts: Compared = { before: before.sdp, committed: before.sdp, after: after.sdp };
  return [
    row('head', cell(`- ${named(before)} of ${before.from} · event ${before.seq}`, 'strong', glyphs)),
    row('against', cell(`+ ${named(after)} of ${after.from} · event ${after.seq}`, 'strong', glyphs)),
    ...listRows(diffSdp(texts.before, texts.after), texts, scene),
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

function againstRow({ media, transport }: NonNullable<Description['base']>, glyphs: Glyphs): Row {
  const bases = media === transport ? [media] : [media, transport];
  const names = bases.map((base) => `${named(base)} (event ${base.seq})`).join(', ICE and DTLS with ');
  return row('against', cell(`compared with ${names}`, 'muted', glyphs));
}

/** A side's first description has nothing before it: what it brings. */
function firstRows({ sdp }: Description, glyphs: Glyphs): readonly Row[] {
  return [
    row('against', cell('the first of this side: nothing to compare', 'muted', glyphs)),
    ...sdp.media.map((section) =>
      row(`section ${section.index}`, cell(`  ${sectionTitle(section)}`, section.rejected ? 'muted' : 'plain', glyphs)),
    ),
  ];
}

function listRows(changes: readonly Change[], texts: Compared, scene: Scene): readonly Row[] {
  if (changes.length === 0) return [row('equal', cell('equal in meaning: nothing changes', 'good', scene.glyphs))];
  return changes.flatMap((change, index) => changeRows(change, `change ${index}`, 0, texts, scene));
}

/** A sentence, over as many rows as it takes; unfolded, the lines it is about and what follows from it. */
function changeRows(change: Change, key: string, depth: number, texts: Compared, scene: Scene): readonly Row[] {
  const { glyphs, folds } = scene;
  const open = folds.has(key);
  const consequences = change.folded ?? [];
  const more = consequences.length > 0 && !open ? ` · and ${consequences.length} more` : '';
  const tone = textToneOf(change.class);
  const indent = '  '.repeat(depth);
  const text = cell(change.sentence + more, tone, glyphs).text;
  const sentence = folded(text, Math.max(20, scene.width - indent.length - 2)).map((line, index): Row => {
    const sign = index > 0 ? ' ' : open ? glyphs.unfolded : glyphs.folded;
    const cells: Cell[] = [
      { text: `${indent}${sign} `, tone: toneOf(change.class) },
      { text: line, tone },
    ];
    return { key: index === 0 ? key : `${key} ${index}`, fold: key, cells };
  });
  if (!open) return sentence;
  return [
    ...sentence,
    ...changeLines(change, key, texts, scene),
    ...consequences.flatMap((one, index) => changeRows(one, `${key}.${index}`, depth + 1, texts, scene)),
  ];
}

const TONES: Partial<Record<ChangeClass, Tone>> = {
  'section-added': 'added',
  'section-revived': 'added',
  'section-rejected': 'removed',
  'section-recycled': 'warn',
  direction: 'warn',
  order: 'warn',
};

/** Of the sign before the sentence. */
function toneOf(of: ChangeClass): Tone {
  return TONES[of] ?? 'accent';
}

const STRONG: ReadonlySet<ChangeClass> = new Set([
  'ice-restart',
  'new-pc',
  'transport-moved',
  'dtls',
  'section-added',
  'section-rejected',
]);

function textToneOf(of: ChangeClass): Tone {
  if (STRONG.has(of)) return 'strong';
  return of === 'format' || of === 'candidates' ? 'muted' : 'plain';
}

/** Numbers of the lines of a description that are not as they were. */
export function changedLines(description: Description): ReadonlySet<number> {
  if (description.base === undefined) return new Set();
  const all = (change: Change): readonly number[] => [...change.lines.after, ...(change.folded ?? []).flatMap(all)];
  return new Set(changesOf(description).flatMap(all));
}

function textOf({ cells }: Row): string {
  return cells.map(({ text }) => text).join('');
}
