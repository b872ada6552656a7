/** Reads the messages of one connection: finds out the protocol, and says who told whom what. */
import { isUtf8 } from 'node:buffer';
import type { PartyId } from '../../core/event.ts';
import { detectProtocol } from '../../protocols/index.ts';
import type { Decoder, Frame, HttpHead, Protocol } from '../../protocols/protocol.ts';
import { createRecogniser, type Memory } from '../../protocols/recogniser/decoder.ts';
import type { MessageDraft } from './intervention.ts';

export const SERVER: PartyId = 'server';

export interface ReaderOptions {
  readonly url: string;
  readonly subprotocol?: string;
  readonly client: PartyId;
  readonly link: string;
  /** What to read it as; else it is found out. */
  readonly protocol?: Protocol;
  /** What all connections of the server share. */
  readonly memory: Memory;
}

export interface Reader {
  /** `out` goes to the server. Never throws. */
  read(data: Buffer, binary: boolean, out: boolean, http?: HttpHead): MessageDraft;
  readonly protocol: Protocol | undefined;
  readonly decoder: Decoder | undefined;
}

/** How many of the first frames may tell the protocol. */
const TELLING = 16;

export function createReader({ url, subprotocol, client, link, protocol: named, memory }: ReaderOptions): Reader {
  const hint = { url, ...(subprotocol !== undefined && { subprotocol }) };
  const ends = { client, server: SERVER };
  let protocol = named ?? detectProtocol(hint);
  let decoder = protocol?.decoder(ends);
  const unknown = createRecogniser({ ...ends, memory });
  /** The first frames, while it is not sure what they are. */
  let first: Frame[] | undefined = named === undefined ? [] : undefined;

  function learn(frame: Frame): void {
    if (first === undefined) return;
    const found = detectProtocol({ ...hint, frame });
    if (found !== undefined && found !== protocol) {
      protocol = found;
      decoder = found.decoder(ends);
      for (const earlier of first) decoder.decode(earlier);
    }
    first.push(frame);
    if (found !== undefined || first.length >= TELLING) first = undefined;
  }

  return {
    get protocol() {
      return protocol;
    },
    get decoder() {
      return decoder;
    },
    read(data, binary, out, http) {
      const encoding = binary || !isUtf8(data) ? 'base64' : 'text';
      const raw = data.toString(encoding === 'text' ? 'utf8' : 'base64');
      const frame: Frame = { data: raw, encoding, direction: out ? 'out' : 'in', ...(http !== undefined && { http }) };
      learn(frame);
      const decoded = (decoder ?? unknown).decode(frame);
      const [from, to] = out ? [client, SERVER] : [SERVER, client];
      return {
        from: decoded.from ?? from,
        to: decoded.to ?? to,
        link,
        kind: 'message',
        protocol: decoded.protocol ?? protocol?.name ?? 'unknown',
        encoding,
        raw,
        signals: decoded.signals,
      };
    },
  };
}
