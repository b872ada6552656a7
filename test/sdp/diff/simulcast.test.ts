import { describe, expect, it } from 'vitest';
import { changes, cut, type Edit, put } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'a layer less',
    [put(161), put(162, 'a=simulcast:send q;h')],
    [
      'simulcast 1 162>161 Simulcast (send): 3 → 2 layers (q and h; was q, h and f).',
      '~ simulcast 1 161> Layer ids (rid): f send removed.',
    ],
  ],
  ['a paused layer', [put(162, 'a=simulcast:send q;h;~f')], ['simulcast 1 162>162 Pauses layer f (simulcast send).']],
  [
    'another order',
    [put(162, 'a=simulcast:send f;h;q')],
    ['simulcast 1 162>162 Simulcast layers (send): q, h and f → f, h and q.'],
  ],
  [
    'no simulcast any more',
    [cut(159, 162)],
    [
      'simulcast 1 162> Drops simulcast (send): was 3 layers q, h and f.',
      '~ simulcast 1 159,160,161> Layer ids (rid): q send removed, h send removed and f send removed.',
    ],
  ],
  [
    'a limit on a layer',
    [put(159, 'a=rid:q send max-width=320;max-height=180')],
    ['simulcast 1 159>159 Layer ids (rid): q send limited to max-height=180;max-width=320 (was unlimited).'],
  ],
];

describe('Simulcast', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-simulcast', edits)).toEqual(expected);
  });
});
