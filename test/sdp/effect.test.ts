import { describe, expect, it } from 'vitest';
import { agree } from '../../src/sdp/agreement.ts';
import { effectOf } from '../../src/sdp/effect.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { rounds } from './diff/scenarios.ts';
import { fixture } from './fixtures.ts';

describe('what a round changed for the call', () => {
  it.each<[string, string[]]>([
    [
      's02',
      [
        'audio, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Data 'mid 1' can be sent both ways.",
        'then',
        "  2 Video 'mid 2' flows from a to b only with VP8.",
        'then',
        '  2 b starts sending video; a keeps sending.',
        'then',
        "  3 Video 'mid 3' flows from a to b only with VP8.",
      ],
    ],
    [
      's04b',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Video 'mid 1' flows both ways with VP8.",
        "  2 Data 'mid 2' can be sent both ways.",
        'then',
        '  - The call is on hold: no media flows.',
        'then',
        '  0 b and a start sending audio.',
        '  1 b and a start sending video.',
      ],
    ],
    [
      's05b',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Video 'mid 1' flows both ways with VP8.",
        "  2 Data 'mid 2' can be sent both ways.",
        'then',
        "  0 Audio 'mid 0' ended.",
        '  - The shared transport is that of mid 1 now.',
        'then',
        "  3 Video 'mid 3' flows from a to b only with VP8.",
        '  - The shared transport is that of mid 3 now.',
        'then',
        "  1 Video 'mid 1' ended.",
        'then',
        "  4 Audio 'mid 4' flows from a to b only with opus.",
        "  5 Audio 'mid 5' flows from a to b only with opus.",
      ],
    ],
    [
      's07',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Video 'mid 1' flows both ways with VP8.",
        "  2 Data 'mid 2' can be sent both ways.",
        'then',
        '  - ICE restarted: both sides have new credentials.',
        'then',
        'then',
        '  - ICE restarted: both sides have new credentials.',
      ],
    ],
    [
      's08',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Video 'mid 1' flows both ways with VP8.",
        "  2 Data 'mid 2' can be sent both ways.",
        'then',
        '  1 Video uses AV1 now instead of VP8.',
        'then',
        'then',
        '  1 Video uses VP8 now instead of AV1.',
      ],
    ],
    [
      's09b',
      [
        'audio, video',
        "  0 Audio 'mid 0' flows from a to b only with opus.",
        "  1 Video 'mid 1' flows from a to b only with VP8.",
        'then',
        'then',
        'then',
        '  1 Simulcast layers from a: q, h, f → q, h.',
        'then',
        '  1 Simulcast layers from a: q, h → q, h, f.',
      ],
    ],
    [
      's11d',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Video 'mid 1' flows both ways with VP8.",
        "  2 Data 'mid 2' can be sent both ways.",
        'then',
        '  - The call uses 1 transport now (was 3).',
      ],
    ],
    [
      's13b',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows from a to b only with opus.",
        "  2 Data 'mid 2' can be sent both ways.",
      ],
    ],
    [
      's16d',
      [
        'audio, video, data',
        "  0 Audio 'mid 0' flows both ways with opus.",
        "  1 Video 'mid 1' flows both ways with VP8.",
        "  2 Data 'mid 2' can be sent both ways.",
        'then',
        '  - a is the DTLS client now (was b).',
      ],
    ],
  ])('%s', (scenario, expected) => {
    expect(rounds(scenario)).toEqual(expected);
  });

  it('is nothing when the same is agreed again', () => {
    const offer = parseSdp(fixture('chromium-156-offer-av-data'));
    const answer = parseSdp(fixture('chromium-156-answer-av-data'));
    expect(effectOf(agree(offer, answer), agree(offer, answer))).toEqual([]);
  });
});
