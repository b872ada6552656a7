/** The tab Diff: a description beside what it is compared with, line by line, changed words marked, equal runs folded. */

import type { Description } from '../../core/model.ts';
import { displayWidth } from '../../core/text.ts';
import { diffingLines, type LineEdit } from '../../sdp/line-diff.ts';
import { splitLines } from '../../sdp/lines.ts';
import { finished, type Steps } from '../../sdp/steps.ts';
import { diffWords, pairLines, type Segment, type WordDiff } from '../../sdp/word-diff.ts';
import type { Glyphs } from '../glyphs.ts';
import { type Cell, cell, crop, type Rows, row, sentenceRows } from './row.ts';
import { named } from './sdp.ts';
import { descriptionOf, type Scene, type Tab } from './tab.ts';

export const diffTab: Tab = {
  id: 'diff',
  title: 'Diff',
  about: 'event',
  scrollsItself: true,
  rows: diffRows,
  copy(scene) {
    const pair = pairOf(scene);
    if (pair === undefined) return undefined;
    const lines = finished(editsOf(pair)).map(({ op, text }) => `${SIGNS[op]}${text}`);
    return { text: [`--- ${title(pair[0])}`, `+++ ${title(pair[1])}`, ...lines].join('\n'), what: 'the diff' };
  },
};

type Pair = readonly [Description, Description];

/** The marked two; else the selected description with what it has to be compared with. */
function pairOf({ model, event, compared }: Scene): Pair | undefined {
  if (compared !== undefined) return compared;
  const after = descriptionOf(model, event);
  return after?.base === undefined ? undefined : [after.base.media, after];
}

const title = (description: Description): string =>
  `${named(description)} of ${description.from} · event ${description.seq}`;

const SIGNS: Readonly<Record<LineEdit['op'], string>> = { same: ' ', removed: '-', added: '+' };
/** Equal lines that stay around a change; longer runs are folded. */
const CONTEXT = 2;
/** From this width on both stand side by side, unless told otherwise. */
export const BESIDE_FROM = 90;

function* diffRows(scene: Scene): Rows {
  const { glyphs, width, beside } = scene;
  const pair = pairOf(scene);
  if (pair === undefined) return yield* sentenceRows('none', nothingToCompare(scene), 'muted', width, glyphs);
  yield row('before', cell(`- ${title(pair[0])}`, 'removed', glyphs));
  yield row('after', cell(`+ ${title(pair[1])}`, 'added', glyphs));
  const parts = partsOf(yield* editsOf(pair));
  if (parts.every(({ kind }) => kind === 'same')) return yield row('equal', cell('  no line differs', 'muted', glyphs));
  const draw = (beside ?? width >= BESIDE_FROM) ? besideRows : unifiedRows;
  for (const [index, part] of parts.entries())
    yield* part.kind === 'same'
      ? sameRows(part, index, parts.length, scene, draw)
      : draw(part.edits, `part ${index}`, scene);
}

function nothingToCompare({ model, event }: Scene): string {
  return descriptionOf(model, event) === undefined
    ? 'select an offer or answer, or mark two with space and press D'
    : 'the first of this side: there is nothing before it to compare with';
}

const editsOf = ([before, after]: Pair): Steps<readonly LineEdit[]> =>
  diffingLines(linesOf(before.text), linesOf(after.text));

const linesOf = (text: string): readonly string[] => splitLines(text).map((line) => line.text);

interface Part {
  readonly kind: 'same' | 'changed';
  readonly edits: readonly LineEdit[];
}

/** Runs of equal lines and of changed ones by turns. */
function partsOf(edits: readonly LineEdit[]): readonly Part[] {
  const parts: { kind: Part['kind']; edits: LineEdit[] }[] = [];
  for (const edit of edits) {
    const kind = edit.op === 'same' ? 'same' : 'changed';
    const last = parts.at(-1);
    if (last?.kind === kind) last.edits.push(edit);
    else parts.push({ kind, edits: [edit] });
  }
  return parts;
}

type Draw = (edits: readonly LineEdit[], key: string, scene: Scene) => Rows;

/** A run of equal lines: a few around the changes, the rest folded. */
function* sameRows({ edits }: Part, index: number, count: number, scene: Scene, draw: Draw): Rows {
  const head = index === 0 ? 0 : CONTEXT;
  const tail = index === count - 1 ? 0 : CONTEXT;
  const hidden = edits.length - head - tail;
  const key = `same ${index}`;
  if (hidden < 2) return yield* draw(edits, key, scene);
  const open = scene.folds.has(key);
  const { glyphs } = scene;
  yield* draw(edits.slice(0, head), `${key} head`, scene);
  const said = cell(`${open ? glyphs.unfolded : glyphs.folded} ${hidden} equal lines`, 'muted', glyphs);
  yield { key, fold: key, cells: [said] };
  if (open) yield* draw(edits.slice(head, edits.length - tail), `${key} all`, scene);
  yield* draw(edits.slice(edits.length - tail), `${key} tail`, scene);
}

interface Drawn {
  readonly number: number | undefined;
  readonly op: LineEdit['op'];
  segments(): readonly Segment[];
}

interface Marked {
  readonly removed: readonly Drawn[];
  readonly added: readonly Drawn[];
  readonly pairs: readonly (readonly [number, number])[];
}

/** Removed and added lines with their changed words, which are looked for when a line is drawn. */
function marked(edits: readonly LineEdit[]): Marked {
  const removed = edits.filter(({ op }) => op === 'removed');
  const added = edits.filter(({ op }) => op === 'added');
  const pairs = pairLines(
    removed.map(({ text }) => text),
    added.map(({ text }) => text),
  );
  const words = { before: new Map<number, () => WordDiff>(), after: new Map<number, () => WordDiff>() };
  for (const [i, j] of pairs) {
    let both: WordDiff | undefined;
    const differing = (): WordDiff => {
      both ??= diffWords(removed[i]?.text ?? '', added[j]?.text ?? '');
      return both;
    };
    words.before.set(i, differing);
    words.after.set(j, differing);
  }
  const of =
    (side: 'before' | 'after') =>
    (edit: LineEdit, at: number): Drawn => {
      const segments = () => words[side].get(at)?.()[side] ?? [{ text: edit.text, changed: false }];
      return { number: edit[side], op: edit.op, segments };
    };
  return { removed: removed.map(of('before')), added: added.map(of('after')), pairs };
}

function* unifiedRows(edits: readonly LineEdit[], key: string, scene: Scene): Rows {
  const { removed, added } = marked(edits);
  const lines = removed.length + added.length === 0 ? edits.map(plain) : [...removed, ...added];
  for (const [index, line] of lines.entries()) {
    const cells = lineCells(line, scene.glyphs);
    const [sign, ...text] = cells;
    const shown = [
      ...(sign === undefined ? [] : [sign]),
      ...crop(text, scene.column, Math.max(0, scene.width - 6), scene.glyphs),
    ];
    yield { key: `${key} ${index}`, cells: shown, ...(index === 0 && line.op !== 'same' && { stop: true as const }) };
  }
}

const plain = ({ op, text, before }: LineEdit): Drawn => ({
  op,
  number: before,
  segments: () => [{ text, changed: false }],
});

const TONES = {
  same: { line: 'plain', word: 'plain' },
  removed: { line: 'removed', word: 'removed-word' },
  added: { line: 'added', word: 'added-word' },
} as const;

function lineCells({ number, op, segments }: Drawn, glyphs: Glyphs): readonly Cell[] {
  return [
    { text: `${String(number ?? '').padStart(3)} ${SIGNS[op]} `, tone: op === 'same' ? 'muted' : TONES[op].line },
    ...segments().map(({ text, changed }) => cell(text, changed ? TONES[op].word : TONES[op].line, glyphs)),
  ];
}

/** Paired lines stand beside each other, what has no partner beside nothing. */
function* besideRows(edits: readonly LineEdit[], key: string, scene: Scene): Rows {
  const { removed, added, pairs } = marked(edits);
  const isSame = removed.length + added.length === 0;
  const rows: (readonly [Drawn | undefined, Drawn | undefined])[] = isSame
    ? edits.map((edit) => [plain(edit), { ...plain(edit), number: edit.after }])
    : aligned(removed, added, pairs);
  for (const [index, [left, right]] of rows.entries())
    yield {
      key: `${key} ${index}`,
      cells: halves(left, right, scene),
      ...(index === 0 && !isSame && { stop: true as const }),
    };
}

function aligned(
  removed: readonly Drawn[],
  added: readonly Drawn[],
  pairs: readonly (readonly [number, number])[],
): (readonly [Drawn | undefined, Drawn | undefined])[] {
  const rows: (readonly [Drawn | undefined, Drawn | undefined])[] = [];
  let [i, j] = [0, 0];
  const upTo = (toI: number, toJ: number) => {
    for (; i < toI; i += 1) rows.push([removed[i], undefined]);
    for (; j < toJ; j += 1) rows.push([undefined, added[j]]);
  };
  for (const [left, right] of pairs) {
    upTo(left, right);
    rows.push([removed[i++], added[j++]]);
  }
  upTo(removed.length, added.length);
  return rows;
}

function halves(left: Drawn | undefined, right: Drawn | undefined, { width, column, glyphs }: Scene): readonly Cell[] {
  const half = Math.max(8, Math.floor((width - 3) / 2));
  return [
    ...halfCells(left, half, column, glyphs),
    { text: ` ${glyphs.lane} `, tone: 'muted' },
    ...halfCells(right, half, column, glyphs),
  ];
}

function halfCells(line: Drawn | undefined, width: number, column: number, glyphs: Glyphs): readonly Cell[] {
  const [sign, ...text] = line === undefined ? [] : lineCells(line, glyphs);
  if (sign === undefined) return [{ text: ' '.repeat(width), tone: 'plain' }];
  return [sign, ...crop(text, column, Math.max(0, width - displayWidth(sign.text)), glyphs)];
}
