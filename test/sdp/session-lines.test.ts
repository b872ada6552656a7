import { describe, expect, it } from 'vitest';
import type { MSection } from '../../src/sdp/sdp.ts';
import { HEAD, M, problems, sdp, section } from './text.ts';

describe('lines other than attributes', () => {
  const cases: [string, string, Partial<Record<keyof MSection, unknown>>][] = [
    ['b=', 'b=TIAS:500000', { bandwidth: [{ modifier: 'TIAS', value: '500000', line: 6 }] }],
    ['c=', 'c=IN IP6 ::1', { connection: { netType: 'IN', addressType: 'IP6', address: '::1', line: 6 } }],
    ['i=', 'i=Camera', { title: 'Camera' }],
  ];
  it.each(cases)('%s', (_name, line, expected) => {
    expect(section(line)).toMatchObject(expected);
  });

  it('reads the session part', () => {
    const read = sdp(
      ...HEAD,
      'a=group:BUNDLE 0 1',
      'a=extmap-allow-mixed',
      'a=sendonly',
      'a=ice-lite',
      'a=extmap:1 urn:x',
    );
    expect(read.origin).toMatchObject({ username: '-', sessionId: '1', sessionVersion: '2', line: 2 });
    expect(read.groups).toEqual([{ semantics: 'BUNDLE', mids: ['0', '1'], line: 5 }]);
    expect(read).toMatchObject({ sessionName: '-', extmapAllowMixed: true, direction: { value: 'sendonly', line: 7 } });
    expect(read.ice.lite).toEqual({ value: true, line: 8 });
    expect(read.extensions).toHaveLength(1);
  });

  const unreadable: [string, string[], string[]][] = [
    ['version', ['v=1', ...HEAD.slice(1)], ['1 v-line']],
    ['missing lines', ['v=0'], ['0 o-line', '0 s-line', '0 t-line']],
    ['o= with a blank in the name', ['v=0', 'o=my user 1 2 IN IP4 0.0.0.0', 's=-', 't=0 0'], ['2 o-line']],
    ['empty s=', ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=', 't=0 0'], ['3 s-line']],
    ['s= of one blank', ['v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's= ', 't=0 0'], []],
    ['t=', [...HEAD.slice(0, 3), 't=now'], ['4 t-line']],
    ['wrong order', ['v=0', 's=-', 'o=- 1 2 IN IP4 0.0.0.0', 't=0 0'], ['3 line-order']],
    ['b= behind a=', [...HEAD, 'a=group:BUNDLE 0', 'b=AS:5'], ['6 line-order']],
    ['an unknown letter', [...HEAD, 'q=1', M, 'y=1'], ['5 line-type', '7 line-type']],
    ['c=', [...HEAD, M, 'c=IN IP4'], ['6 c-line']],
    ['b=', [...HEAD, M, 'b=AS', 'b=AS:much'], ['6 b-line', '7 b-line']],
  ];
  it.each(unreadable)('problems: %s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
