import { describe, expect, it } from 'vitest';
import { add, changes, type Edit } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'a limit for video',
    [add(40, 'b=TIAS:500000')],
    ['bandwidth 1 >41 Video is limited to 500 kbit/s (TIAS), was unlimited.'],
  ],
  [
    'a limit for the session',
    [add(3, 'b=AS:2048')],
    ['bandwidth - >4 The session is limited to 2048 kbit/s (AS), was unlimited.'],
  ],
  ['an unknown modifier', [add(9, 'b=X-YZ:12')], ['bandwidth 0 >10 Audio is limited to 12 (X-YZ), was unlimited.']],
];

describe('Bandwidth', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
