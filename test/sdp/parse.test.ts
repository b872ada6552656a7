import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLines } from '../../src/sdp/lines.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { work } from '../helpers/work.ts';
import { fixture, fixtureNames } from './fixtures.ts';
import { HEAD, M, problems, sdp } from './text.ts';

describe('problems', () => {
  const cases: [string, string[], string[]][] = [
    ['nothing is wrong', [...HEAD, M], []],
    ['no section is fine', HEAD, []],
    ['only a blank line', [''], ['0 v-line', '0 o-line', '0 s-line', '0 t-line', '1 line-blank']],
    ['an escaped description', ['v=0\\r\\no=- 1 2'], ['0 o-line', '0 s-line', '0 t-line', '1 v-line']],
    ['a blank line', [...HEAD, '', M], ['5 line-blank']],
    ['garbage', [...HEAD, M, 'garbage'], ['6 line-syntax']],
    ['an indented line', [...HEAD, M, ' a=mid:0'], ['6 line-syntax']],
  ];
  it.each(cases)('%s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });

  it('has one problem with the empty text', () => {
    expect(parseSdp('').problems).toMatchObject([{ code: 'empty', line: 0 }]);
  });

  it('keeps the text of a number it cannot read', () => {
    const read = sdp(...HEAD, 'm=audio nine RTP/SAVPF 96', 'a=ptime:soon', 'a=rtpmap:96 VP8/fast');
    expect(read.media[0]).toMatchObject({ port: Number.NaN, ptime: { value: 'soon' }, codecs: [{ clockRate: 0 }] });
    expect(read.lines[4]?.text).toContain('nine');
  });

  it('repeats no wire text in messages', () => {
    const read = sdp('v=\x1b[2J', M, 'a=candidate:\x1b', 'a=rtpmap:\x1b', 'a=mid', '\x1b');
    expect(read.problems.length).toBeGreaterThan(4);
    expect(read.problems.every(({ message }) => /^[\x20-\x7e]+$/.test(message))).toBe(true);
  });
});

describe('real descriptions', () => {
  it.each(fixtureNames)('%s has no problems', (name) => {
    const read = parseSdp(fixture(name));
    expect(read.problems).toEqual([]);
    expect(read.media.length).toBeGreaterThan(0);
    expect(read.media.flatMap((one) => one.codecs).filter((codec) => codec.name === '')).toEqual([]);
  });

  it('survives any mutation and loses nothing', () => {
    const names = fc.constantFrom(...fixtureNames.filter((name) => !name.includes('section')));
    const piece = fc.oneof(fc.constantFrom('\r', '\n', '=', ':', ' ', ';', '/', 'm=', 'a=', ''), fc.string());
    const edit = fc.tuple(fc.nat(6000), fc.nat(40), piece);
    fc.assert(
      fc.property(names, fc.array(edit, { minLength: 1, maxLength: 8 }), (name, edits) => {
        let text = fixture(name);
        for (const [at, cut, insert] of edits) text = text.slice(0, at) + insert + text.slice(at + cut);
        const read = parseSdp(text);
        expect(joinLines(read.lines)).toBe(text);
        const attributes = read.attributes.length + read.media.reduce((sum, one) => sum + one.attributes.length, 0);
        expect(attributes).toBe(read.lines.filter((line) => line.text.startsWith('a=')).length);
      }),
      { numRuns: 300 },
    );
  });

  it('survives any text', () => {
    const token = fc.constantFrom(
      'm=',
      'a=',
      'v=0',
      '\r\n',
      '\n',
      'rtpmap:',
      'fmtp:',
      'simulcast:',
      'candidate:',
      ' ',
      '9',
    );
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.oneof(token, fc.string()), { maxLength: 40 }));
    fc.assert(
      fc.property(text, (value) => {
        const whole = Array.isArray(value) ? value.join('') : value;
        expect(parseSdp(whole).text).toBe(whole);
      }),
    );
  });

  it('takes time in proportion to the size, for hostile texts too', () => {
    const attacks = [
      `${M}${' 1'.repeat(100_000)}`,
      [M + Array.from({ length: 20_000 }, (_, i) => ` ${i}`).join(''), ...Array(20_000).fill('a=rtcp-fb:* nack')].join(
        '\n',
      ),
      Array(50_000).fill(M).join('\n'),
      `${M}\na=fmtp:0 ${';='.repeat(200_000)}`,
      `${M}\na=simulcast:send ${'~,;'.repeat(100_000)}`,
      `${M}\na=candidate:${' '.repeat(400_000)}x`,
    ];
    const taken = work(() => {
      for (const text of attacks) parseSdp(text);
    });
    expect(taken).toBeLessThan(5000);
  });
});
