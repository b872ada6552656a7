/** AppRTC's messages: those between the two peers, and Collider's envelopes around them. */
import type { PcId, Signal } from '../../core/event.ts';
import { clip, isObject, parseJson, readDescriptionInit } from '../json.ts';

/** One message of a peer. Never throws. */
export function readPeerMessage(text: string, pc: PcId): Signal {
  const body = parseJson(text);
  if (!isObject(body)) return { type: 'other', label: body === undefined ? 'not JSON' : 'JSON, but not an object' };
  switch (body.type) {
    case 'offer':
    case 'answer':
      return readDescriptionInit(body, body.type, pc);
    case 'candidate':
      return readCandidate(body, pc);
    case 'bye':
      return { type: 'bye', pc };
    default:
      return { type: 'other', label: clip(typeof body.type === 'string' ? body.type : 'JSON without a type') };
  }
}

/** `label` is the index of the section, `id` its mid. */
function readCandidate({ candidate, label, id }: Record<string, unknown>, pc: PcId): Signal {
  if (typeof candidate !== 'string') return { type: 'other', label: 'candidate without a candidate' };
  const mid = typeof id === 'string' && id !== '' ? { mid: id } : {};
  if (candidate === '') return { type: 'end-of-candidates', pc, ...mid };
  const mLine = Number.isInteger(label) ? { mLine: label as number } : {};
  return { type: 'candidate', pc, candidate, ...mid, ...mLine };
}

/** The text of a message; undefined for what peers cannot be told, '' for what they are not told. */
export function writePeerMessage(signal: Signal): string | undefined {
  switch (signal.type) {
    case 'offer':
    case 'answer':
      return JSON.stringify({ sdp: signal.sdp, type: signal.type });
    case 'candidate':
      return JSON.stringify({
        type: 'candidate',
        label: signal.mLine ?? 0,
        id: signal.mid ?? '',
        candidate: signal.candidate,
      });
    case 'end-of-candidates':
      return '';
    case 'bye':
      return JSON.stringify({ type: 'bye' });
    default:
      return undefined;
  }
}

/** A frame of Collider's WebSocket: what the client says, or what it is told. */
export type ColliderFrame =
  | { readonly is: 'register' }
  | { readonly is: 'message'; readonly text: string }
  | { readonly is: 'error'; readonly why: string }
  | { readonly is: 'unknown'; readonly label: string };

export function readCollider(text: string): ColliderFrame {
  const body = parseJson(text);
  if (!isObject(body)) return { is: 'unknown', label: body === undefined ? 'not JSON' : 'JSON, but not an object' };
  if (body.cmd === 'register') return { is: 'register' };
  if (typeof body.error === 'string' && body.error !== '') return { is: 'error', why: clip(body.error) };
  if (typeof body.msg === 'string') return { is: 'message', text: body.msg };
  return { is: 'unknown', label: clip(Object.keys(body).join(', ') || 'an empty object') };
}

/** What the room server answers to `/join`. */
export interface Joined {
  /** SUCCESS, FULL, … */
  readonly result: string;
  readonly initiator: boolean;
  readonly room: string;
  readonly client: string;
  readonly socket: string;
  readonly post: string;
  /** What the other peer said before we came. */
  readonly messages: readonly string[];
}

/** Messages that are kept for who comes later: an offer and its candidates. */
const MAX_MESSAGES = 1_000;

export function readJoined(text: string): Joined | undefined {
  const body = parseJson(text);
  if (!isObject(body) || typeof body.result !== 'string') return undefined;
  const params = isObject(body.params) ? body.params : {};
  const said = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  const messages = Array.isArray(params.messages) ? params.messages.slice(0, MAX_MESSAGES) : [];
  return {
    result: clip(body.result),
    initiator: params.is_initiator === true || params.is_initiator === 'true',
    room: said('room_id'),
    client: said('client_id'),
    socket: said('wss_url'),
    post: said('wss_post_url'),
    messages: messages.filter((message): message is string => typeof message === 'string'),
  };
}
