import { describe, expect, it } from 'vitest';
import { add, changes, cut, type Edit, put, swap } from './edits.ts';

/** What it shows, the description, the edits, the changes told. */
const cases: readonly (readonly [string, string, readonly Edit[], readonly string[]])[] = [
  [
    'a new section',
    'chromium-156-offer-av-data',
    [
      add(
        171,
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        'c=IN IP4 0.0.0.0',
        'a=mid:3',
        'a=sendonly',
        'a=msid:s cam2',
        'a=rtpmap:96 VP8/90000',
      ),
      put(5, 'a=group:BUNDLE 0 1 2 3'),
    ],
    ["section-added 3 >172 Adds video section 'mid 3' (sendonly, track cam2)."],
  ],
  [
    'a stopped section',
    'chromium-156-offer-av-data',
    [put(39, 'm=video 0 UDP/TLS/RTP/SAVPF 96'), put(5, 'a=group:BUNDLE 0 2')],
    [
      "section-rejected 1 39>39 Stops video section 'mid 1' (port 0).",
      "~ bundle 1 5>5 Takes the stopped 'mid 1' out of the bundle.",
    ],
  ],
  [
    'a stopped section which was the tag takes the transport along',
    'chromium-156-offer-av-data',
    [
      put(8, 'm=audio 0 UDP/TLS/RTP/SAVPF 111'),
      put(5, 'a=group:BUNDLE 1 2'),
      swap('Nivh', 'Q1HA'),
      swap('lYAZKoIZkybV+EMg7kWPDt6X', 'newnewnewnewnewnewnewnew'),
    ],
    [
      "section-rejected 0 8>8 Stops audio section 'mid 0' (port 0).",
      "~ bundle 0 5>5 Takes the stopped 'mid 0' out of the bundle.",
      "~ transport-moved - 42,43,164,165>42,43,164,165 The shared transport moved from 'mid 0' to 'mid 1', with new ICE credentials (ufrag Nivh → Q1HA).",
      "~ ~ bundle - 5>5 The first section of the bundle, which names its transport, is now 'mid 1' (was 'mid 0').",
    ],
  ],
  [
    'a section dropped altogether',
    'chromium-156-offer-av-data',
    [cut(162, 171)],
    [
      "section-rejected 2 162> Drops data section 'mid 2' altogether: its m-line is gone.",
      'bundle - 5>5 Mids in the bundle that no section has: none → 2.',
    ],
  ],
  [
    'bundle-only with port 0 is live',
    'chromium-156-offer-av-data',
    [
      put(
        39,
        'm=video 0 UDP/TLS/RTP/SAVPF 96 97 102 103 104 107 108 109 114 115 116 117 39 40 45 46 98 99 100 101 118 119 120',
        'a=bundle-only',
      ),
    ],
    ["bundle 1 39>39 Offers 'mid 1' for the shared transport only (bundle-only)."],
  ],
  [
    'another mid in a live section',
    'chromium-156-offer-av-data',
    [put(169, 'a=mid:data'), put(5, 'a=group:BUNDLE 0 1 data')],
    ["order data 169>169 Renames the data section in m-line 2: mid '2' → 'data'."],
  ],
  [
    'a section without its mid',
    'chromium-156-offer-av-data',
    [put(169)],
    [
      "order - 169>162 Takes the mid '2' from m-line 2 (data).",
      'bundle - 5>5 Mids in the bundle that no section has: none → 2.',
      'bundle - 5>5 Takes section 2 out of the bundle: it needs a transport of its own.',
    ],
  ],
  [
    'another media type in a slot is recycling',
    'chromium-156-offer-av-data',
    [put(162, 'm=audio 9 UDP/TLS/RTP/SAVPF 0'), put(169, 'a=mid:9')],
    [
      "section-recycled 9 162>162 Reuses m-line 2: data 'mid 2' → audio 'mid 9' (sendrecv).",
      'bundle - 5>5 Mids in the bundle that no section has: none → 2.',
    ],
  ],
  [
    'what is in a stopped section does not count',
    'chromium-156-reoffer-stopped-section',
    [swap(/^a=rtcp-xr:.*$/, 'a=rtcp-xr:rcvr-rtt=all')],
    [],
  ],
];

describe('m-sections', () => {
  it.each(cases)('%s', (_name, base, edits, expected) => {
    expect(changes(base, edits)).toEqual(expected);
  });
});
