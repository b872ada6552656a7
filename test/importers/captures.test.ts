/**
 * Captures of real clients with real signaling servers, and what a careful reader counts in them: every message once, however
 * often it was passed on. Candidates inside descriptions and what only the server relays are not counted.
 */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { readSession } from '../../src/importers/index.ts';

const COUNTED = ['offer', 'answer', 'candidate', 'end-of-candidates', 'bye'] as const;

interface Counts {
  readonly protocol: string;
  readonly offers: number;
  readonly answers: number;
  readonly candidates: number;
  readonly ends: number;
  readonly byes: number;
  /** Peer connections. */
  readonly pcs: number;
}

const row = (
  protocol: string,
  ...[offers, answers, candidates, ends, byes, pcs]: [number, number, number, number, number, number]
) => ({
  ...{ protocol, offers, answers, candidates, ends, byes, pcs },
});

//                                         offers answers candidates ends byes peer connections
const FRAMES: Readonly<Record<string, Counts>> = {
  ayame: row('unknown', 3, 3, 14, 0, 1, 1),
  'gst-simple-server-gstreamer': row('unknown', 2, 2, 40, 0, 0, 1),
  'janode-whip': row('janus', 7, 5, 15, 4, 2, 5),
  'janus-echotest': row('janus', 3, 3, 10, 2, 1, 1),
  'janus-videoroom': row('janus', 16, 16, 26, 8, 2, 6),
  'mdn-av': row('mdn', 2, 2, 8, 0, 1, 1),
  'mdn-firefox-call': row('mdn', 6, 6, 50, 5, 1, 1),
  'mdn-race': row('mdn', 2, 1, 6, 0, 0, 1),
  mdn: row('mdn', 7, 7, 16, 0, 2, 2),
  peerjs: row('peerjs', 6, 5, 31, 0, 0, 4),
  'rtcmulticonnection-socketio4': row('socket.io', 3, 3, 11, 0, 1, 1),
  'sip-kamailio-jssip': row('sip', 8, 6, 0, 0, 2, 3),
  webtorrent: row('webtorrent', 100, 3, 0, 0, 0, 100),
  'y-webrtc': row('y-webrtc', 10, 8, 23, 0, 0, 3),
};

function count(events: readonly SignalEvent[]): Counts {
  const messages = events.flatMap((event) => (event.kind === 'message' ? [event] : []));
  const signals = messages.flatMap((event) => event.signals);
  const [offers, answers, candidates, ends, byes] = COUNTED.map(
    (type) => signals.filter((signal) => signal.type === type).length,
  ) as [number, number, number, number, number];
  const pcs = new Set(signals.flatMap((signal) => ('sdp' in signal ? [signal.pc] : []))).size;
  return { protocol: messages[0]?.protocol ?? '', offers, answers, candidates, ends, byes, pcs };
}

const path = (name: string) => new URL(`../fixtures/${name}`, import.meta.url);

describe('captured frames', () => {
  const captures = brotliDecompressSync(readFileSync(path('healthy/servers.ndjson.br')))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; text: string });

  test('are those of the table', () => {
    expect(captures.map(({ name }) => name).sort()).toEqual(Object.keys(FRAMES).sort());
  });

  test.each(captures.map(({ name, text }) => [name, text] as const))('%s', (name, text) => {
    expect(count(readSession(text).events)).toEqual(FRAMES[name]);
  });
});

const DUMPS: Readonly<Record<string, Counts>> = {
  'dumps/devtools.har': row('unknown', 4, 3, 12, 4, 0, 1),
  'dumps/whip.har': row('whip', 2, 2, 10, 3, 2, 2),
  'dumps/webrtc-internals.json.gz': row('webrtc-internals', 6, 6, 7, 0, 0, 1),
  'dumps/about-webrtc.txt': row('about-webrtc', 3, 2, 0, 0, 0, 2),
};

test.each(Object.entries(DUMPS))('%s', (name, counts) => {
  const bytes = readFileSync(path(name));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  expect(count(readSession(text).events)).toEqual(counts);
});
