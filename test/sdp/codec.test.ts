import { describe, expect, it } from 'vitest';
import { h264Profile } from '../../src/sdp/codec.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { Codec } from '../../src/sdp/sdp.ts';

function codecs(formats: string, ...attributes: string[]): readonly Codec[] {
  const lines = ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', `m=video 9 UDP/TLS/RTP/SAVPF ${formats}`];
  return parseSdp([...lines, ...attributes, ''].join('\r\n')).media[0]?.codecs ?? [];
}
const identities = (formats: string, ...attributes: string[]) =>
  codecs(formats, ...attributes).map((codec) => codec.identity);

describe('identity', () => {
  const cases: [string, string, string[], string[]][] = [
    ['name without case', '96', ['a=rtpmap:96 Vp8/90000'], ['vp8/90000']],
    ['channels', '111', ['a=rtpmap:111 OPUS/48000/2'], ['opus/48000/2']],
    ['one channel is the default', '9', ['a=rtpmap:9 G722/8000/1'], ['g722/8000']],
    ['a static payload type', '0 13', [], ['pcmu/8000', 'cn/8000']],
    ['an unknown payload type', '120', [], ['?120']],
    [
      'H.264 without its level',
      '96',
      ['a=rtpmap:96 H264/90000', 'a=fmtp:96 packetization-mode=1;Profile-Level-Id=42E01F'],
      ['h264/90000;constrained-baseline;packetization-mode=1'],
    ],
    ['H.264 without fmtp', '96', ['a=rtpmap:96 H264/90000'], ['h264/90000;constrained-baseline;packetization-mode=0']],
    ['VP9 profile', '98', ['a=rtpmap:98 VP9/90000', 'a=fmtp:98 profile-id=2'], ['vp9/90000;profile-id=2']],
    ['VP9 default', '98', ['a=rtpmap:98 VP9/90000'], ['vp9/90000;profile-id=0']],
    ['AV1', '45', ['a=rtpmap:45 AV1/90000', 'a=fmtp:45 level-idx=5;profile=1;tier=0'], ['av1/90000;profile=1']],
    [
      'H.265',
      '49',
      ['a=rtpmap:49 H265/90000', 'a=fmtp:49 level-id=93;tier-flag=1'],
      ['h265/90000;profile-id=1;tier-flag=1;tx-mode=SRST'],
    ],
    [
      'RTX by what it repairs',
      '97 96',
      ['a=rtpmap:96 VP8/90000', 'a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96'],
      ['rtx→vp8/90000', 'vp8/90000'],
    ],
    ['RTX of nothing', '97', ['a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=96'], ['rtx→?']],
    ['RTX of itself', '97', ['a=rtpmap:97 rtx/90000', 'a=fmtp:97 apt=97'], ['rtx→rtx']],
    [
      'audio RED by what is inside',
      '111 63',
      ['a=rtpmap:111 opus/48000/2', 'a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111'],
      ['opus/48000/2', 'red/48000/2;opus/48000/2,opus/48000/2'],
    ],
    ['a payload type listed twice is one codec', '0 0', [], ['pcmu/8000']],
  ];
  it.each(cases)('%s', (_name, formats, attributes, expected) => {
    expect(identities(formats, ...attributes)).toEqual(expected);
  });

  it('does not change when payload types are renumbered', () => {
    const section = (opus: number, red: number) =>
      identities(
        `${opus} ${red}`,
        `a=rtpmap:${opus} opus/48000/2`,
        `a=rtpmap:${red} red/48000/2`,
        `a=fmtp:${red} ${opus}/${opus}`,
      );
    expect(section(111, 63)).toEqual(section(109, 121));
  });
});

it.each([
  ['42e01f', 'constrained-baseline'],
  ['42c00a', 'constrained-baseline'],
  ['42001f', 'baseline'],
  ['420010', 'baseline'],
  ['4d0032', 'main'],
  ['4de01f', 'constrained-baseline'],
  ['64001f', 'high'],
  ['640c1f', 'constrained-high'],
  ['f4001f', 'high-444'],
  ['ffffff', 'ffff'],
  ['bogus', 'bogus'],
])('profile-level-id %s is %s', (value, expected) => {
  expect(h264Profile(value)).toBe(expected);
});

describe('feedback', () => {
  it('adds lines for all payload types to each', () => {
    const [vp8, vp9] = codecs(
      '96 98',
      'a=rtpmap:96 VP8/90000',
      'a=rtcp-fb:* transport-cc',
      'a=rtcp-fb:96 nack pli',
      'a=rtpmap:98 VP9/90000',
    );
    expect(vp8?.feedback.map((item) => item.type)).toEqual(['transport-cc', 'nack pli']);
    expect(vp9?.feedback.map((item) => item.type)).toEqual(['transport-cc']);
  });
});

it.each([
  ['rtx', 'rtx'],
  ['red', 'red'],
  ['ulpfec', 'fec'],
  ['flexfec-03', 'fec'],
  ['telephone-event', 'dtmf'],
  ['CN', 'cn'],
  ['AV1', 'media'],
])('%s has the role %s', (name, role) => {
  expect(codecs('96', `a=rtpmap:96 ${name}/90000`)[0]?.role).toBe(role);
});
