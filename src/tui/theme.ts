/**
 * What a thing looks like, by meaning. By default words are in the terminal's own colour, or in red or magenta, which can be read on
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

export type Colour =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'redBright'
  | 'greenBright'
  | 'yellowBright'
  | 'blueBright'
  | 'magentaBright'
  | 'cyanBright'
  | 'whiteBright'
  | `#${string}`;

export interface Style {
  readonly color?: Colour;
  readonly bold?: true;
  readonly dimColor?: true;
  readonly underline?: true;
}

export type Styles = Readonly<Record<Tone, Style>>;

export type ThemeName = 'auto' | 'dark' | 'light' | 'contrast' | 'colour-blind' | 'none';

/** Blue and orange of Okabe and Ito's palette, which every kind of colour vision tells apart. */
const BLUE = '#56b4e9';
const ORANGE = '#e69f00';

/** Signs and words say the same as the colours, so that a theme without any loses nothing. */
export const THEMES: Readonly<Record<ThemeName, Styles>> = {
  auto: {
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
  },
  dark: {
    plain: {},
    muted: { dimColor: true },
    strong: { bold: true, color: 'whiteBright' },
    accent: { color: 'yellowBright', bold: true },
    offer: { color: 'cyanBright' },
    answer: { color: 'greenBright' },
    good: { color: 'greenBright' },
    bad: { color: 'redBright', bold: true },
    warn: { color: 'yellow' },
    added: { color: 'greenBright' },
    removed: { color: 'redBright' },
  },
  light: {
    plain: {},
    muted: { color: '#5f5f5f' },
    strong: { bold: true },
    accent: { color: '#5f00af', bold: true },
    offer: { color: '#005f87' },
    answer: { color: '#005f00' },
    good: { color: '#005f00' },
    bad: { color: '#af0000', bold: true },
    warn: { color: '#875f00' },
    added: { color: '#005f00' },
    removed: { color: '#af0000' },
  },
  contrast: {
    plain: {},
    muted: {},
    strong: { bold: true },
    accent: { bold: true, underline: true },
    offer: { bold: true },
    answer: {},
    good: {},
    bad: { bold: true, underline: true },
    warn: { underline: true },
    added: { bold: true },
    removed: { underline: true },
  },
  'colour-blind': {
    plain: {},
    muted: { dimColor: true },
    strong: { bold: true },
    accent: { bold: true, underline: true },
    offer: { color: BLUE },
    answer: { color: ORANGE },
    good: { color: BLUE },
    bad: { color: ORANGE, bold: true },
    warn: { color: ORANGE },
    added: { color: BLUE },
    removed: { color: ORANGE },
  },
  none: {
    plain: {},
    muted: {},
    strong: { bold: true },
    accent: { bold: true },
    offer: {},
    answer: {},
    good: {},
    bad: { bold: true },
    warn: {},
    added: {},
    removed: {},
  },
};

export const THEME_NAMES = Object.keys(THEMES) as readonly ThemeName[];

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
