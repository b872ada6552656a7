import { describe, expect, it } from 'vitest';
import { bundleGroups, liveSections, tagOf, transportSection } from '../../src/sdp/bundle.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { fixture } from './fixtures.ts';

const sdp = (groups: string[], ...sections: string[]) =>
  parseSdp(
    ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...groups.map((group) => `a=group:${group}`)]
      .concat(sections.map((section) => `m=${section}`))
      .join('\r\n'),
  );
const audio = (mid: string, port = 9, more = '') => `audio ${port} UDP/TLS/RTP/SAVPF 0\r\na=mid:${mid}${more}`;

describe('BUNDLE', () => {
  it('takes the first live mid as tag', () => {
    expect(tagOf(sdp(['BUNDLE 0 1'], audio('0'), audio('1')), '1')).toBe('0');
    expect(tagOf(sdp(['BUNDLE 0 1'], audio('0', 0), audio('1')), '1')).toBe('1');
    expect(tagOf(sdp(['BUNDLE 0 1'], audio('0', 0, '\r\na=bundle-only'), audio('1')), '1')).toBe('0');
    expect(tagOf(sdp(['BUNDLE 0 1'], audio('0', 0), audio('1', 0)), '1')).toBe('0');
    expect(tagOf(sdp(['BUNDLE 0'], audio('0'), audio('1')), '1')).toBeUndefined();
  });

  it('does not take other groups for BUNDLE', () => {
    const read = sdp(['LS 0 1', 'BUNDLE 1'], audio('0'), audio('1'));
    expect(bundleGroups(read).map((group) => group.mids)).toEqual([['1']]);
    expect(tagOf(read, '0')).toBeUndefined();
  });

  it('finds the section whose transport counts', () => {
    const read = sdp(['BUNDLE 0 1', 'BUNDLE 2'], audio('0'), audio('1'), audio('2'), audio('3'), audio('4', 0));
    expect(read.media.map((section) => transportSection(read, section).mid?.value)).toEqual(['0', '0', '2', '3', '4']);
  });

  it('stays with the section when the group names no section', () => {
    const read = sdp(['BUNDLE x y'], audio('y', 0), 'audio 9 UDP/TLS/RTP/SAVPF 0');
    expect(read.media.map((section) => transportSection(read, section))).toEqual(read.media);
  });

  it('counts bundle-only sections of Firefox as live', () => {
    const read = parseSdp(fixture('firefox-153-reoffer-bundle-only'));
    expect(read.media.map(({ port, bundleOnly, rejected }) => [port, bundleOnly, rejected])).toEqual([
      [41303, false, false],
      [0, true, false],
      [9, false, false],
    ]);
    expect(liveSections(read)).toHaveLength(3);
  });
});
