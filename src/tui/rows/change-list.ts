/** Changes as rows: a sentence each, over as many rows as it takes; unfolded, the lines it is about and what follows from it. */
import type { Change, ChangeClass } from '../../sdp/change.ts';
import type { Tone } from '../theme.ts';
import { type Compared, changeLines } from './change-lines.ts';
import { type Cell, cell, folded, type Row, type Rows, row } from './row.ts';
import type { Scene } from './tab.ts';

/** `prefix` tells the rows from those of other lists in the same tab. */
export function* listRows(changes: readonly Change[], texts: Compared, scene: Scene, prefix: string): Rows {
  if (changes.length === 0)
    yield row(`${prefix}equal`, cell('  equal in meaning: nothing changes', 'muted', scene.glyphs));
  for (const [index, change] of changes.entries())
    yield* changeRows(change, `${prefix}change ${index}`, 0, texts, scene);
}

function* changeRows(change: Change, key: string, depth: number, texts: Compared, scene: Scene): Rows {
  const { glyphs, folds } = scene;
  const open = folds.has(key);
  const consequences = change.folded ?? [];
  const more = consequences.length > 0 && !open ? ` · and ${consequences.length} more` : '';
  const tone = textToneOf(change.class);
  const indent = '  '.repeat(depth);
  const text = cell(change.sentence + more, tone, glyphs).text;
  const mid = change.mid === null ? {} : { mid: change.mid };
  yield* folded(text, Math.max(20, scene.width - indent.length - 2)).map((line, index): Row => {
    const sign = index > 0 ? ' ' : open ? glyphs.unfolded : glyphs.folded;
    const cells: Cell[] = [
      { text: `${indent}${sign} `, tone: toneOf(change.class) },
      { text: line, tone },
    ];
    return { key: index === 0 ? key : `${key} ${index}`, fold: key, cells, ...mid };
  });
  if (!open) return;
  yield* changeLines(change, key, texts, scene);
  for (const [index, one] of consequences.entries()) yield* changeRows(one, `${key}.${index}`, depth + 1, texts, scene);
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
