import { describe, expect, it } from 'vitest';
import type { MSection } from '../../../src/sdp/sdp.ts';
import { HEAD, M, problems, section } from '../text.ts';

describe('payload types, header extensions and direction', () => {
  const cases: [string, string, Partial<Record<keyof MSection, unknown>>][] = [
    ['direction', 'a=recvonly', { direction: 'recvonly', directionLine: 6 }],
    [
      'extmap',
      'a=extmap:3/recvonly urn:x a=1 b',
      { extensions: [{ id: '3', uri: 'urn:x', direction: 'recvonly', config: 'a=1 b', line: 6 }] },
    ],
  ];
  it.each(cases)('%s', (_name, line, expected) => {
    expect(section(line)).toMatchObject(expected);
  });

  it('reads rtpmap, fmtp and rtcp-fb into codecs', () => {
    const [codec] = section('a=rtpmap:0 PCMU/8000', 'a=fmtp:0 A=1; b = x=y ;0-15', 'a=rtcp-fb:0 nack pli').codecs;
    expect(codec).toMatchObject({ name: 'PCMU', clockRate: 8000, channels: 1, rtpmapLine: 6 });
    expect(codec?.fmtp[0]?.parameters).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: 'x=y' },
      { key: '0-15', value: '' },
    ]);
    expect(codec?.feedback).toEqual([{ payloadType: '0', type: 'nack pli', line: 8 }]);
  });

  const unreadable: [string, string[], string[]][] = [
    ['rtpmap', [...HEAD, M, 'a=rtpmap:96', 'a=rtpmap:96 VP8/fast'], ['6 bad-rtpmap', '7 bad-rtpmap']],
    ['fmtp', [...HEAD, M, 'a=fmtp:96'], ['6 bad-fmtp']],
    ['rtcp-fb', [...HEAD, M, 'a=rtcp-fb:96'], ['6 bad-rtcp-fb']],
    ['extmap', [...HEAD, M, 'a=extmap:x urn:y', 'a=extmap:1/up urn:y'], ['6 bad-extmap', '7 bad-extmap']],
  ];
  it.each(unreadable)('problems: %s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
