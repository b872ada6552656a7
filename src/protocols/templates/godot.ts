import type { TemplateSource } from '../template/source.ts';
import { CANDIDATE, SDP } from './example.ts';

/** Text: a letter, an id, and lines. The server numbers the players, and each offers to those with higher numbers. */
export const godot: TemplateSource = {
  name: 'godot',
  title: 'Godot 3 webrtc_signaling demo (text)',
  carrier: 'text',
  role: 'lowest',
  join: [{ expect: 'I: {{self}}\n' }, { send: 'J: {{lobby}}\n' }, { expect: 'J: {{joinedLobby}}\n' }],
  params: { lobby: 'the lobby to join; empty for a new one' },
  values: { lobby: '' },
  messages: {
    offer: 'O: {{peer}}\n{{sdp}}',
    answer: 'A: {{peer}}\n{{sdp}}',
    candidate: 'C: {{peer}}\n\n{{mid}}\n{{index}}\n{{candidate}}',
    joined: { send: null, recv: 'N: {{peer}}\n' },
    left: { send: null, recv: 'D: {{peer}}\n' },
  },
  examples: [
    { in: 'I: 7\n', signals: [{ type: 'notify', method: 'I:' }] },
    { in: 'N: 9\n', signals: [{ type: 'presence', who: '9', change: 'join' }] },
    { out: `O: 9\n${SDP}`, signals: [{ type: 'offer', pc: '9+client', sdp: SDP }] },
    { in: `A: 9\n${SDP}`, signals: [{ type: 'answer', pc: '9+client', sdp: SDP }] },
    { in: `C: 9\n\n0\n0\n${CANDIDATE}`, signals: [{ type: 'candidate', mid: '0', mLine: 0, candidate: CANDIDATE }] },
  ],
};
