import { describe, expect, test } from 'vitest';
import {
  codecName,
  codecNames,
  compatible,
  isKnownToBrowsers,
  listed,
  mediaCodecs,
  sharedCodecs,
} from '../../src/rules/codecs.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection } from '../../src/sdp/sdp.ts';

function video(...codecs: readonly string[]): MSection {
  const lines = codecs.flatMap((codec, i) => {
    const [name = '', fmtp] = codec.split(' ');
    return [`a=rtpmap:${96 + i} ${name}/90000`, ...(fmtp ? [`a=fmtp:${96 + i} ${fmtp}`] : [])];
  });
  const formats = codecs.map((_, i) => 96 + i).join(' ');
  const text = ['v=0', `m=video 9 UDP/TLS/RTP/SAVPF ${formats}`, ...lines, ''].join('\r\n');
  return parseSdp(text).media[0] ?? expect.unreachable();
}

const h264 = (profile: string, mode = 1) => `H264 packetization-mode=${mode};profile-level-id=${profile}`;
const names = (offer: readonly string[], answer: readonly string[]) =>
  sharedCodecs(video(...offer), video(...answer)).map(({ name }) => name);

describe('what is shared', () => {
  test.each([
    ['the order of the answer', ['VP8', 'VP9'], ['VP9', 'VP8'], ['VP9', 'VP8']],
    ['names without case', ['VP8'], ['vp8'], ['vp8']],
    ['no parameters mean profile 0', ['VP9 profile-id=0'], ['VP9'], ['VP9']],
    ['another VP9 profile', ['VP9 profile-id=0'], ['VP9 profile-id=2'], []],
    ['another AV1 profile', ['AV1'], ['AV1 profile=1'], []],
    ['an H.265 tier', ['H265 tier-flag=0'], ['H265 tier-flag=1'], []],
    ['another H.264 level', [h264('42e01f')], [h264('42e034')], ['H264']],
    ['another H.264 profile', [h264('42e01f')], [h264('640032')], []],
    ['another packetization-mode', [h264('42e01f')], [h264('42e01f', 0)], []],
    ['Baseline for Constrained Baseline', [h264('42e01f')], [h264('42001f')], ['H264']],
    ['redundancy and retransmission do not count', ['VP8', 'rtx apt=96', 'red'], ['AV1', 'rtx apt=96', 'red'], []],
  ])('%s', (_what, offer, answer, expected) => {
    expect(names(offer, answer)).toEqual(expected);
  });

  test('Main and High are not compatible', () => {
    const [main, high] = mediaCodecs(video(h264('4d001f'), h264('64001f')));
    expect(main && high && compatible(main, high)).toBe(false);
  });
});

describe('names in sentences', () => {
  test.each([
    ['VP8', 'VP8'],
    ['VP9 profile-id=0', 'VP9'],
    ['VP9 profile-id=2', 'VP9 (profile-id=2)'],
    [h264('42e01f'), 'H264 (constrained-baseline, packetization-mode=1)'],
  ])('%s is %s', (codec, name) => {
    expect(mediaCodecs(video(codec)).map(codecName)).toEqual([name]);
  });

  test('lists are short, and each name stands there once', () => {
    expect(codecNames(mediaCodecs(video('VP8', 'VP8', 'VP9')))).toBe('VP8 and VP9');
    expect(codecNames([])).toBe('nothing');
    expect(listed(['1', '2', '2', '3', '4', '5'])).toBe('1, 2, 3 and 2 more');
  });

  test('codecs browsers know', () => {
    const known = mediaCodecs(video('VP8', 'G729', 'av1')).map(isKnownToBrowsers);
    expect(known).toEqual([true, false, true]);
  });
});
