/** One frame of the MDN dialect, read into typed values. Everything in it is a stranger's: no field is trusted. */
import type { Signal } from '../core/event.ts';
import { isObject, parseJson, readCandidateInit, readDescriptionInit } from './json.ts';
import type { Frame } from './protocol.ts';

/** A frame of the dialect; `fault` says why a frame is none. */
export type MdnMessage =
  | { readonly type: string; readonly name?: string; readonly target?: string; readonly body: Record<string, unknown> }
  | { readonly fault: string };

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads one frame. Never throws. */
export function readMessage(frame: Frame): MdnMessage {
  if (frame.encoding === 'base64') return { fault: 'binary frame' };
  const body = parseJson(frame.data);
  if (body === undefined) return { fault: 'not JSON' };
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

/** The description of a `video-offer` or `video-answer`. */
export function readDescription({ type, body }: { type: string; body: Record<string, unknown> }, pc: string): Signal {
  return readDescriptionInit(body.sdp, type, pc, type === 'video-offer' ? 'offer' : 'answer');
}

/** The candidate of a `new-ice-candidate`. */
export function readCandidate(body: Record<string, unknown>, pc: string): Signal {
  return readCandidateInit(body.candidate, 'new-ice-candidate', pc);
}
