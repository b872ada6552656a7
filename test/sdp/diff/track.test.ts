import { describe, expect, it } from 'vitest';
import { add, changes, cut, type Edit, put, swap } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'another track in the stream',
    [swap('81538624-ebed-441a-aa79-d2de157ff109', 'cam2')],
    [
      'track 1 60>60 Relabels the video track: 81538624… → cam2.',
      '~ track 1 158,160>158,160 SSRC attribute msid: 13bf9e01… 81538624… → 13bf9e01… cam2.',
    ],
  ],
  [
    'another stream',
    [put(60, 'a=msid:- 81538624-ebed-441a-aa79-d2de157ff109')],
    ['track 1 60>60 Moves the video track to no stream (was stream 13bf9e01…).'],
  ],
  ['the label gone', [put(22)], ['track 0 22> Removes the audio track label e6c99eba….']],
  [
    'a second stream',
    [add(22, 'a=msid:second e6c99eba-6503-48e1-a1ec-e65d6244bafc')],
    ['track 0 >23 Labels the audio track e6c99eba… (stream second).'],
  ],
  [
    'another SSRC in the same role',
    [swap('3958139847', '111')],
    ['track 1 158,159>158,159 SSRC: 3958139847 → 111 (new encoder).'],
  ],
  [
    'another rtx SSRC',
    [swap('2980803928', '222')],
    ['track 1 160,161>160,161 SSRC: rtx 2980803928 → 222 (new encoder).'],
  ],
  [
    'all SSRCs gone',
    [cut(157, 161)],
    [
      'track 1 158,159,160,161> SSRCs: 2980803928 (rtx) and 3958139847 removed.',
      '~ track 1 157> SSRC groups: FID 3958139847 2980803928 removed.',
    ],
  ],
  [
    'another cname',
    [swap('NaMSfn5J+lBq86hG', 'other')],
    [
      'track 0 37>37 Synchronisation name (cname): NaMSfn5J+lBq86hG → other.',
      'track 1 158,160>158,160 Synchronisation name (cname): NaMSfn5J+lBq86hG → other.',
    ],
  ],
  ['the FID group gone', [put(157)], ['track 1 157> SSRC groups: FID 3958139847 2980803928 removed.']],
];

describe('Tracks and SSRCs', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
