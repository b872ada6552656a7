import { expect, it } from 'vitest';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readSession } from '../../src/importers/index.ts';
import { dumpFixture } from './dumps.ts';

it('the page of a call between two tabs is that call, and a lone offer', () => {
  const { format, events, header } = readSession(dumpFixture('about-webrtc.txt').toString());
  expect([format, header.startedAt]).toEqual(['about-webrtc', '2026-11-21T07:49:04.668Z']);
  const { sessions } = events.reduce(reduce, emptyModel());
  expect(
    [...sessions].map(([pc, { rounds }]) => [pc, ...rounds.map(({ cause, state }) => `${cause} ${state}`)]),
  ).toEqual([
    ['pc1+pc2', 'first complete', 'renegotiation complete'],
    ['pc3+remote', 'first open'],
  ]);
  expect(events.map(({ t }) => t)).toEqual([0, 15, 3052, 3066, 6641]);
});

it('a description ends where the SDP ends', () => {
  const text =
    'PeerConnection ID:{x}\nLocal SDP\nTimestamp 7 (+ 0 ms)\nv=0\no=- 1 1 IN IP4 0.0.0.0\n\nRemote SDP\nEstimated Bandwidth\n';
  const [event] = readSession(text).events;
  expect(event).toMatchObject({ signals: [{ type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n' }] });
});
