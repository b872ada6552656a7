/** Colours by numbers: contrast as WCAG 2.2 counts it, colour vision as Machado, Oliveira and Fernandes (2009) model it. */
import { describe, expect, it } from 'vitest';
import { type Colour, type Style, THEMES, type ThemeName } from '../../src/tui/theme.ts';

type Rgb = readonly [number, number, number];

/** xterm's own colours. */
const NAMED: Readonly<Record<string, string>> = {
  black: '#000000',
  red: '#cd0000',
  green: '#00cd00',
  yellow: '#cdcd00',
  magenta: '#cd00cd',
  cyan: '#00cdcd',
  redBright: '#ff0000',
  greenBright: '#00ff00',
  yellowBright: '#ffff00',
  cyanBright: '#00ffff',
  whiteBright: '#ffffff',
};
const [BLACK, WHITE] = ['#000000', '#ffffff'] as const;

/** The colour as light: 0 to 1, linear. */
function lightOf(colour: Colour): Rgb {
  const hex = NAMED[colour] ?? colour;
  return [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

function contrast(a: Colour, b: Colour): number {
  const [dark = 0, bright = 0] = [a, b]
    .map(lightOf)
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

const coloursOf = (name: ThemeName): readonly Colour[] =>
  Object.values(THEMES[name]).flatMap(({ color }: Style) => color ?? []);

describe('what is read', () => {
  it.each([
    ['dark', BLACK, 4.5],
    ['light', WHITE, 4.5],
    ['colour-blind', BLACK, 4.5],
    ['colour-blind', WHITE, 4.5],
  ] as const)('in the theme %s stands out from %s at least %d to 1', (name, background, least) => {
    for (const colour of coloursOf(name)) expect(contrast(colour, background), colour).toBeGreaterThanOrEqual(least);
  });

  it('in the theme auto is in colours that stand out from white and from black, but for signs', () => {
    const { offer, answer, good, added, 'added-word': word, ...words } = THEMES.auto;
    for (const { color } of Object.values(words) as Style[])
      for (const background of [BLACK, WHITE])
        if (color !== undefined) expect(contrast(color, background), color).toBeGreaterThanOrEqual(3);
  });

  it.each(['contrast', 'none'] as const)('in the theme %s has the colour of the terminal', (name) => {
    expect(coloursOf(name)).toEqual([]);
  });
});

/** What is left of a colour without one kind of cones, wholly. */
const VISION: Readonly<Record<string, readonly Rgb[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** In Oklab, where 0.02 is a difference one can just see side by side. */
function difference(a: Rgb, b: Rgb): number {
  const [first, second] = [a, b].map(oklab) as [Rgb, Rgb];
  return Math.hypot(...first.map((part, index) => part - (second[index] ?? 0)));
}

function oklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe('the theme colour-blind', () => {
  it.each(Object.keys(VISION))('has two colours that %s tells apart', (kind) => {
    const colours = [...new Set(coloursOf('colour-blind'))];
    expect(colours).toHaveLength(2);
    const seen = colours.map((colour) => {
      const light = lightOf(colour);
      const rows = VISION[kind] ?? [];
      return rows.map((row) =>
        Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2])),
      ) as unknown as Rgb;
    });
    expect(difference(seen[0] as Rgb, seen[1] as Rgb)).toBeGreaterThan(0.15);
  });
});

describe('every theme', () => {
  it.each(Object.keys(THEMES) as ThemeName[])(
    '%s marks changed words and what was found by more than colour',
    (name) => {
      const styles = THEMES[name];
      for (const tone of ['added-word', 'removed-word'] as const) expect(styles[tone].underline).toBe(true);
      expect(styles.found.inverse).toBe(true);
    },
  );
});
