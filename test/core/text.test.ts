import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fit as cut, displayWidth, graphemes, isNarrow, printable } from '../../src/core/text.ts';

describe('printable', () => {
  const cases: [string, string, string][] = [
    ['plain text stays', 'offer #3', 'offer #3'],
    ['letters of other scripts stay', 'Zoë 陈 שלום', 'Zoë 陈 שלום'],
    ['escape', '\x1b[2Jgone', '\\x1b[2Jgone'],
    ['line ends and tab', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['C1 control sequence introducer', '\u009b31m', '\\x9b31m'],
    ['delete', '\x7f', '\\x7f'],
    ['bidi override', 'a\u202eb', 'a\\u202eb'],
    ['bidi isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['zero width', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['line separator', '\u2028', '\\u2028'],
    ['lone surrogate', 'a\ud800', 'a\\ud800'],
    ['tag character', '\u{e0041}', '\\u{e0041}'],
    ['an emoji stays', '🎥', '🎥'],
  ];
  it.each(cases)('%s', (_, text, expected) => expect(printable(text)).toBe(expected));

  it('lets no control, format or surrogate character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 0, max: 0xffff })), (text, units) => {
        const out = printable(text + String.fromCharCode(...units));
        expect(out).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(printable(out)).toBe(out);
      }),
    );
  });
});

describe('displayWidth', () => {
  it('is one column for each character that is taken for narrow without a look', () => {
    const narrow = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isNarrow);
    expect(narrow.length).toBeGreaterThan(900);
    expect(narrow.filter((character) => stringWidth(character) !== 1)).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...narrow)), (characters) => {
        const text = characters.join('');
        expect(stringWidth(text)).toBe(text.length);
        expect([...graphemes(text)]).toHaveLength(text.length);
      }),
    );
  });

  it.each([
    ['wide characters', '陈陈', 4],
    ['a joined accent', 'e\u0301', 1],
    ['an arrow made an emoji', '\u2194\ufe0f', 2],
    ['colour codes', '\x1b[31mred\x1b[39m', 3],
  ])('%s', (_, text, columns) => expect(displayWidth(text)).toBe(columns));
});

describe('fit', () => {
  const cases: [string, string, number, string | undefined, string][] = [
    ['what fits stays', 'offer', 5, undefined, 'offer'],
    ['a cut ends in an ellipsis', 'offers', 5, undefined, 'offe…'],
    ['an ASCII ellipsis', 'candidate', 6, '...', 'can...'],
    ['wide characters are not halved', '陈陈陈', 4, undefined, '陈…'],
    ['a narrow text longer in code units than columns', 'e\u0301e\u0301', 2, undefined, 'e\u0301e\u0301'],
    ['no room for the ellipsis', 'offer', 2, '...', '..'],
    ['no room at all', 'offer', 0, undefined, ''],
  ];
  it.each(cases)('%s', (_, text, columns, ellipsis, expected) => expect(cut(text, columns, ellipsis)).toBe(expected));

  it('never takes more columns than given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, columns) => {
        expect(displayWidth(cut(printable(text), columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
