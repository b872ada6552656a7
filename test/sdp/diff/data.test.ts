import { describe, expect, it } from 'vitest';
import { changes, type Edit, put, swap } from './edits.ts';

/** What it shows, the description, the edits, the changes told. */
const cases: readonly (readonly [string, string, readonly Edit[], readonly string[]])[] = [
  [
    'another SCTP port',
    'chromium-156-offer-av-data',
    [put(170, 'a=sctp-port:6000')],
    ['data 2 170>170 SCTP port: 5000 → 6000.'],
  ],
  [
    'smaller messages',
    'chromium-156-offer-av-data',
    [put(171, 'a=max-message-size:1073741823')],
    ['data 2 171>171 Largest data message: 256 KiB → 1 GiB.'],
  ],
  [
    'no size stated',
    'chromium-156-offer-av-data',
    [put(171)],
    ['data 2 171> Largest data message: 256 KiB → not stated.'],
  ],
  [
    'another number of streams in the old form',
    'aiortc-1.4-offer-av-data',
    [swap(/^(a=sctpmap:\d+ webrtc-datachannel) .*$/, '$1 16')],
    ['data 2 66>66 Data channel map (sctpmap): webrtc-datachannel 65535 → webrtc-datachannel 16.'],
  ],
];

describe('Data channels', () => {
  it.each(cases)('%s', (_name, base, edits, expected) => {
    expect(changes(base, edits)).toEqual(expected);
  });
});
