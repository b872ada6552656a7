/**
 * Socket.IO over Engine.IO, on a WebSocket. Protocol 4 (Socket.IO 3 and 4: the client opens the namespace, the server
 * pings) and 3 (Socket.IO 1 and 2: the server opens `/`, the client pings). A message is the list of an event's name and
 * arguments.
 */
import { decodePacket } from 'engine.io-parser';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { isObject, parseJson } from '../../json.ts';
import type { Carried, Carrier, CarrierOptions, CarrierSession, Payload } from './carrier.ts';

const PING = '2';
const PONG = '3';
const MESSAGE = '4';
const SECOND = 1_000;
/** What a server that does not say expects (its default). */
const PING_INTERVAL = 25 * SECOND;

function createSession(options: CarrierOptions): CarrierSession {
  const namespace = options.namespace ?? '/';
  /** Undefined until the server has shown it. */
  let version = options.version;
  const encoder = new Encoder();
  const readers = { in: createReader(), out: createReader() };
  let sid: unknown;
  let every = PING_INTERVAL;

  const pack = (packet: Packet): readonly Payload[] =>
    encoder.encode(packet).map((part: string | Uint8Array<ArrayBuffer>) => {
      if (typeof part === 'string') return `${MESSAGE}${part}`;
      return version === 3 ? Uint8Array.from([4, ...part]) : part;
    });
  const connect = (): readonly Payload[] =>
    pack({
      type: PacketType.CONNECT,
      nsp: namespace,
      ...(version !== 3 && isObject(options.auth) && { data: options.auth }),
    });

  function opened(data: unknown): readonly Carried[] {
    const body = isObject(data) ? data : {};
    sid = body.sid;
    every = typeof body.pingInterval === 'number' ? Math.max(SECOND, body.pingInterval) : PING_INTERVAL;
    if (version === undefined && 'maxPayload' in body) version = 4;
    const greet = version === 4 || (version === 3 && namespace !== '/') ? connect() : [];
    // An early Socket.IO 3 waits for the client, a Socket.IO 2 connects by itself: who says nothing for a while is the former.
    const beat = version === 4 ? [] : [{ is: 'beat', every: version === 3 ? every : SECOND } as const];
    return [{ is: 'control', label: 'Engine.IO open', ...(greet.length > 0 && { reply: greet }) }, ...beat];
  }

  function woken(): readonly Payload[] | undefined {
    if (version === 3) return [PING];
    if (version === 4) return undefined;
    version = 4;
    return connect();
  }

  function message(packet: Packet): readonly Carried[] {
    const known = packet.nsp === namespace || options.namespace === undefined;
    if (!known) return [{ is: 'control', label: `Socket.IO ${PacketType[packet.type]} of ${packet.nsp}` }];
    switch (packet.type) {
      case PacketType.CONNECT: {
        const begun: readonly Carried[] = version === undefined ? [{ is: 'beat', every }] : [];
        version ??= 3;
        if (packet.nsp !== namespace) return [{ is: 'control', label: `Socket.IO connect ${packet.nsp}` }, ...begun];
        const own = isObject(packet.data) ? packet.data.sid : sid;
        return [
          { is: 'ready', label: 'Socket.IO connected', ...(own !== undefined && { values: { sid: own } }) },
          ...begun,
        ];
      }
      case PacketType.CONNECT_ERROR: {
        const data = isObject(packet.data) ? packet.data.message : packet.data;
        return [
          { is: 'refused', why: `the server refuses the namespace ${packet.nsp}: ${String(data ?? 'no reason')}` },
        ];
      }
      case PacketType.DISCONNECT:
        return [{ is: 'control', label: 'Socket.IO disconnect' }];
      case PacketType.ACK:
      case PacketType.BINARY_ACK:
        return [{ is: 'ack', id: packet.id ?? -1, value: packet.data }];
      default:
        return [{ is: 'message', value: packet.data, ...(packet.id !== undefined && { ack: packet.id }) }];
    }
  }

  function control(type: string, data: string | undefined, out: boolean): readonly Carried[] {
    switch (type) {
      case 'open':
        return out ? [{ is: 'control', label: 'Engine.IO open' }] : opened(parseJson(data ?? ''));
      case 'ping':
        if (out) version ??= 3;
        return [{ is: 'control', label: 'Engine.IO ping', ...(!out && { reply: [`${PONG}${data ?? ''}`] }) }];
      default:
        return [{ is: 'control', label: `Engine.IO ${type}` }];
    }
  }

  return {
    opened: () => ({ send: [], ready: false }),
    read(payload, { direction }) {
      const reader = readers[direction];
      const out = direction === 'out';
      if (typeof payload !== 'string') {
        const packets = reader.add(payload[0] === 4 && version === 3 ? payload.subarray(1) : payload);
        return packets.length > 0 ? packets.flatMap(message) : [{ is: 'control', label: 'attachment' }];
      }
      const { type, data } = decodePacket(payload, 'arraybuffer') as { type: string; data?: string };
      if (type === 'error') return [{ is: 'control', label: 'no Engine.IO packet' }];
      if (type !== 'message' || typeof data !== 'string') return control(type, data, out);
      // What the client says to connect is not yet the server's consent.
      if (out && data.startsWith('0')) version ??= 4;
      if (out && data.startsWith('0')) return [{ is: 'control', label: 'Socket.IO connect' }];
      const packets = reader.add(data);
      if (packets.length > 0) return packets.flatMap(message);
      return [{ is: 'control', label: /^[56]/.test(data) ? 'attachments follow' : 'no Socket.IO packet' }];
    },
    write: (value, id) =>
      pack({ type: PacketType.EVENT, nsp: namespace, data: value, ...(id !== undefined && { id }) }),
    acknowledge: (id, value) => pack({ type: PacketType.ACK, nsp: namespace, id, data: value }),
    woken,
    closing: () => pack({ type: PacketType.DISCONNECT, nsp: namespace }),
  };
}

/** The parser of one direction: gives the packets that are whole now. A packet that is none is dropped, with what it had begun. */
function createReader(): { add(part: string | Uint8Array): readonly Packet[] } {
  let decoder: Decoder | undefined;
  let ready: Packet[] = [];
  return {
    add(part) {
      ready = [];
      try {
        if (decoder === undefined) {
          decoder = new Decoder();
          decoder.on('decoded', (packet) => ready.push(packet));
        }
        decoder.add(part);
      } catch {
        decoder?.destroy();
        decoder = undefined;
      }
      return ready;
    },
  };
}

export const socketIo: Carrier = {
  name: 'socket.io',
  over: 'websocket',
  path: '/socket.io/',
  namespaces: true,
  query: ({ version }) => ({ EIO: String(version ?? 4), transport: 'websocket' }),
  at: (url) => (/^\w+:\/\/[^/]*\/[^?#]*socket\.io|[?&]EIO=/.test(url) ? 0.6 : 0),
  session: createSession,
};
