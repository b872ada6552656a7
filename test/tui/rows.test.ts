import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/core/text.ts';
import { ASCII, UNICODE } from '../../src/tui/glyphs.ts';
import { drawStroke, laneNames, lanesOf, type Stroke } from '../../src/tui/rows/lanes.ts';
import { type Cell, cell, cellsWidth, crop, wrapped } from '../../src/tui/rows/row.ts';

const textOf = (cells: readonly Cell[]) => cells.map(({ text }) => text).join('');

describe('crop', () => {
  const cells: Cell[] = [
    { text: 'one ', tone: 'plain' },
    { text: 'two', tone: 'strong' },
  ];

  it.each([
    [0, 7, 'one two'],
    [0, 9, 'one two  '],
    [0, 6, 'one t…'],
    [0, 4, 'one…'],
    [2, 5, 'e two'],
    [5, 3, 'wo '],
    [50, 2, '  '],
    [0, 0, ''],
  ])('from %i, %i wide', (from, width, text) => {
    expect(textOf(crop(cells, from, width, UNICODE))).toBe(text);
  });

  it('always gives exactly the width, whatever the text', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 4 });
    fc.assert(
      fc.property(texts, fc.nat(30), fc.nat(40), (list, from, width) => {
        const shown = crop(
          list.map((text) => cell(text, 'plain', UNICODE)),
          from,
          width,
          UNICODE,
        );
        expect(cellsWidth(shown)).toBe(width);
      }),
    );
  });
});

describe('cell', () => {
  it('shows control characters instead of sending them', () => {
    expect(cell('\u001b[31mred\u202e', 'plain', UNICODE).text).toBe('\\x1b[31mred\\u202e');
  });

  it('draws only ASCII when told so', () => {
    expect(cell('a → b · “c” ü', 'plain', ASCII).text).toBe('a -> b - "c" ?');
  });
});

describe('wrapped', () => {
  it('loses nothing and is never wider', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 20 }), (wire, width) => {
        const { text } = cell(wire, 'plain', UNICODE);
        const lines = wrapped(text, width);
        expect(lines.join('')).toBe(text);
        expect(Math.max(0, ...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

function stroke(parties: string[], from: string, to: string, text: string): Stroke {
  const lanes = [parties.indexOf(from), parties.indexOf(to)] as const;
  return {
    lanes,
    arrow: lanes[0] === lanes[1] ? 'self' : lanes[0] < lanes[1] ? 'right' : 'left',
    text,
    tone: 'offer',
    textTone: 'plain',
  };
}

describe('the ladder', () => {
  const draw = (parties: string[], width: number, from: string, to: string, text = 'offer #1') => {
    const lanes = lanesOf(parties, width);
    return [laneNames(lanes, UNICODE), drawStroke(stroke(parties, from, to, text), lanes, UNICODE)]
      .map(textOf)
      .join('\n');
  };

  it('draws an arrow to the right and one to the left', () => {
    expect(draw(['a', 'b'], 60, 'a', 'b').split('\n')[1]).toBe('│──────►│ offer #1');
    expect(draw(['a', 'b'], 60, 'b', 'a').split('\n')[1]).toBe('│◄──────│ offer #1');
  });

  it('draws what happens inside a party at its lane', () => {
    expect(draw(['a', 'b'], 60, 'a', 'a').split('\n')[1]).toBe('●       │ offer #1');
    expect(draw(['a', 'b'], 60, 'b', 'b').split('\n')[1]).toBe('│       ● offer #1');
  });

  it('crosses the lanes between, with the text at the right', () => {
    const three = (from: string, to: string) => draw(['ann', 'bob', 'somebody long'], 70, from, to).trimEnd();
    expect(three('ann', 'somebody long')).toBe(
      'ann     bob     somebody long                                         \n│───────┼──────►│ offer #1',
    );
    expect(three('somebody long', 'bob').split('\n')[1]).toBe('│       │◄──────│ offer #1');
    expect(three('bob', 'bob').split('\n')[1]).toBe('│       ●       │ offer #1');
  });

  it('shortens a name to its lane', () => {
    expect(draw(['somebody long', 'b'], 60, 'b', 'b').split('\n')[0]).toMatch(/^somebo… b +$/);
  });

  it.each([
    [2, 58],
    [3, 65],
    [3, 57],
    [5, 65],
  ])('leaves room for labels with %i parties in %i columns', (count, width) => {
    const { at, textWidth } = lanesOf(
      Array.from({ length: count }, (_none, index) => `p${index}`),
      width,
    );
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(5);
    expect(textWidth).toBeGreaterThanOrEqual(count > 3 ? 40 : 41);
  });

  it('draws what is about nobody without a dot', () => {
    const odd = { lanes: [-1, -1], arrow: 'none', text: 'odd', tone: 'plain', textTone: 'plain' } as const;
    expect(textOf(drawStroke(odd, lanesOf(['a', 'b'], 60), UNICODE))).toBe('│       │ odd');
  });

  it('never draws wider than it may', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => cell(text, 'plain', UNICODE).text);
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 30, max: 160 }),
        name,
        fc.nat(),
        fc.nat(),
        (parties, width, text, a, b) => {
          const lanes = lanesOf(parties, width);
          const from = parties[a % parties.length] ?? '';
          const to = parties[b % parties.length] ?? '';
          expect(cellsWidth(laneNames(lanes, UNICODE))).toBeLessThanOrEqual(width);
          expect(cellsWidth(drawStroke(stroke(parties, from, to, text), lanes, UNICODE))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
