import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, put } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  ['one gone', [put(51)], ['header-ext 1 51> Drops header extension transport-wide-cc.']],
  [
    'another id',
    [put(18, 'a=extmap:9 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time')],
    ['header-ext 0 18>18 Changes header extension abs-send-time 2 → 9.'],
  ],
  [
    'a direction',
    [put(52, 'a=extmap:5/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay')],
    ['header-ext 1 52>52 Changes header extension playout-delay 5 → 5/recvonly.'],
  ],
  [
    'one more, encrypted',
    [add(20, 'a=extmap:12 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:smpte-tc 25@600/24')],
    ['header-ext 0 >21 Adds header extension encrypted smpte-tc (id 12).'],
  ],
  [
    'no mixed headers',
    [put(6)],
    ['header-ext - 6> No longer allows one-byte and two-byte header extensions to be mixed.'],
  ],
  [
    'mixed headers stated per section mean the same',
    [put(6), add(20, 'a=extmap-allow-mixed'), add(58, 'a=extmap-allow-mixed')],
    [],
  ],
];

describe('Header extensions', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
