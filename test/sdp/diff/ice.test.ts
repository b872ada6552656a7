import { describe, expect, it } from 'vitest';
import { add, changes, type Edit, GONE, put, swap } from './edits.ts';

/** What it shows, the edits, the changes told. */
const cases: readonly (readonly [string, readonly Edit[], readonly string[]])[] = [
  [
    'a restart changes both credentials everywhere',
    [swap('Nivh', 'Q1HA'), swap('lYAZKoIZkybV+EMg7kWPDt6X', 'newnewnewnewnewnewnewnew')],
    ['ice-restart - 11,12,42,43,164,165>11,12,42,43,164,165 Restarts ICE: ufrag Nivh → Q1HA, new password.'],
  ],
  [
    'a restart folds the candidates that come with it',
    [
      swap('Nivh', 'Q1HA'),
      swap('lYAZKoIZkybV+EMg7kWPDt6X', 'newnewnewnewnewnewnewnew'),
      add(10, 'a=candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host'),
    ],
    [
      'ice-restart - 11,12,42,43,164,165>12,13,43,44,165,166 Restarts ICE: ufrag Nivh → Q1HA, new password.',
      '~ candidates 0 >11 Candidates: +1 host.',
    ],
  ],
  [
    'a new ufrag alone is no restart',
    [swap('Nivh', 'Q1HA')],
    [
      'ice-restart - 11,12,42,43,164,165>11,12,42,43,164,165 Changes the ICE ufrag Nivh → Q1HA but keeps the password: an ICE restart must change both.',
    ],
  ],
  [
    'a new password alone is no restart',
    [swap('lYAZKoIZkybV+EMg7kWPDt6X', 'newnewnewnewnewnewnewnew')],
    [
      'ice-restart - 11,12,42,43,164,165>11,12,42,43,164,165 Changes the ICE password but keeps ufrag Nivh: an ICE restart must change both.',
    ],
  ],
  [
    'other credentials in one bundled section',
    [put(164, 'a=ice-ufrag:Q1HA'), put(165, 'a=ice-pwd:newnewnewnewnewnewnewnew')],
    ["bundle 2 164,165>164,165 ICE credentials in 'mid 2' are no longer those of the bundle."],
  ],
  [
    'a new certificate with them is a new PeerConnection',
    [
      swap('Nivh', 'Q1HA'),
      swap('lYAZKoIZkybV+EMg7kWPDt6X', 'newnewnewnewnewnewnewnew'),
      swap('A4:36:48', 'B5:47:59'),
      put(2, 'o=- 77 2 IN IP4 127.0.0.1'),
    ],
    [
      'new-pc - 11,12,42,43,164,165>11,12,42,43,164,165 Re-created the PeerConnection: new certificate and ICE credentials (ufrag Nivh → Q1HA).',
      '~ dtls - 14,45,167>14,45,167 Presents another DTLS certificate: sha-256 A4:36:48:9C… → sha-256 B5:47:59:9C….',
      '~ format - 2>2 Session id in o=: 5866984642267230026 → 77.',
    ],
  ],
  [
    'credentials that moved with the bundle tag',
    [
      put(5, 'a=group:BUNDLE 1 0 2'),
      swap('Nivh', 'Q1HA'),
      swap('lYAZKoIZkybV+EMg7kWPDt6X', 'newnewnewnewnewnewnewnew'),
    ],
    [
      "transport-moved - 11,12,42,43,164,165>11,12,42,43,164,165 The shared transport moved from 'mid 0' to 'mid 1', with new ICE credentials (ufrag Nivh → Q1HA).",
      "~ bundle - 5>5 The first section of the bundle, which names its transport, is now 'mid 1' (was 'mid 0').",
    ],
  ],
  [
    'no credentials any more',
    [swap(/^a=ice-(ufrag|pwd):.*$/, GONE)],
    ['ice-restart - 11,12,42,43,164,165> Drops the ICE credentials: ufrag Nivh is gone.'],
  ],
  [
    'ice-options as a set',
    [swap('a=ice-options:trickle', 'a=ice-options:trickle renomination')],
    ['candidates - 13,44,166>13,44,166 ICE options: trickle → renomination trickle.'],
  ],
  ['a lite agent', [add(6, 'a=ice-lite')], ['candidates - >7 Acts as an ICE lite agent now.']],
];

describe('ICE', () => {
  it.each(cases)('%s', (_name, edits, expected) => {
    expect(changes('chromium-156-offer-av-data', edits)).toEqual(expected);
  });
});
