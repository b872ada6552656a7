/** What JSON dialects share: descriptions and candidates as browsers write them. No field is trusted. */
import type { PcId, Signal } from '../core/event.ts';

const MAX_LABEL = 40;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Cuts what a stranger wrote to the length of a label. */
export const clip = (value: string): string => (value.length > MAX_LABEL ? `${value.slice(0, MAX_LABEL)}…` : value);

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * An RTCSessionDescriptionInit. `what` names the message it stands in; `type` is what the message itself says it is, where
 * it does: the inner type goes before it, as it does in the browser.
 */
export function readDescriptionInit(init: unknown, what: string, pc: PcId, type?: 'offer' | 'answer'): Signal {
  if (typeof init === 'string' && type !== undefined) return { type, pc, sdp: init };
  if (!isObject(init)) return { type: 'other', label: `${what} without a description` };
  if (init.type === 'rollback') return { type: 'rollback', pc };
  if (typeof init.sdp !== 'string') return { type: 'other', label: `${what} without SDP` };
  const inner = init.type === 'offer' || init.type === 'answer' || init.type === 'pranswer' ? init.type : type;
  return inner === undefined ? { type: 'other', label: `${what} without a type` } : { type: inner, pc, sdp: init.sdp };
}

/** An RTCIceCandidateInit, or a bare candidate line. Empty (Firefox) or null means that there are no more. */
export function readCandidateInit(candidate: unknown, what: string, pc: PcId): Signal {
  if (candidate === null) return { type: 'end-of-candidates', pc };
  const init = isObject(candidate) ? candidate : {};
  const line = typeof candidate === 'string' ? candidate : init.candidate;
  if (typeof line !== 'string') return { type: 'other', label: `${what} without a candidate` };
  // An empty mid names none: browsers then take the index, the first section without one.
  const mid = typeof init.sdpMid === 'string' && init.sdpMid !== '' ? { mid: init.sdpMid } : {};
  const ufrag = typeof init.usernameFragment === 'string' ? { ufrag: init.usernameFragment } : {};
  if (line === '') return { type: 'end-of-candidates', pc, ...mid, ...ufrag };
  const index = init.sdpMLineIndex ?? (init.sdpMid === '' ? 0 : undefined);
  const mLine = Number.isInteger(index) ? { mLine: index as number } : {};
  return { type: 'candidate', pc, candidate: line, ...mid, ...mLine, ...ufrag };
}
