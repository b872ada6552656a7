import { describe, expect, it } from 'vitest';
import { reoffers } from './scenarios.ts';

describe('re-offers of real calls, consequences under their cause', () => {
  it.each<[string, string[]]>([
    ['s01d-reoffer-nochange__chromium', ['a: ', 'b: ']],
    [
      's02',
      [
        'a: +video mid 2',
        "  section-added 2 Adds video section 'mid 2' (sendrecv, track b34c1ab0…).",
        'b: track mid 2',
        '  track 2 Labels the video track bdc9ae59… (stream e4a7f420…).',
        '  ~ track 2 SSRCs: 525992242 and 1681618160 (rtx) added.',
        '  ~ track 2 SSRC groups: FID 525992242 1681618160 added.',
        'a: +video mid 3',
        "  section-added 3 Adds video section 'mid 3' (sendrecv, track 4f238473…).",
      ],
    ],
    [
      's03-remove-track__chromium-chromium',
      [
        'a: mid 1 recvonly',
        '  direction 1 Stops sending video (sendrecv → recvonly).',
        '  ~ codec-set 1 Adds VP9 ×2, H264 ×2 and AV1 (+rtx, +flexfec-03).',
        'b: mid 0 recvonly',
        '  direction 0 Stops sending audio (sendrecv → recvonly).',
        'a: +video mid 3',
        "  section-added 3 Adds video section 'mid 3' (sendrecv, track 09a557d7…).",
      ],
    ],
    [
      's04b',
      [
        'a: hold',
        '  direction - Puts the call on hold (sendrecv → inactive).',
        '  ~ direction 0 Stops sending and receiving audio (sendrecv → inactive).',
        '  ~ direction 1 Stops sending and receiving video (sendrecv → inactive).',
        'b: ',
      ],
    ],
    [
      's05-',
      [
        'a: -video mid 1',
        "  section-rejected 1 Stops video section 'mid 1' (port 0).",
        "  ~ bundle 1 Takes the stopped 'mid 1' out of the bundle.",
        'a: reuse video mid 3',
        "  section-recycled 3 Reuses m-line 1: video 'mid 1' → video 'mid 3' (sendrecv, track 0def97c6…).",
      ],
    ],
    [
      's05b',
      [
        'a: -audio mid 0',
        "  section-rejected 0 Stops audio section 'mid 0' (port 0).",
        "  ~ bundle 0 Takes the stopped 'mid 0' out of the bundle.",
        "  ~ bundle - The first section of the bundle, which names its transport, is now 'mid 1' (was 'mid 0').",
        'a: reuse video mid 3',
        "  section-recycled 3 Reuses m-line 0: audio 'mid 0' → video 'mid 3' (sendrecv, track 154c0d50…).",
        "  ~ transport-moved - The shared transport moved from 'mid 1' to 'mid 3', with new ICE credentials (ufrag MnFG → Dn2K).",
        "  ~ ~ bundle - The first section of the bundle, which names its transport, is now 'mid 3' (was 'mid 1').",
        '  ~ ~ candidates 1 Candidates: +1 host.',
        'b: -video mid 1',
        "  section-rejected 1 Stops video section 'mid 1' (port 0).",
        "  ~ bundle 1 Takes the stopped 'mid 1' out of the bundle.",
        'a: reuse audio mid 4 · +audio mid 5',
        "  section-recycled 4 Reuses m-line 1: video 'mid 1' → audio 'mid 4' (sendrecv, track a5ee4908…).",
        "  section-added 5 Adds audio section 'mid 5' (sendrecv, track d77d4675…).",
      ],
    ],
    [
      's07',
      [
        'a: ICE restart',
        '  ice-restart - Restarts ICE: ufrag ID1g → Q1HA, new password.',
        'a: ',
        'b: ICE restart',
        '  ice-restart - Restarts ICE: ufrag MVAW → R+9o, new password.',
        '  ~ candidates 0 Candidates: −2 host.',
      ],
    ],
    [
      's08',
      [
        'a: codec order mid 1',
        '  codec-order 1 Codec order: now prefers AV1 over VP8.',
        'a: codecs mid 1',
        '  codec-set 1 Drops 9 codecs: VP8, VP9 ×2 and H264 ×6 (+rtx, +red, +ulpfec).',
        'a: codecs mid 1 · codec order mid 1',
        '  codec-set 1 Adds 9 codecs: VP8, VP9 ×2 and H264 ×6 (+rtx, +red, +ulpfec).',
        '  codec-order 1 Codec order: now prefers VP8 over AV1.',
      ],
    ],
    [
      's09b',
      [
        'a: simulcast mid 1',
        '  simulcast 1 Pauses layer f (simulcast send).',
        'a: simulcast mid 1',
        '  simulcast 1 Resumes layer f (simulcast send).',
        'a: simulcast mid 1',
        '  simulcast 1 Pauses layer f (simulcast send).',
        'a: ',
      ],
    ],
    ['s11d', ['a: bundle', '  bundle - Bundles mids 0, 1 and 2 on one transport.']],
    [
      's16c',
      [
        'b: new PeerConnection',
        '  new-pc - Re-created the PeerConnection: new certificate and ICE credentials (ufrag y2B7 → 2wA0).',
        '  ~ dtls - Presents another DTLS certificate: sha-256 93:E8:27:39… → sha-256 A3:BB:E6:62….',
        '  ~ track 0 Relabels the audio track: 21decf23… → bcbc30f8….',
        '  ~ track 0 SSRC: 348928214 → 1274795228 (new encoder).',
        '  ~ track 0 Synchronisation name (cname): qBwqEYHTPCeXifFH → HCmP+wsC0FiFRbBM.',
        '  ~ track 1 Relabels the video track: 39c65fc8… → f287bb74….',
        '  ~ track 1 SSRCs: 2016332373 → 326499172 and rtx 3007096791 → 3369072821 (new encoder).',
        '  ~ track 1 Synchronisation name (cname): qBwqEYHTPCeXifFH → HCmP+wsC0FiFRbBM.',
        '  ~ format - Session id in o=: 4857260229939232910 → 3972842009568268498.',
      ],
    ],
    [
      's19',
      [
        'a: header extensions',
        '  header-ext 1 Drops header extensions toffset, abs-send-time, playout-delay and color-space.',
        'a: header extensions',
        '  header-ext 1 Drops header extensions video-orientation, video-content-type and video-timing; adds header extensions abs-capture-time (id 12) and dependency-descriptor (id 9).',
      ],
    ],
    [
      's01d-reoffer-nochange__aiortc',
      [
        'a: bundle',
        "  bundle - ICE credentials in 'mid 1' and 'mid 2' are now those of the bundle.",
        '  ~ candidates - Candidates: +2 host, −2 host.',
        '  format - Session id in o=: 4004239984 → 4004239985.',
        'b: ',
      ],
    ],
  ])('%s', (scenario, expected) => {
    expect(reoffers(scenario)).toEqual(expected);
  });
});
