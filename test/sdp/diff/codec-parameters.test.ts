import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, GONE, put, swap } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'a parameter added',
    [put(28, 'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1')],
    ['codec-param 0 28>28 opus: stereo=1 added.'],
  ],
  [
    'changed, added and removed',
    [put(28, 'a=fmtp:111 minptime=20;usedtx=1;maxaveragebitrate=64000')],
    ['codec-param 0 28>28 opus: maxaveragebitrate=64000 and usedtx=1 added, minptime 10 → 20, useinbandfec=1 removed.'],
  ],
  [
    'a level within the profile',
    [put(105, 'a=fmtp:114 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e034')],
    ['codec-param 1 105>105 H264 constrained-baseline mode 0: profile-level-id 42e01f → 42e034.'],
  ],
  ['no fmtp line any more', [put(28)], ['codec-param 0 28> opus: minptime=10 and useinbandfec=1 removed.']],
  [
    'feedback lost by several codecs',
    [swap(/^a=rtcp-fb:\d+ transport-cc$/, GONE)],
    [
      'codec-param 0 27> opus: loses feedback transport-cc.',
      'codec-param 1 66,74,83,92,101,110,119,128,137,146> AV1, H264 baseline mode 0, H264 baseline mode 1 and 7 more: lose feedback transport-cc.',
    ],
  ],
  ['feedback gained by one', [add(69, 'a=rtcp-fb:96 rrtr')], ['codec-param 1 >70 VP8: gains feedback rrtr.']],
  [
    'feedback for * is feedback for each',
    [put(27, 'a=rtcp-fb:* transport-cc')],
    ['codec-param 0 >27 CN, G722, PCMA and 4 more: gain feedback transport-cc.'],
  ],
  [
    'packet time',
    [add(36, 'a=ptime:20', 'a=maxptime:60')],
    [
      'codec-param 0 >37 Packet time (ptime): none → 20 ms.',
      'codec-param 0 >38 Longest packet time (maxptime): none → 60 ms.',
    ],
  ],
  [
    'a parameter with control characters',
    [put(28, 'a=fmtp:111 minptime=10;useinbandfec=1;x=\u001b[31mred\u202e')],
    ['codec-param 0 28>28 opus: x=\\x1b[31mred\\u202e added.'],
  ],
];

describe('Codec parameters', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
