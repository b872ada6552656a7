/** Any Socket.IO server, whose room shape shows in what it says; the shapes themselves are templates. */
import type { Protocol, ProtocolExample } from './protocol.ts';
import { createClient } from './socket-io/client.ts';
import { createDecoder } from './socket-io/decoder.ts';
import { shapeNames } from './socket-io/shapes.ts';
import { socketIo as carrier } from './template/carrier/socket-io.ts';
import { templateProtocol } from './template/protocol.ts';
import { socketIoRooms } from './templates/socket-io-rooms.ts';

const rooms = templateProtocol(socketIoRooms);

const example = (direction: 'in' | 'out', data: string, ...signals: ProtocolExample['signals']): ProtocolExample => ({
  frame: { data, encoding: 'text', direction },
  signals,
});

export const socketIo: Protocol = {
  ...rooms,
  name: 'socket.io',
  title: 'any Socket.IO server: the room shape is chosen by the events heard',
  tested: 'Socket.IO 4.8 and 2.5 with their clients in Chromium 156',
  generic: true,
  params: {
    shape: `the room shape, where nothing tells: ${shapeNames.join(', ')}`,
    event: 'the event that joins a room; usually join',
    offer: 'the event of an offer in rooms; usually offer',
    answer: 'the event of an answer in rooms; usually answer',
    candidate: 'the event of a candidate in rooms; usually ice-candidate',
    joined: 'the event that tells who has come; usually user-joined',
    peers: 'the event that tells who is there; usually all-users',
    left: 'the event that tells who has gone; usually user-left',
  },
  detect({ url, frame }) {
    const greets = frame?.encoding === 'text' && /^(?:0\{"sid"|40(?:$|\{"sid")|42\[")/.test(frame.data);
    const at = url === undefined ? 0 : carrier.at?.(url);
    return Math.max(greets ? 0.6 : 0, at ?? 0);
  },
  decoder: createDecoder,
  client: createClient,
  examples: [
    example('in', '0{"sid":"e1","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}', {
      type: 'other',
      label: 'Engine.IO open',
    }),
    example('in', '40{"sid":"client"}', { type: 'notify' }),
    example('in', '42["user-joined","b2"]', { type: 'presence', who: 'b2', change: 'join' }),
    example('in', '42["offer",{"from":"b2","offer":{"type":"offer","sdp":"v=0\\r\\na=setup:actpass\\r\\n"}}]', {
      type: 'offer',
      pc: 'b2+client',
    }),
    example('in', '42["chat message","does anyone make an offer?"]', { type: 'other', label: 'chat message' }),
  ],
};
