import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, GONE, put, swap } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  ['o= version and s= are noise', [put(2, 'o=- 5866984642267230026 9 IN IP4 127.0.0.1'), put(3, 's=renegotiated')], []],
  [
    'another session id is not',
    [put(2, 'o=- 77 2 IN IP4 127.0.0.1')],
    ['format - 2>2 Session id in o=: 5866984642267230026 → 77.'],
  ],
  [
    'an unknown attribute',
    [add(25, 'a=x-google-flag:conference')],
    ['format 0 >26 Adds the line a=x-google-flag:conference.'],
  ],
  ['an unknown attribute for the session', [add(7, 'a=x-session')], ['format - >8 Adds the line a=x-session.']],
  [
    'an unknown attribute changed',
    [put(63, 'a=rtcp-xr:rcvr-rtt=sender')],
    ['format 1 63>63 Changes the line a=rtcp-xr:rcvr-rtt=all → a=rtcp-xr:rcvr-rtt=sender.'],
  ],
  ['a line that is no attribute', [add(39, 'k=prompt')], ['format 1 >40 Adds the line k=prompt.']],
  ['msid-semantic is noise', [put(7)], []],
  [
    'ICE and DTLS attributes may stand for the session',
    [
      put(7, 'a=ice-ufrag:Nivh', 'a=ice-pwd:lYAZKoIZkybV+EMg7kWPDt6X', 'a=ice-options:trickle', 'a=setup:actpass'),
      swap(/^a=(ice-ufrag|ice-pwd|ice-options|setup):.*$/, GONE),
    ],
    [],
  ],
  ['an orphaned fmtp line', [add(36, 'a=fmtp:99 apt=98')], ['format 0 >37 Adds the line a=fmtp:99 apt=98.']],
];

describe('Other lines', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
