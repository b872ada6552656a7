import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, put } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'gathered in one section',
    [
      add(
        10,
        'a=candidate:1 1 udp 2122260223 0a1b.local 50000 typ host',
        'a=candidate:2 1 udp 1686052607 198.51.100.7 50000 typ srflx raddr 0.0.0.0 rport 0',
        'a=end-of-candidates',
      ),
    ],
    ['candidates 0 >11,12,13 Candidates: +1 host (mDNS), +1 srflx, gathering ended.'],
  ],
  [
    'default addresses alone are noise',
    [
      put(8, 'm=audio 50000 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126'),
      put(9, 'c=IN IP4 192.0.2.7'),
      put(10, 'a=rtcp:50001 IN IP4 192.0.2.7'),
    ],
    [],
  ],
];

describe('Candidates', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
