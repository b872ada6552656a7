import { describe, expect, it } from 'vitest';
import { HEAD, M, problems, sdp } from './text.ts';

describe('sections', () => {
  it('fills in what a section does not state itself', () => {
    const session = [
      'a=ice-ufrag:s',
      'a=ice-pwd:s',
      'a=ice-lite',
      'a=fingerprint:sha-1 AA',
      'a=setup:active',
      'a=inactive',
    ];
    const read = sdp(...HEAD, ...session, M, M, 'a=ice-ufrag:own', 'a=fingerprint:sha-1 BB', 'a=sendrecv');
    const [first, second] = read.media;
    expect(first?.ownIce.ufrag).toBeUndefined();
    expect(first).toMatchObject({ direction: 'inactive', directionLine: 10, ice: { ufrag: { value: 's', line: 5 } } });
    expect(first?.dtls.fingerprints).toEqual(read.dtls.fingerprints);
    expect(second?.ice).toMatchObject({ ufrag: { value: 'own' }, pwd: { value: 's' }, lite: { value: true } });
    expect(second?.dtls.fingerprints.map((one) => one.digest)).toEqual(['BB']);
    expect(second?.dtls.setup?.value).toBe('active');
    expect(second?.direction).toBe('sendrecv');
  });

  it('tells rejected sections from bundle-only ones', () => {
    const read = sdp(...HEAD, 'm=audio 0 RTP/SAVPF 0', 'm=audio 0 RTP/SAVPF 0', 'a=bundle-only', M);
    expect(read.media.map((one) => [one.rejected, one.bundleOnly])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('knows the lines of each section', () => {
    const read = sdp(...HEAD, M, 'a=mid:0', 'a=sendrecv', M, 'a=mid:1');
    expect(read.media.map((one) => [one.index, one.line, one.lastLine])).toEqual([
      [0, 5, 7],
      [1, 8, 9],
    ]);
  });

  const unreadable: [string, string[], string[]][] = [
    ['m= with too few fields', [...HEAD, 'm=audio 9 RTP/SAVPF'], ['5 m-fields']],
    ['m= port', [...HEAD, 'm=audio x RTP/SAVPF 0', 'm=audio 65536 RTP/SAVPF 0'], ['5 m-port', '6 m-port']],
    ['m= port count', [...HEAD, 'm=audio 9/2 RTP/SAVPF 0'], ['5 m-port-count']],
    ['m= payload type', [...HEAD, 'm=audio 9 RTP/SAVPF abc', 'm=audio 0 RTP/SAVPF abc'], ['5 m-format']],
  ];
  it.each(unreadable)('problems: %s', (_name, lines, expected) => {
    expect(problems(...lines)).toEqual(expected);
  });
});
