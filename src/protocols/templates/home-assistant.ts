import type { TemplateSource } from '../template/source.ts';
import { ICE, SDP } from './example.ts';

const event = (body: unknown) => ({ type: 'event', event: body });

/** `--room` is the camera's entity. Candidates wait for the session's id. */
export const homeAssistant: TemplateSource = {
  name: 'home-assistant',
  title: 'Home Assistant camera (WebSocket API)',
  carrier: 'json',
  connect: { path: '/api/websocket' },
  peer: 'camera',
  role: 'us',
  renegotiation: 'Home Assistant takes one offer for a session',
  restart: 'reconnect',
  params: { token: 'long-lived access token' },
  join: [
    { expect: { type: 'auth_required' } },
    { send: { type: 'auth', access_token: '{{token}}' } },
    { expect: { type: 'auth_ok' } },
  ],
  errors: [
    { type: 'auth_invalid', message: '{{why}}' },
    { type: 'result', success: false, error: { message: '{{why}}' } },
    event({ type: 'error', message: '{{why}}' }),
  ],
  keep: [event({ type: 'session', session_id: '{{session}}' })],
  messages: {
    offer: {
      send: { id: '{{seq}}', type: 'camera/webrtc/offer', entity_id: '{{room}}', offer: '{{sdp}}' },
      recv: null,
    },
    answer: { send: null, recv: event({ type: 'answer', answer: '{{sdp}}' }) },
    candidate: {
      send: {
        id: '{{seq}}',
        type: 'camera/webrtc/candidate',
        entity_id: '{{room}}',
        session_id: '{{session}}',
        candidate: '{{ice}}',
      },
      recv: event({ type: 'candidate', candidate: '{{ice}}' }),
    },
  },
  examples: [
    { in: { type: 'auth_required', ha_version: '2026.11' }, signals: [{ type: 'notify', method: 'auth_required' }] },
    {
      out: { id: 1, type: 'camera/webrtc/offer', entity_id: 'camera.door', offer: SDP },
      signals: [{ type: 'offer', pc: 'camera+client' }],
    },
    { in: { id: 1, ...event({ type: 'session', session_id: 's1' }) }, signals: [{ type: 'notify' }] },
    { in: { id: 1, ...event({ type: 'answer', answer: SDP }) }, signals: [{ type: 'answer', pc: 'camera+client' }] },
    { in: { id: 1, ...event({ type: 'candidate', candidate: ICE }) }, signals: [{ type: 'candidate', mid: '0' }] },
    {
      out: { id: 2, type: 'camera/webrtc/candidate', entity_id: 'camera.door', session_id: 's1', candidate: ICE },
      signals: [{ type: 'candidate', mid: '0' }],
    },
  ],
};
