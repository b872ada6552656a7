/** Which messages of one connection belong to one peer connection. */
import { expect, test } from 'vitest';
import { createRecogniser } from '../../../src/protocols/recogniser/decoder.ts';

const sdp = (type: 'offer' | 'answer', id: number, version = 2) => ({
  type,
  sdp: `v=0\r\no=- ${id}00000000 ${version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:uf${id}\r\na=setup:${type === 'offer' ? 'actpass' : 'active'}\r\na=mid:0\r\n`,
});
const candidate = (ufrag?: string) =>
  `candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host${ufrag === undefined ? '' : ` ufrag ${ufrag}`}`;
const init = (ufrag?: string) => JSON.stringify({ candidate: candidate(ufrag), sdpMid: '0' });

/** The peer connection of each message, in order. */
function pcs(...messages: readonly (readonly ['>' | '<', object])[]): string[] {
  const decoder = createRecogniser({ client: 'me', server: 'server' });
  return messages.flatMap(([direction, message]) =>
    decoder
      .decode({ data: JSON.stringify(message), encoding: 'text', direction: direction === '>' ? 'out' : 'in' })
      .signals.map((signal) => ('pc' in signal ? String(signal.pc) : '')),
  );
}

test('two peer connections on one socket, one offered by each end, told apart by origin, credentials and target (LiveKit)', () => {
  expect(
    pcs(
      ['>', { offer: sdp('offer', 101) }],
      ['<', { answer: sdp('answer', 202) }],
      ['<', { offer: sdp('offer', 303) }],
      ['>', { answer: sdp('answer', 404) }],
      ['>', { trickle: { candidateInit: init('uf101'), target: 'PUBLISHER' } }],
      ['>', { trickle: { candidateInit: init('uf404'), target: 'SUBSCRIBER' } }],
      ['<', { trickle: { candidateInit: init(), target: 'SUBSCRIBER' } }],
      ['<', { offer: sdp('offer', 303, 3) }],
      ['>', { answer: sdp('answer', 404, 3) }],
      ['>', { offer: sdp('offer', 101, 3) }],
    ),
  ).toEqual(
    ['+', '+', '+-2', '+-2', '+', '+-2', '+-2', '+-2', '+-2', '+'].map((pc) => `me${pc.replace('+', '+server')}`),
  );
});

test('handles of one session (Janus), whatever the answer calls them', () => {
  expect(
    pcs(
      ['>', { janus: 'message', session_id: 1, handle_id: 7, jsep: sdp('offer', 101) }],
      ['>', { janus: 'message', session_id: 1, handle_id: 8, jsep: sdp('offer', 303) }],
      ['<', { janus: 'event', session_id: 1, sender: 8, jsep: sdp('answer', 404) }],
      ['<', { janus: 'event', session_id: 1, sender: 7, jsep: sdp('answer', 202) }],
      ['<', { janus: 'hangup', session_id: 1, sender: 8 }],
    ),
  ).toEqual(['7', '8', '8', '7', '8']);
});

test('a mesh: who talks with whom', () => {
  expect(
    pcs(
      ['>', { to: 'b', description: sdp('offer', 101) }],
      ['>', { to: 'c', description: sdp('offer', 303) }],
      ['<', { from: 'c', description: sdp('answer', 404) }],
      ['<', { from: 'b', description: sdp('answer', 202) }],
      ['<', { from: 'b', candidate: { candidate: candidate('uf202'), sdpMid: '0' } }],
      ['<', { from: 'c', type: 'bye' }],
    ),
  ).toEqual(['b+me', 'c+me', 'c+me', 'b+me', 'b+me', 'c+me']);
});

test('candidates that come before the description are bound to it by their user fragment', () => {
  expect(
    pcs(
      ['<', { candidate: { candidate: candidate('uf101'), sdpMid: '0' } }],
      ['<', sdp('offer', 101)],
      ['>', sdp('answer', 202)],
    ),
  ).toEqual(['me+server', 'me+server', 'me+server']);
});
