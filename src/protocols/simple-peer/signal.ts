/**
 * What simple-peer's `signal` event hands out and `signal()` takes in. The library looks at the members, not at `type`;
 * so does this.
 */
import type { PcId, Signal } from '../../core/event.ts';
import { clip, isObject, readCandidateInit, readDescriptionInit } from '../json.ts';

/** What a message asks of the side that offers. */
export interface Wish {
  /** With a section of that kind, which the asker wants to send in. */
  readonly media?: 'audio' | 'video';
}

/** Asks the initiator for an offer. */
export const RENEGOTIATE = { type: 'renegotiate', renegotiate: true } as const;
export const NO_INITIATOR = 'nobody has offered yet: who the initiator is does not show';

/** The signals of one message. Never throws; never empty. */
export function readSimplePeer(value: unknown, pc: PcId): Signal[] {
  if (!isObject(value)) return [{ type: 'other', label: 'no object' }];
  const signals: Signal[] = [];
  if (value.renegotiate) signals.push({ type: 'request', method: 'renegotiate', pc });
  if (value.transceiverRequest) {
    const { kind } = isObject(value.transceiverRequest) ? value.transceiverRequest : {};
    const of = typeof kind === 'string' ? ` ${clip(kind)}` : '';
    signals.push({ type: 'request', method: `transceiverRequest${of}`, pc });
  }
  if (value.candidate) signals.push(readCandidateInit(value.candidate, 'candidate', pc));
  if (value.sdp) signals.push(readDescriptionInit(value, 'description', pc));
  if (signals.length > 0) return signals;
  return [{ type: 'other', label: clip(Object.keys(value).join(', ') || 'an empty object') }];
}

/** The wish in a message; undefined if it has none. */
export function readWish(value: unknown): Wish | undefined {
  if (!isObject(value)) return undefined;
  if (value.transceiverRequest) {
    const { kind } = isObject(value.transceiverRequest) ? value.transceiverRequest : {};
    return kind === 'audio' || kind === 'video' ? { media: kind } : {};
  }
  return value.renegotiate ? {} : undefined;
}

/**
 * The message for a signal. 'nothing' for an end of candidates: the library destroys its peer when a message has none of
 * the members it knows. Undefined for what it cannot be told.
 */
export function writeSimplePeer(signal: Signal): Record<string, unknown> | 'nothing' | undefined {
  switch (signal.type) {
    case 'offer':
    case 'answer':
    case 'pranswer':
      return { type: signal.type, sdp: signal.sdp };
    case 'candidate':
      return {
        type: 'candidate',
        candidate: {
          candidate: signal.candidate,
          ...(signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
          ...(signal.mid !== undefined && { sdpMid: signal.mid }),
          ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
        },
      };
    case 'end-of-candidates':
      return 'nothing';
    default:
      return undefined;
  }
}

/**
 * How the side that does not offer asks for an offer: for a section of each kind of media it has none for yet, else for
 * any.
 */
export function writeWishes(media: readonly string[]): readonly Record<string, unknown>[] {
  const kinds = media.filter((kind) => kind !== 'data');
  if (kinds.length === 0) return [RENEGOTIATE];
  return kinds.map((kind) => ({ type: 'transceiverRequest', transceiverRequest: { kind } }));
}
