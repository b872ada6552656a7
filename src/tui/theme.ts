/**
 * What a thing looks like, by meaning. Colours are the sixteen of the terminal, never a background, and never one
 * that vanishes on a light or on a dark one; what matters is also told by a glyph or a word.
 */

export type Tone =
  | 'plain'
  | 'muted'
  | 'strong'
  | 'accent'
  | 'offer'
  | 'answer'
  | 'candidate'
  | 'local'
  | 'good'
  | 'bad'
  | 'warn'
  | 'added'
  | 'removed';

export interface Style {
  readonly color?: 'red' | 'green' | 'blue' | 'magenta' | 'cyan';
  readonly bold?: true;
  readonly dimColor?: true;
}

export const STYLES: Readonly<Record<Tone, Style>> = {
  plain: {},
  muted: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan', bold: true },
  offer: { color: 'cyan' },
  answer: { color: 'green' },
  candidate: { color: 'blue' },
  local: { dimColor: true },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warn: { color: 'magenta' },
  added: { color: 'green' },
  removed: { color: 'red' },
};

/** Everything on the screen that is not text. Each is one column wide. */
export interface Glyphs {
  readonly lane: string;
  readonly line: string;
  readonly cross: string;
  readonly right: string;
  readonly left: string;
  readonly dot: string;
  readonly cursor: string;
  readonly mark: string;
  readonly folded: string;
  readonly unfolded: string;
  readonly ellipsis: string;
  readonly separator: string;
  readonly caret: string;
  /** Only these and ASCII may be drawn. */
  readonly ascii: boolean;
}

export const UNICODE: Glyphs = {
  lane: '│',
  line: '─',
  cross: '┼',
  right: '►',
  left: '◄',
  dot: '●',
  cursor: '▌',
  mark: '◆',
  folded: '▸',
  unfolded: '▾',
  ellipsis: '…',
  separator: '·',
  caret: '█',
  ascii: false,
};

export const ASCII: Glyphs = {
  lane: '|',
  line: '-',
  cross: '+',
  right: '>',
  left: '<',
  dot: 'o',
  cursor: '>',
  mark: '*',
  folded: '+',
  unfolded: '-',
  ellipsis: '~',
  separator: '-',
  caret: '_',
  ascii: true,
};

const SPELLED: Readonly<Record<string, string>> = {
  '·': '-',
  '…': '~',
  '→': '->',
  '←': '<-',
  '↔': '<->',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '≤': '<=',
  '≥': '>=',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/** The text as the glyph set can draw it: unchanged, or for `--ascii` with its typography spelled out and the rest as `?`. */
export function drawable(text: string, glyphs: Glyphs): string {
  return glyphs.ascii ? text.replace(/[^\x20-\x7e]/gu, (character) => SPELLED[character] ?? '?') : text;
}
