import { describe, expect, it } from 'vitest';
import { add, changes, cut, type Edit, put, swap } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'a codec less, with its rtx',
    [swap('UDP/TLS/RTP/SAVPF 96 97 ', 'UDP/TLS/RTP/SAVPF '), cut(64, 71)],
    ['codec-set 1 64,70> Drops VP8 (+rtx).', '~ codec-order 1 39>39 Codec order: H264 is first now, VP8 is gone.'],
  ],
  [
    'a codec more',
    [
      swap(' 118 119 120', ' 118 119 120 35 36'),
      add(156, 'a=rtpmap:35 H265/90000', 'a=fmtp:35 profile-id=1', 'a=rtpmap:36 rtx/90000', 'a=fmtp:36 apt=35'),
    ],
    ['codec-set 1 >157,159 Adds H265 (+rtx).'],
  ],
  [
    'another first codec',
    [
      put(
        39,
        'm=video 9 UDP/TLS/RTP/SAVPF 45 46 96 97 102 103 104 107 108 109 114 115 116 117 39 40 98 99 100 101 118 119 120',
      ),
    ],
    ['codec-order 1 39>39 Codec order: now prefers AV1 over VP8.'],
  ],
  [
    'another order behind the first',
    [put(8, 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 0 9 8 13 110 126')],
    ['codec-order 0 8>8 Codec order: opus stays first; PCMU now stands before G722.'],
  ],
  [
    'RED in front of opus',
    [put(8, 'm=audio 9 UDP/TLS/RTP/SAVPF 63 111 9 0 8 13 110 126')],
    ['codec-order 0 8>8 Codec order: now prefers red over opus.'],
  ],
  [
    'only DTMF formats in another order',
    [put(8, 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 126 110')],
    ['order 0 8>8 Lists rtx, RED, FEC or DTMF payload types in another order; the preferred codecs stay as they were.'],
  ],
  [
    'another number for a codec; RED follows',
    [
      swap(/\b111\b/, '109'),
      put(8, 'm=audio 9 UDP/TLS/RTP/SAVPF 109 63 9 0 8 13 110 126'),
      put(30, 'a=fmtp:63 109/109'),
    ],
    ['codec-pt 0 26>26 Payload type moved: opus 111 → 109.'],
  ],
  [
    'VP8 and rtx renumbered together',
    [
      put(
        39,
        'm=video 9 UDP/TLS/RTP/SAVPF 120 124 102 103 104 107 108 109 114 115 116 117 39 40 45 46 98 99 100 101 118 119 96',
      ),
      swap(/^(a=(rtpmap|rtcp-fb):)96 (?!ulpfec)/, '$1120 '),
      put(70, 'a=rtpmap:124 rtx/90000'),
      put(71, 'a=fmtp:124 apt=120'),
      put(156, 'a=rtpmap:96 ulpfec/90000'),
    ],
    ['codec-pt 1 64,70,156>64,70,156 Payload types moved: VP8 96 → 120 (and 2 of rtx, RED or FEC).'],
  ],
  [
    'another H264 profile under one number',
    [put(105, 'a=fmtp:114 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=640c1f')],
    ['codec-param 1 105>105 H264[114]: profile-level-id 42e01f → 640c1f.'],
  ],
];

describe('Codecs', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
