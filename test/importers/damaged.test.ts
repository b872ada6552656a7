import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RenegoError } from '../../src/core/errors.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { IMPORTERS, readSession } from '../../src/importers/index.ts';
import { dumpFixture, INTERNALS, oldInternals, oldRtcstats } from './dumps.ts';

/** Reads what can be read; anything but a refusal meant for the user fails. */
function survives(text: string): void {
  try {
    readSession(text).events.reduce(reduce, emptyModel());
  } catch (error) {
    if (!(error instanceof RenegoError)) throw error;
    expect(error.kind).toBe('input');
  }
}

const WHOLE: readonly (readonly [string, string])[] = [
  ['webrtc-internals', INTERNALS],
  ['old webrtc-internals', oldInternals((t) => new Date(t).toISOString())],
  ['rtcstats', oldRtcstats()],
  ['HAR with WebSockets', dumpFixture('devtools.har').toString()],
  ['HAR with WHIP', dumpFixture('whip.har').toString()],
  ['about:webrtc', dumpFixture('about-webrtc.txt').toString()],
];

describe('damaged copies of real dumps are read or refused', () => {
  it.each(WHOLE)('%s', (_, text) => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(place, fc.string({ maxLength: 4 }), fc.nat({ max: 3000 }), fc.boolean(), (where, put, left, cut) => {
        const at = Math.floor(where * text.length);
        survives(text.slice(0, at) + put + (cut ? '' : text.slice(at + left)));
      }),
      { numRuns: 25 },
    );
  });
});

/** Values of any kind where the formats have theirs, under names that objects have by themselves too. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('v=0', 'type: offer, sdp: ', '{"type":"offer"}', '[[[]]]', null, 1e308, -1, '__proto__'),
);
const word = fc.constantFrom(
  ...['setLocalDescription', 'setRemoteDescriptionOnSuccess', 'setLocalDescriptionOnSuccess', 'addIceCandidate'],
  ...['addIceCandidateFailed', 'onicecandidate', 'signalingstatechange', 'close', 'constructor', '__proto__', 'create'],
);
const update = fc.record({ type: word, value, timestamp: value });
const header = fc.record({ name: fc.constantFrom('Content-Type', 'Location', '__proto__'), value });
const body = fc.record({ text: value, mimeType: value, encoding: fc.constantFrom('base64', '') });
const entry = fc.record({
  startedDateTime: fc.oneof(value, fc.constant('2026-11-21T07:47:26Z')),
  time: value,
  request: fc.record({
    method: fc.constantFrom('POST', 'PATCH', 'DELETE', 'constructor'),
    url: fc.constantFrom('/whip', 'http://a/whip', ':'),
    headers: fc.array(header),
    postData: body,
  }),
  response: fc.record({ status: value, headers: fc.array(header), content: body }),
  _webSocketMessages: fc.oneof(
    fc.constant(undefined),
    fc.array(
      fc.record({
        type: fc.constantFrom('send', 'constructor'),
        time: value,
        opcode: fc.constantFrom(1, 2, 8),
        data: value,
      }),
    ),
  ),
});

describe('whatever stands in them', () => {
  it('webrtc-internals', () => {
    const log = fc.array(update, { maxLength: 12 });
    fc.assert(
      fc.property(log, log, (a, b) =>
        survives(JSON.stringify({ PeerConnections: { a: { updateLog: a }, b: { updateLog: b } } })),
      ),
    );
  });

  it('rtcstats', () => {
    const line = fc.tuple(
      fc.oneof(word, fc.nat({ max: 40 })),
      fc.constantFrom('PC_0', 'PC_1', null),
      value,
      value,
      value,
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) =>
        survives(`RTCStatsDump\n{"fileFormat":3}\n${lines.map((one) => JSON.stringify(one)).join('\n')}`),
      ),
    );
  });

  it('HAR', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (entries) => survives(JSON.stringify({ log: { entries } }))),
    );
  });

  it('nested without end', () => {
    const deep = '['.repeat(100_000);
    const closed = deep + ']'.repeat(100_000);
    for (const { example } of IMPORTERS) survives(example + deep);
    survives(`{"PeerConnections":{"a":{"updateLog":[{"type":"addTrack","value":${closed}}]}}}`);
    survives(`["addTrack","PC_0",${closed},1]\n["create","PC_0",${closed},1]`);
    survives(`{"log":{"entries":[{"request":${closed}},${deep}`);
  });
});
