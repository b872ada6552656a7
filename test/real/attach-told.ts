/** What the page that calls everything once is told to have done, in words. */
import { expect } from 'vitest';
import type { Line } from './lines.ts';

/** In this order. */
const TOLD = [
  'page generateCertificate {"name":"ECDSA","namedCurve":"P-256"}',
  'pc1 create {"certificates":[{}],"iceServers":[{"urls":"turn:127.0.0.1:59999"}]}',
  'pc1 addTrack video stream …',
  'pc1 addTransceiver audio {"direction":"sendonly"}',
  'pc1 addTransceiver video {"direction":"recvonly"}',
  'pc1 direction = sendrecv #1',
  'pc1 setCodecPreferences video/VP8 #2',
  'pc1 setStreams stream … #0 video',
  'pc1 createDataChannel chat {"ordered":false}',
  'pc1 createOffer',
  'pc1 signaling have-local-offer',
  'pc1 local offer',
  'pc1 signaling stable',
  'pc1 remote answer',
  'pc1 currentDirection sendonly mid 0 (wanted: sendrecv)',
  'pc1 currentDirection inactive mid 2 (wanted: recvonly)',
  'pc1 replaceTrack null mid 0',
  'pc1 channel.close chat',
  'pc1 data closed',
  'pc1 transceiver.stop mid 2',
  'pc1 removeTrack sender of no track',
  'pc1 direction = stopped mid 1 TypeError',
  'pc1 createAnswer InvalidStateError',
  'pc1 restartIce',
  'pc1 close',
  'pc1 connection closed',
  'pc1 addTransceiver audio InvalidStateError',
];

/** Whenever it was. */
const SOMETIME = [
  'pc1 negotiationneeded',
  'pc1 data open',
  'pc1 gathering gathering',
  'pc1 dtls connected',
  'pc2 track video mid 0',
  'pc2 datachannel chat',
  'pc2 remote offer',
  'pc2 local answer',
  'pc2 currentDirection recvonly mid 1',
];

const shorter = (part: string) => (part.startsWith(' ') ? '' : '…');

/** A line in a few words, without what is different each time. */
function wordsOf({ from, to, pc, name, op, type, of, value, args, ok, error }: Line): string {
  const said = typeof args === 'string' ? args.replace(/\{?[0-9a-f-]{36}\}?| \(max-fs[^)]*\)/g, shorter) : '';
  const failed = ok === false ? (error as { name: string }).name : '';
  const where = typeof of === 'string' ? of : '';
  return [from === to ? from : pc, name, op, type, where, value, said, failed].filter((word) => word).join(' ');
}

/** All of it was told, in the order in which it came about; what the page made itself and what opens its TURN server was not. */
export function expectAllTold(lines: readonly Line[]): void {
  const told = lines.map(wordsOf);
  expect(told).toEqual(expect.arrayContaining([...TOLD, ...SOMETIME]));
  expect(JSON.stringify(lines)).not.toMatch(/by-hand|pass-word|user-name/);
  const order = TOLD.map((word) => told.indexOf(word));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
}
