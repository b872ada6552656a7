/** One connection, in order: a session with the EchoTest plugin and a subscription in a VideoRoom. */
import type { Frame, ProtocolExample } from '../protocol.ts';

const frame = (direction: Frame['direction'], message: object): Frame => ({
  data: JSON.stringify(message),
  encoding: 'text',
  direction,
});

const offer = { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n' };
const answer = { type: 'answer', sdp: 'v=0\r\n' };
const candidate = { candidate: 'candidate:1 1 udp 2122194687 192.0.2.1 57655 typ host', sdpMid: '0', sdpMLineIndex: 0 };
const echo = { session_id: 7, handle_id: 11 };
const feed = { session_id: 7, handle_id: 12 };

export const examples: readonly ProtocolExample[] = [
  {
    frame: frame('out', { janus: 'create', transaction: 'a' }),
    signals: [{ type: 'request', method: 'create', id: 'a' }],
  },
  {
    frame: frame('in', { janus: 'success', transaction: 'a', data: { id: 7 } }),
    signals: [{ type: 'response', method: 'create', ok: true, id: 'a' }],
  },
  {
    frame: frame('out', { janus: 'attach', plugin: 'janus.plugin.echotest', transaction: 'b', session_id: 7 }),
    signals: [{ type: 'request', method: 'attach' }],
  },
  {
    frame: frame('in', { janus: 'success', session_id: 7, transaction: 'b', data: { id: 11 } }),
    signals: [{ type: 'response', method: 'attach', ok: true }],
  },
  {
    frame: frame('out', { janus: 'message', ...echo, transaction: 'c', body: { audio: true }, jsep: offer }),
    signals: [{ type: 'offer', pc: 'client+echotest', sdp: offer.sdp }],
  },
  {
    frame: frame('in', {
      janus: 'event',
      session_id: 7,
      sender: 11,
      transaction: 'c',
      plugindata: { plugin: 'janus.plugin.echotest', data: { echotest: 'event', result: 'ok' } },
      jsep: answer,
    }),
    signals: [{ type: 'answer', pc: 'client+echotest', sdp: answer.sdp }],
  },
  {
    // It may come after what it acknowledges.
    frame: frame('in', { janus: 'ack', session_id: 7, transaction: 'c' }),
    signals: [{ type: 'response', method: 'message', ok: true, id: 'c' }],
  },
  {
    frame: frame('out', { janus: 'trickle', ...echo, transaction: 'd', candidate }),
    signals: [{ type: 'candidate', pc: 'client+echotest', mid: '0', mLine: 0 }],
  },
  {
    frame: frame('out', { janus: 'trickle', ...echo, transaction: 'e', candidate: { completed: true } }),
    signals: [{ type: 'end-of-candidates', pc: 'client+echotest' }],
  },
  {
    frame: frame('in', { janus: 'media', session_id: 7, sender: 11, mid: '0', type: 'audio', receiving: true }),
    signals: [{ type: 'notify', method: 'media audio mid 0 arrives at Janus', pc: 'client+echotest' }],
  },
  {
    frame: frame('out', { janus: 'attach', plugin: 'janus.plugin.videoroom', transaction: 'f', session_id: 7 }),
    signals: [{ type: 'request', method: 'attach' }],
  },
  {
    frame: frame('in', { janus: 'success', session_id: 7, transaction: 'f', data: { id: 12 } }),
    signals: [{ type: 'response', method: 'attach', ok: true }],
  },
  {
    frame: frame('in', {
      janus: 'event',
      session_id: 7,
      sender: 12,
      plugindata: {
        plugin: 'janus.plugin.videoroom',
        data: { videoroom: 'attached', room: 1234, streams: [{ mid: '0', feed_id: 5, feed_display: 'alice' }] },
      },
      jsep: offer,
    }),
    signals: [
      { type: 'offer', pc: 'alice+client', sdp: offer.sdp },
      { type: 'notify', method: 'attached', pc: 'alice+client' },
    ],
  },
  {
    frame: frame('out', { janus: 'message', ...feed, transaction: 'g', body: { request: 'start' }, jsep: answer }),
    signals: [
      { type: 'answer', pc: 'alice+client', sdp: answer.sdp },
      { type: 'request', method: 'start' },
    ],
  },
  {
    frame: frame('in', { janus: 'hangup', session_id: 7, sender: 11, reason: 'DTLS alert' }),
    signals: [
      { type: 'notify', method: 'hangup: DTLS alert' },
      { type: 'bye', pc: 'client+echotest' },
    ],
  },
  {
    frame: frame('in', {
      janus: 'error',
      session_id: 7,
      transaction: 'x',
      error: { code: 458, reason: 'No such session 8' },
    }),
    signals: [{ type: 'response', method: 'error: 458 No such session 8', ok: false }],
  },
  {
    frame: frame('out', { janus: 'destroy', transaction: 'h', session_id: 7 }),
    signals: [
      { type: 'request', method: 'destroy', id: 'h' },
      { type: 'bye', pc: 'alice+client' },
    ],
  },
];
