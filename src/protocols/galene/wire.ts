/** One message of Galène's protocol, read into typed values. Everything in it is a stranger's. */

import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { clip, isObject, parseJson, readCandidateInit, readDescriptionInit } from '../json.ts';
import type { Frame } from '../protocol.ts';
import { shortId } from '../recogniser/ids.ts';

export interface GaleneMessage {
  readonly type: string;
  readonly kind: string;
  /** Of a stream, or of a user. */
  readonly id: string;
  readonly source: string;
  readonly username: string;
  /** The stream that this one takes the place of. */
  readonly replace: string;
  readonly label: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads one frame; `fault` says why it is no message. Never throws. */
export function readGalene(frame: Frame): GaleneMessage | { readonly fault: string } {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  const body = parseJson(frame.data);
  if (!isObject(body)) return { fault: body === undefined ? 'not JSON' : 'JSON, but not an object' };
  const type = text(body.type);
  if (type === '') return { fault: 'JSON without a type' };
  return {
    type: clip(type),
    kind: clip(text(body.kind)),
    id: text(body.id),
    source: text(body.source),
    username: text(body.username),
    replace: text(body.replace),
    label: text(body.label),
    body,
  };
}

/**
 * The peer connection of a stream. The same id names what one client sends and what another receives of it, over two
 * connections: so the client belongs to it.
 */
export const streamPc = (id: string, client: PartyId): PcId => `${shortId(id)}@${client}`;

/** The description or candidate of a message. */
export function readStream({ type, body }: GaleneMessage, pc: PcId): Signal {
  if (type === 'ice') return readCandidateInit(body.candidate, 'ice', pc);
  return readDescriptionInit(body.sdp, type, pc, type === 'offer' ? 'offer' : 'answer');
}

/** Who sends a stream, as far as it says. */
export const senderOf = ({ username, source }: GaleneMessage, otherwise: PartyId): PartyId =>
  username || (source === '' ? otherwise : shortId(source));
