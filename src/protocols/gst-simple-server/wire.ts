/** One frame of GStreamer's simple_server: words for the server, JSON for the other peer. */
import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { clip, isObject, parseJson, readCandidateInit, readDescriptionInit } from '../json.ts';
import type { Frame } from '../protocol.ts';

export type GstMessage =
  /** HELLO, SESSION_OK, ROOM_PEER_JOINED …, and what follows it. */
  | { readonly is: 'word'; readonly word: string; readonly rest: string }
  /** JSON for the other peer; `party`: which one, in a room. */
  | { readonly is: 'peer'; readonly party?: PartyId; readonly value: unknown }
  | { readonly is: 'unknown'; readonly label: string };

/** Reads one frame. Never throws. */
export function readGst(frame: Frame): GstMessage {
  if (frame.encoding === 'base64') return { is: 'unknown', label: 'binary frame' };
  if (/^\s*\{/.test(frame.data)) {
    const value = parseJson(frame.data);
    return value === undefined ? { is: 'unknown', label: 'not JSON' } : { is: 'peer', value };
  }
  const { word, rest } = firstWord(frame.data.trim());
  if (!/^[A-Z][A-Z_]*$/.test(word)) return { is: 'unknown', label: 'text' };
  if (word !== 'ROOM_PEER_MSG') return { is: 'word', word, rest };
  const { word: party, rest: message } = firstWord(rest);
  const value = parseJson(message);
  // In a room words go to one peer, too.
  if (value === undefined) return { is: 'word', word: message, rest: party };
  return { is: 'peer', party, value };
}

function firstWord(text: string): { word: string; rest: string } {
  const end = text.search(/\s/);
  return end < 0 ? { word: text, rest: '' } : { word: text.slice(0, end), rest: text.slice(end).trim() };
}

/** What the JSON for a peer says. */
export function readPeerValue(value: unknown, pc: PcId): Signal[] {
  if (!isObject(value)) return [{ type: 'other', label: 'JSON, but not an object' }];
  const signals: Signal[] = [];
  if (value.sdp !== undefined) signals.push(readDescriptionInit(value.sdp, 'sdp', pc));
  if (value.ice !== undefined) signals.push(readCandidateInit(value.ice, 'ice', pc));
  if (signals.length > 0) return signals;
  return [{ type: 'other', label: clip(Object.keys(value).join(', ') || 'an empty object') }];
}

/** The names in a list of peers. */
export const namesIn = (text: string): PartyId[] =>
  text
    .split(/\s+/)
    .filter((name) => name !== '')
    .slice(0, 1_000);
