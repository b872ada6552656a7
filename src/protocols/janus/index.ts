/** Janus over WebSocket (`janus-protocol`): sessions, handles, and the plugins EchoTest, VideoCall and VideoRoom. */
import type { Protocol } from '../protocol.ts';
import { createJanusClient } from './client.ts';
import { createJanusDecoder } from './decoder.ts';
import { examples } from './examples.ts';
import { CAPABILITIES } from './plugin.ts';
import { readJanus } from './wire.ts';

export const janus: Protocol = {
  name: 'janus',
  title: 'Janus over WebSocket: EchoTest, VideoCall, VideoRoom',
  tested: 'Janus 1.1.2 of Debian: EchoTest, VideoCall, VideoRoom',
  subprotocols: ['janus-protocol'],
  params: {
    plugin: 'echotest (default), videocall or videoroom',
    display: 'name shown in a VideoRoom (default: --as)',
    feed: "what to subscribe to in a VideoRoom: a feed's id, or all",
    pin: 'PIN of a VideoRoom',
    secret: 'API secret of the server',
    token: 'token, where the server wants one',
  },
  rooms: true,
  capabilities: CAPABILITIES,
  detect({ url, subprotocol, frame }) {
    if (subprotocol === 'janus-protocol') return 0.95;
    if (frame) return 'fault' in readJanus(frame) ? 0 : 0.95;
    return url !== undefined && /:(?:8188|8989)(?:\/|$)/.test(url) ? 0.5 : 0;
  },
  decoder: ({ client }) => createJanusDecoder({ client }),
  client: createJanusClient,
  examples,
};
