/** The lines behind a change: before and after side by side where there is room, else one below the other. */
import { displayWidth, fit } from '../../core/text.ts';
import type { Change } from '../../sdp/change.ts';
import type { Sdp } from '../../sdp/sdp.ts';
import { type Cell, cell, type Row, row } from './row.ts';
import type { Scene } from './tab.ts';

/** The descriptions a change was found in: lines before may be counted in either of two. */
export interface Compared {
  readonly before: Sdp;
  readonly committed: Sdp;
  readonly after: Sdp;
}

const BESIDE_FROM = 90;
/** Of a section that came or went whole there may be hundreds; the tab SDP has them all. */
const MOST = 60;

export function changeLines(change: Change, key: string, texts: Compared, scene: Scene): readonly Row[] {
  const before = numbered(change.lines.before, change.beforeIn === 'committed' ? texts.committed : texts.before, '-');
  const after = numbered(change.lines.after, texts.after, '+');
  const count = Math.max(before.length, after.length);
  if (count === 0)
    return [
      row(
        `${key} none`,
        cell('      no line of its own: see the value', 'muted', scene.glyphs),
        ...values(change, scene),
      ),
    ];
  const rows = scene.width >= BESIDE_FROM ? beside(before, after, key, scene) : below(before, after, key, scene);
  if (rows.length <= MOST) return rows;
  return [
    ...rows.slice(0, MOST),
    row(`${key} more`, cell(`      and ${rows.length - MOST} more lines`, 'muted', scene.glyphs)),
  ];
}

function values({ before, after }: Change, { glyphs }: Scene): readonly Cell[] {
  return [cell(` ${JSON.stringify(before)} → ${JSON.stringify(after)}`, 'plain', glyphs)];
}

interface Numbered {
  readonly sign: '-' | '+';
  readonly text: string;
}

function numbered(numbers: readonly number[], { lines }: Sdp, sign: Numbered['sign']): readonly Numbered[] {
  return numbers.map((number) => ({ sign, text: `${String(number).padStart(3)} ${lines[number - 1]?.text ?? ''}` }));
}

function signCell(line: Numbered | undefined, indent: string): Cell {
  if (line === undefined) return { text: `${indent}  `, tone: 'plain' };
  return { text: `${indent}${line.sign} `, tone: line.sign === '-' ? 'removed' : 'added' };
}

function below(
  before: readonly Numbered[],
  after: readonly Numbered[],
  key: string,
  { glyphs }: Scene,
): readonly Row[] {
  return [...before, ...after].map((line, index) =>
    row(`${key} line ${index}`, signCell(line, '    '), cell(line.text, 'plain', glyphs)),
  );
}

function beside(
  before: readonly Numbered[],
  after: readonly Numbered[],
  key: string,
  { width, glyphs }: Scene,
): readonly Row[] {
  const half = Math.floor((width - 11) / 2);
  return Array.from({ length: Math.max(before.length, after.length) }, (_none, index) => {
    const left = fit(cell(before[index]?.text ?? '', 'plain', glyphs).text, half, glyphs.ellipsis);
    return row(
      `${key} line ${index}`,
      signCell(before[index], '    '),
      { text: left + ' '.repeat(half - displayWidth(left)), tone: 'plain' },
      { text: ` ${glyphs.lane} `, tone: 'muted' },
      signCell(after[index], ''),
      cell(after[index]?.text ?? '', 'plain', glyphs),
    );
  });
}
