import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, put } from './edits.ts';

/** What it shows, the description, the edits, the changes told. */
const cases: readonly (readonly [string, string, readonly Edit[], readonly string[]])[] = [
  [
    'a section leaves',
    'chromium-156-offer-av-data',
    [put(5, 'a=group:BUNDLE 0 1')],
    ["bundle 2 5>5 Takes 'mid 2' out of the bundle: it needs a transport of its own."],
  ],
  [
    'another tag',
    'chromium-156-offer-av-data',
    [put(5, 'a=group:BUNDLE 1 0 2')],
    ["bundle - 5>5 The first section of the bundle, which names its transport, is now 'mid 1' (was 'mid 0')."],
  ],
  ['another order behind the tag is noise', 'chromium-156-offer-av-data', [put(5, 'a=group:BUNDLE 0 2 1')], []],
  [
    'no bundle at all',
    'chromium-156-offer-av-data',
    [put(5)],
    ['bundle - 5> Drops the bundle of mids 0, 1 and 2: every section has a transport of its own.'],
  ],
  [
    'a mid nobody has',
    'chromium-156-offer-av-data',
    [put(5, 'a=group:BUNDLE 0 1 2 ghost')],
    ['bundle - 5>5 Mids in the bundle that no section has: none → ghost.'],
  ],
  ['lip sync', 'chromium-156-offer-av-data', [add(5, 'a=group:LS 0 1')], ['bundle - >6 Adds the group LS 0 1.']],
  [
    'not bundle-only any more',
    'firefox-153-reoffer-bundle-only',
    [put(41, 'm=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 126'), put(43)],
    ["bundle 1 41>41 Offers 'mid 1' as a full member of the bundle (no longer bundle-only)."],
  ],
];

describe('BUNDLE', () => {
  it.each(cases)('%s', (_name, base, edits, expected) => {
    expect(changes(base, edits)).toEqual(expected);
  });
});
