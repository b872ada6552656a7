/** The signs of the screen, in Unicode and in ASCII, and how texts are drawn with them. */
import { type Styles, THEMES, type ThemeName } from './theme.ts';

/** Everything on the screen that is not text: signs, each one column wide, and what tones look like. */
export interface Glyphs {
  readonly lane: string;
  readonly line: string;
  readonly cross: string;
  readonly right: string;
  readonly left: string;
  readonly dot: string;
  readonly cursor: string;
  readonly mark: string;
  /** At rows with a note. */
  readonly note: string;
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
  readonly styles: Styles;
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
  note: '▪',
  error: '✗',
  warning: '!',
  info: 'i',
  folded: '▸',
  unfolded: '▾',
  ellipsis: '…',
  separator: '·',
  caret: '█',
  ascii: false,
  styles: THEMES.auto,
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
  note: '#',
  error: 'X',
  warning: '!',
  info: 'i',
  folded: '+',
  unfolded: '-',
  ellipsis: '~',
  separator: '-',
  caret: '_',
  ascii: true,
  styles: THEMES.auto,
};

/** The signs and colours of a theme. */
export function glyphsOf(ascii: boolean, theme: ThemeName): Glyphs {
  return { ...(ascii ? ASCII : UNICODE), styles: THEMES[theme] };
}

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
