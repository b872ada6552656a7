import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, put, swap } from './edits.ts';

/** What it shows, the description, the edits, the changes told. */
const cases: readonly (readonly [string, string, readonly Edit[], readonly string[]])[] = [
  [
    'stops sending',
    'chromium-156-offer-av-data',
    [put(59, 'a=recvonly')],
    ['direction 1 59>59 Stops sending video (sendrecv → recvonly).'],
  ],
  [
    'stops both',
    'chromium-156-offer-av-data',
    [put(59, 'a=inactive')],
    ['direction 1 59>59 Stops sending and receiving video (sendrecv → inactive).'],
  ],
  [
    'turns round',
    'chromium-156-offer-simulcast',
    [swap('a=sendonly', 'a=recvonly')],
    ['direction 1 61>61 Stops sending and starts receiving video (sendonly → recvonly).'],
  ],
  [
    'no section receives: hold',
    'chromium-156-offer-av-data',
    [put(21, 'a=sendonly'), put(59, 'a=inactive')],
    [
      'direction - 21,59>21,59 Puts the call on hold (sendrecv → inactive/sendonly).',
      '~ direction 0 21>21 Stops receiving audio (sendrecv → sendonly).',
      '~ direction 1 59>59 Stops sending and receiving video (sendrecv → inactive).',
    ],
  ],
  ['a missing direction is sendrecv', 'chromium-156-offer-av-data', [put(21)], []],
  [
    'a direction for the session holds where a section states none',
    'chromium-156-offer-av-data',
    [put(21), put(59), add(7, 'a=recvonly')],
    [
      'direction 0 21>8 Stops sending audio (sendrecv → recvonly).',
      'direction 1 59>8 Stops sending video (sendrecv → recvonly).',
    ],
  ],
  [
    'two directions in a section: the last counts, the first is shown',
    'chromium-156-offer-av-data',
    [put(21, 'a=inactive', 'a=sendrecv')],
    ['format 0 >21 Adds the line a=inactive.'],
  ],
  [
    'codecs and labels that follow from the direction are folded',
    'chromium-156-offer-av-data',
    [
      put(59, 'a=recvonly'),
      put(60),
      put(
        39,
        'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 107 108 109 114 115 116 117 39 40 45 46 98 99 100 101 118 119 120 35',
      ),
      add(156, 'a=rtpmap:35 AV1/90000', 'a=fmtp:35 profile=1'),
    ],
    [
      'direction 1 59>59 Stops sending video (sendrecv → recvonly).',
      '~ track 1 60> Removes the video track label 81538624….',
      '~ codec-set 1 >156 Adds AV1.',
    ],
  ],
];

describe('Direction', () => {
  it.each(cases)('%s', (_name, base, edits, expected) => {
    expect(changes(base, edits)).toEqual(expected);
  });
});
