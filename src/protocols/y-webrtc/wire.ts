/** One frame of y-webrtc's signaling server, read into typed values. Everything in it is a stranger's. */
import type { PartyId } from '../../core/event.ts';
import { clip, isObject, parseJson } from '../json.ts';
import type { Frame } from '../protocol.ts';

export type YMessage =
  | { readonly is: 'subscribe' | 'unsubscribe'; readonly topics: readonly string[] }
  | { readonly is: 'ping' | 'pong' }
  | { readonly is: 'announce'; readonly topic: string; readonly from: PartyId }
  | {
      readonly is: 'signal';
      readonly topic: string;
      readonly from: PartyId;
      readonly to: PartyId;
      /** Decides when offers cross: the larger one stays. */
      readonly token: number;
      readonly signal: unknown;
    }
  /** A room with a password: what its members publish is encrypted. */
  | { readonly is: 'secret'; readonly topic: string }
  | { readonly is: 'unknown'; readonly label: string };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads one frame. Never throws. */
export function readYMessage(frame: Frame): YMessage {
  if (frame.encoding === 'base64') return { is: 'unknown', label: 'binary frame' };
  const body = parseJson(frame.data);
  if (!isObject(body)) return { is: 'unknown', label: body === undefined ? 'not JSON' : 'JSON, but not an object' };
  switch (body.type) {
    case 'subscribe':
    case 'unsubscribe': {
      const topics = Array.isArray(body.topics) ? body.topics : [];
      return { is: body.type, topics: topics.filter((topic): topic is string => typeof topic === 'string') };
    }
    case 'ping':
    case 'pong':
      return { is: body.type };
    case 'publish':
      return readPublished(body);
    default:
      return { is: 'unknown', label: clip(text(body.type) || 'JSON without a type') };
  }
}

function readPublished({ topic, data }: Record<string, unknown>): YMessage {
  if (typeof topic !== 'string') return { is: 'unknown', label: 'publish without a topic' };
  if (typeof data === 'string') return { is: 'secret', topic };
  if (!isObject(data)) return { is: 'unknown', label: 'publish without data' };
  const [from, to] = [text(data.from), text(data.to)];
  if (data.type === 'announce' && from !== '') return { is: 'announce', topic, from };
  if (data.type === 'signal' && from !== '' && to !== '') {
    const token = typeof data.token === 'number' ? data.token : 0;
    return { is: 'signal', topic, from, to, token, signal: data.signal };
  }
  return { is: 'unknown', label: clip(`publish ${text(data.type)}`.trim()) };
}
