import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, put } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'withdrawn everywhere',
    [put(23), put(61)],
    ['mux - 23,61> No longer multiplexes RTCP with the media (rtcp-mux is gone).'],
  ],
  ['withdrawn in one section', [put(61)], ['mux 1 61> No longer multiplexes RTCP with the media (rtcp-mux is gone).']],
  [
    'reduced size gone, only-mux added',
    [put(24), put(62), add(23, 'a=rtcp-mux-only')],
    [
      'mux 0 >24 Accepts RTCP on the media port only (rtcp-mux-only).',
      'mux - 24,62> No longer allows reduced-size RTCP (rtcp-rsize is gone).',
    ],
  ],
];

describe('RTCP multiplexing', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
