/** A fact by name, over as many rows as it takes. */
import { displayWidth } from '../../core/text.ts';
import type { Tone } from '../theme.ts';
import { type Cell, cell, folded, type Row, row } from './row.ts';
import type { Scene } from './tab.ts';

export interface Fact {
  readonly name: string;
  /** Without value there is nothing to say. */
  readonly value: string | number | undefined;
  readonly tone?: Tone;
  /** What is said after the value, or below it where there is no room beside it. */
  readonly detail?: string;
}

const NAME_WIDTH = 12;

/** The rows of a fact; `key` must be of this fact alone. */
export function factRows(
  key: string,
  fact: Fact,
  { width, glyphs }: Pick<Scene, 'width' | 'glyphs'>,
  indent = 0,
): readonly Row[] {
  const { name, value, tone = 'plain', detail = '' } = fact;
  if (value === undefined || value === '') return [];
  const head = cell(' '.repeat(indent) + name.padEnd(NAME_WIDTH), 'muted', glyphs);
  const blank: Cell = { text: ' '.repeat(indent + NAME_WIDTH), tone: 'plain' };
  const room = Math.max(1, width - indent - NAME_WIDTH);
  const said = cell(String(value), tone, glyphs);
  const more = cell(` · ${detail}`, 'muted', glyphs);
  if (detail !== '' && displayWidth(said.text) + displayWidth(more.text) <= room) return [row(key, head, said, more)];
  const values = folded(said.text, room).map((text): Cell => ({ text, tone }));
  const details =
    detail === ''
      ? []
      : folded(cell(detail, 'muted', glyphs).text, room).map((text): Cell => ({ text, tone: 'muted' }));
  return [...values, ...details].map((line, index) => row(`${key} ${index}`, index === 0 ? head : blank, line));
}
