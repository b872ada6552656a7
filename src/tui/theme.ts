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
  | 'removed'
  /** The words of a line that changed. */
  | 'added-word'
  | 'removed-word'
  /** What was searched for. */
  | 'found';

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
  readonly inverse?: true;
}

export type Styles = Readonly<Record<Tone, Style>>;

export type ThemeName = 'auto' | 'dark' | 'light' | 'contrast' | 'colour-blind' | 'none';

/** A blue and an orange that every kind of colour vision tells apart, as bright on a white background as on a black one. */
const BLUE = '#007bc0';
const ORANGE = '#c45400';

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
    'added-word': { color: 'green', bold: true, underline: true },
    'removed-word': { color: 'red', bold: true, underline: true },
    found: { inverse: true },
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
    'added-word': { color: 'greenBright', bold: true, underline: true },
    'removed-word': { color: 'redBright', bold: true, underline: true },
    found: { inverse: true },
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
    'added-word': { color: '#005f00', bold: true, underline: true },
    'removed-word': { color: '#af0000', bold: true, underline: true },
    found: { inverse: true },
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
    'added-word': { bold: true, underline: true },
    'removed-word': { underline: true, bold: true },
    found: { inverse: true },
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
    'added-word': { color: BLUE, bold: true, underline: true },
    'removed-word': { color: ORANGE, bold: true, underline: true },
    found: { inverse: true },
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
    'added-word': { bold: true, underline: true },
    'removed-word': { bold: true, underline: true },
    found: { inverse: true },
  },
};

export const THEME_NAMES = Object.keys(THEMES) as readonly ThemeName[];
