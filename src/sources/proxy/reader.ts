/** Reads the messages of one connection: finds out the protocol, and says who told whom what. */
import { isUtf8 } from 'node:buffer';
import { type PartyId, pairId } from '../../core/event.ts';
import { remember } from '../../protocols/bounded.ts';
import { createListening, isSignaling } from '../../protocols/listening.ts';
import type { Decoded, Decoder, Frame, HttpHead, Protocol } from '../../protocols/protocol.ts';
import { createRecogniser, type Memory } from '../../protocols/recogniser/decoder.ts';
import { renamed, senderOf } from './delivery.ts';
import type { MessageDraft } from './intervention.ts';
import { meaning, meaningOfCopy } from './meaning.ts';
import type { Rooms } from './rooms.ts';

export const SERVER: PartyId = 'server';

/** How often it was tried in vain to find out the protocol of all connections of one server: it costs some milliseconds. */
export interface Tries {
  vain: number;
}

const MOST_VAIN = 200;

export interface ReaderOptions {
  readonly url: string;
  readonly subprotocol?: string;
  readonly client: PartyId;
  readonly link: string;
  /** What to read it as; else it is found out. */
  readonly protocol?: Protocol;
  /** What all connections of the server share. */
  readonly memory: Memory;
  readonly tries: Tries;
  /** Of clients with a connection: who they talk with, where the wire does not tell. */
  readonly rooms?: Rooms;
}

export interface Reader {
  /** Who the client is: as it calls itself in the address, else the lane it was given. */
  readonly client: PartyId;
  /** `out` goes to the server. Never throws. */
  read(data: Buffer, binary: boolean, out: boolean, http?: HttpHead): MessageDraft;
  readonly protocol: Protocol | undefined;
  readonly decoder: Decoder | undefined;
}

/** How many of the first frames may tell the protocol, and how long one that does may be. */
const TELLING = { frames: 16, text: 128 * 1024, binary: 4 * 1024 };
/** Longer messages are not searched for what they mean: no description is that long. */
const LONGEST = { text: 1024 * 1024, binary: 64 * 1024 };

const negotiates = ({ signals }: Decoded): boolean => signals.some((one) => isSignaling(one) || one.type === 'bye');

export function createReader({
  url,
  subprotocol,
  client: lane,
  link,
  protocol: named,
  memory,
  tries,
  rooms,
}: ReaderOptions): Reader {
  const listening = createListening({
    url,
    ...(subprotocol !== undefined && { subprotocol }),
    ...(named !== undefined && { named }),
    decoder: (one) => one.decoder({ client: one.clientOf?.(url) || lane, server: SERVER }),
    frames: TELLING.frames,
    tries: {
      may: ({ data, encoding }) =>
        data.length <= TELLING[encoding === 'text' ? 'text' : 'binary'] && tries.vain < MOST_VAIN,
      told(found) {
        tries.vain = found ? 0 : tries.vain + 1;
      },
    },
  });
  const client = listening.protocol?.clientOf?.(url) || lane;
  const unknown = createRecogniser({ client, server: SERVER, memory });

  function decodedOf(frame: Frame, out: boolean): Decoded {
    if (frame.data.length > LONGEST[frame.encoding === 'text' ? 'text' : 'binary'])
      return { signals: [{ type: 'other', label: `long ${frame.encoding === 'text' ? 'text' : 'binary'} frame` }] };
    const decoded = listening.decoder?.decode(frame);
    if (decoded === undefined) return unknown.decode(frame);
    if (frame.http === undefined || named !== undefined) return told(decoded, out);
    // A server may offer several systems over HTTP, and one client use them all.
    const other = unknown.decode(frame);
    return negotiates(other) && !negotiates(decoded) ? other : told(decoded, out);
  }

  /** Who is another client of this proxy goes by its lane, not by what its own connection alone would call it. */
  function inLanes(decoded: Decoded): Decoded {
    const own = listening.decoder?.wireName;
    if (own !== undefined && memory.names.get(own) !== client) remember(memory.names, own, client);
    const wire = decoded.from === client ? decoded.to : decoded.from;
    const party = wire === undefined ? undefined : memory.names.get(wire);
    if (wire === undefined || party === undefined || party === client || own === undefined) return decoded;
    return renamed(decoded, client, wire, { party, pc: pairId(client, party) });
  }

  /** What a protocol's own decoder, which knows one connection, cannot know. */
  function told(alone: Decoded, out: boolean): Decoded {
    const decoded = inLanes(alone);
    const sender = senderOf(decoded, out ? 'out' : 'in', client, memory);
    if (sender !== undefined) rooms?.met(client, sender.party);
    else if (!out && decoded.signals.some((signal) => 'sdp' in signal)) rooms?.hearsAnother(client);
    const unnamed = listening.protocol?.anonymous;
    const isNamed = unnamed === undefined || unnamed === SERVER || rooms === undefined;
    const whole = isNamed ? decoded : renamed(decoded, client, unnamed, rooms.farEnd(client, unnamed));
    if (sender === undefined) return whole;
    const { party, isFirst } = sender;
    const copied = { ...whole, copies: whole.copies ?? { from: party, to: client, signals: whole.signals } };
    if (!isFirst) return copied;
    return { ...copied, signals: [{ type: 'other', label: `delivery of a message of ${party}` }] };
  }

  return {
    client,
    get protocol() {
      return listening.protocol;
    },
    get decoder() {
      return listening.decoder;
    },
    read(data, binary, out, http) {
      const encoding = binary || !isUtf8(data) ? 'base64' : 'text';
      const raw = data.toString(encoding === 'text' ? 'utf8' : 'base64');
      const frame: Frame = { data: raw, encoding, direction: out ? 'out' : 'in', ...(http !== undefined && { http }) };
      listening.hear(frame);
      const decoded = decodedOf(frame, out);
      const [from, to] = out ? [client, SERVER] : [SERVER, client];
      const draft: MessageDraft = {
        from: decoded.from ?? from,
        to: decoded.to ?? to,
        link,
        kind: 'message',
        dir: out ? 'c2s' : 's2c',
        protocol: decoded.protocol ?? listening.protocol?.name ?? 'unknown',
        encoding,
        raw,
        signals: decoded.signals,
      };
      return decoded.copies === undefined ? draft : meaning(draft, meaningOfCopy(decoded.copies));
    },
  };
}
