/** One frame of the MDN dialect, read into typed values. Everything in it is a stranger's: no field is trusted. */
import type { Signal } from '../core/event.ts';
import type { Frame } from './protocol.ts';

/** A frame of the dialect; `fault` says why a frame is none. */
export type MdnMessage =
  | { readonly type: string; readonly name?: string; readonly target?: string; readonly body: Record<string, unknown> }
  | { readonly fault: string };

const MAX_LABEL = 40;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Cuts what a stranger wrote to the length of a label. */
export const clip = (value: string): string => (value.length > MAX_LABEL ? `${value.slice(0, MAX_LABEL)}…` : value);

/** Reads one frame. Never throws. */
export function readMessage(frame: Frame): MdnMessage {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  let body: unknown;
  try {
    body = JSON.parse(frame.data);
  } catch {
    return { fault: 'not JSON' };
  }
  if (!isObject(body)) return { fault: 'JSON, but not an object' };
  const type = text(body.type);
  if (type === undefined) return { fault: 'JSON without a type' };
  const name = text(body.name);
  const target = text(body.target);
  return { type, ...(name !== undefined && { name }), ...(target !== undefined && { target }), body };
}

/** The names in a `userlist`. */
export function userNames(body: Record<string, unknown>): string[] {
  if (!Array.isArray(body.users)) return [];
  return [...new Set(body.users.filter((user): user is string => typeof user === 'string' && user !== ''))];
}

/** The description of a `video-offer` or `video-answer`. The inner type decides, as it does in the browser. */
export function readDescription(message: { type: string; body: Record<string, unknown> }, pc: string): Signal {
  const { sdp } = message.body;
  const outer = message.type === 'video-offer' ? 'offer' : 'answer';
  if (typeof sdp === 'string') return { type: outer, pc, sdp };
  if (!isObject(sdp)) return { type: 'other', label: `${message.type} without a description` };
  if (sdp.type === 'rollback') return { type: 'rollback', pc };
  if (typeof sdp.sdp !== 'string') return { type: 'other', label: `${message.type} without SDP` };
  const inner = sdp.type;
  return { type: inner === 'offer' || inner === 'answer' || inner === 'pranswer' ? inner : outer, pc, sdp: sdp.sdp };
}

/** The candidate of a `new-ice-candidate`. Empty (Firefox) or null means that there are no more. */
export function readCandidate(body: Record<string, unknown>, pc: string): Signal {
  const { candidate } = body;
  if (candidate === null) return { type: 'end-of-candidates', pc };
  const init = isObject(candidate) ? candidate : {};
  const line = typeof candidate === 'string' ? candidate : init.candidate;
  if (typeof line !== 'string') return { type: 'other', label: 'new-ice-candidate without a candidate' };
  const mid = typeof init.sdpMid === 'string' ? { mid: init.sdpMid } : {};
  const ufrag = typeof init.usernameFragment === 'string' ? { ufrag: init.usernameFragment } : {};
  if (line === '') return { type: 'end-of-candidates', pc, ...mid, ...ufrag };
  const mLine = Number.isInteger(init.sdpMLineIndex) ? { mLine: init.sdpMLineIndex as number } : {};
  return { type: 'candidate', pc, candidate: line, ...mid, ...mLine, ...ufrag };
}
