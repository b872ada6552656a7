/** LiveKit: rooms with two peer connections on one WebSocket, in protobuf or its JSON. */

import { isObject, parseJson } from '../json.ts';
import type { Protocol } from '../protocol.ts';
import { CAPABILITIES, createLivekitClient } from './client.ts';
import { createLivekitDecoder } from './decoder.ts';
import { examples } from './examples.ts';
import { loadMessages, looksLikeJoin } from './wire.ts';

export const livekit: Protocol = {
  name: 'livekit',
  title: 'LiveKit rooms: publisher and subscriber',
  tested: 'livekit-client 2.23.0 in Chromium 156, in a room that stands in for the server',
  // The address of the WebSocket is made of the one given and the token, and another time of the session to take up again.
  carrier: 'http',
  subprotocols: [],
  params: { token: 'access token (unless the URL has it as access_token)', format: 'protobuf (default) or json' },
  capabilities: CAPABILITIES,
  detect({ url, frame }) {
    if (frame?.encoding === 'base64') return looksLikeJoin(frame.data) ? 0.7 : 0;
    if (frame) {
      const body = parseJson(frame.data);
      return isObject(body) && isObject(body.join) && 'participant' in body.join ? 0.9 : 0;
    }
    return url !== undefined && /\/rtc(?:\/v1)?\/?\?(?:.*&)?access_token=|\.livekit\.cloud(?:[:/]|$)/.test(url)
      ? 0.95
      : 0;
  },
  load: loadMessages,
  decoder: createLivekitDecoder,
  client: createLivekitClient,
  examples,
};
