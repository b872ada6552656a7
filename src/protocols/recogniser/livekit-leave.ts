/**
 * LiveKit's goodbye in protocol buffers: a message of numbers, which says nothing to whoever does not know that the
 * connection is LiveKit's. Its descriptions tell: `SignalRequest` and `SignalResponse` number their members differently.
 */
import { decodeBase64 } from './codecs/base64.ts';
import { readProtobuf } from './codecs/protobuf.ts';
import { isObject, objectsAround } from './found.ts';
import type { Recognised } from './recognise.ts';
import type { Piece } from './stitch.ts';

/** Where descriptions stand (livekit_rtc.proto). */
const MEMBERS = { out: { offer: '1', answer: '2' }, in: { offer: '3', answer: '2' } } as const;
const LEAVE = '8';
/** `LeaveRequest.Action`: the client is to come back to the same session. */
const RESUME = 1;

/** Whether a message is a description as LiveKit sends it. */
export function isLivekit({ found, carriers }: Recognised, direction: Piece['direction']): boolean {
  if (found.length !== 1 || !carriers.includes('protobuf')) return false;
  const [description, message] = [...(found[0] ? objectsAround(found[0].place) : [])];
  const type = description?.[1];
  if (message === undefined || (type !== 'offer' && type !== 'answer')) return false;
  return Object.keys(message).join() === MEMBERS[direction][type];
}

/** A `leave` on a connection that is LiveKit's: a goodbye, or what is called otherwise; undefined for other messages. */
export function leaveIn({ data, encoding }: Piece): Recognised | undefined {
  const message = encoding === 'base64' ? readProtobuf(decodeBase64(data) ?? new Uint8Array()) : undefined;
  if (message === undefined || Object.keys(message).join() !== LEAVE) return undefined;
  const leave = message[LEAVE];
  const common = { aside: [], carriers: ['protobuf'] };
  if (isObject(leave) && leave[3] === RESUME) return { ...common, found: [], name: 'leave, to resume' };
  const place = { key: LEAVE, object: message, carrier: 'protobuf', up: undefined, depth: 0 };
  return { ...common, found: [{ signal: { type: 'bye' }, place }], name: 'leave' };
}
