/**
 * What a thing looks like, by meaning. Words are in the terminal's own colour, or in red or magenta, which can be read on
 * any background; cyan and green, pale on a white one, are for arrows, dots and signs, whose shape says the same.
 */

export type Tone =
  | 'plain'
  | 'muted'
  | 'strong'
  | 'accent'
  | 'offer'
  | 'answer'
  | 'good'
  | 'bad'
  | 'warn'
  | 'added'
  | 'removed';

export interface Style {
  readonly color?: 'red' | 'green' | 'magenta' | 'cyan';
  readonly bold?: true;
  readonly dimColor?: true;
}

export const STYLES: Readonly<Record<Tone, Style>> = {
  plain: {},
  muted: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'magenta', bold: true },
  offer: { color: 'cyan' },
  answer: { color: 'green' },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warn: { color: 'red' },
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
  /** At rows with a finding. */
  readonly error: string;
  readonly warning: string;
  readonly info: string;
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
  error: '✗',
  warning: '!',
  info: 'i',
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
  error: 'X',
  warning: '!',
  info: 'i',
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
  '⇒': '=>',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/** The text as the glyph set can draw it: unchanged, or for `--ascii` with its typography spelled out and the rest as `?`. */
export function drawable(text: string, glyphs: Glyphs): string {
  return glyphs.ascii ? text.replace(/[^\x20-\x7e]/gu, (character) => SPELLED[character] ?? '?') : text;
}
