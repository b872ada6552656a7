/** Puts frames together to messages, and keeps what is needed to send each on exactly as it came. */
import { createInflater } from './compression.ts';
import { createFrameScanner, type Scanned } from './frame-scanner.ts';

/** Larger messages are passed on without being looked at. */
export const MAX_MESSAGE = 16 * 1024 * 1024;

export const OPCODE = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What has come in, in order. `raw` is what of it has not been sent on yet. */
export type Unit =
  | Message
  /** A message that could not be read, all of it, or the end of one that came in parts. */
  | {
      readonly kind: 'unreadable';
      readonly why: string;
      readonly size: number;
      /** As of a message. */
      readonly ordinal: number | undefined;
      readonly raw: readonly Buffer[];
    }
  /** Part of a message that is too large to be kept. */
  | { readonly kind: 'part'; readonly raw: readonly Buffer[] }
  | {
      readonly kind: 'control';
      readonly opcode: number;
      readonly payload: Buffer;
      readonly raw: readonly Buffer[];
    };

export interface Message {
  readonly kind: 'message';
  readonly binary: boolean;
  readonly data: Buffer;
  /** Counts the messages from 1 that refer to each other, or may be referred to; undefined for one that stands alone. */
  readonly ordinal: number | undefined;
  /** Some of it has been sent on already: too late to do anything else with it. */
  readonly begun: boolean;
  readonly raw: readonly Buffer[];
}

export interface MessageReader {
  push(chunk: Buffer): Unit[];
  /** Everything that was pushed has been sent on: none of it will be in `raw`. */
  markSent(): void;
  /** Part of a message has been sent on, and the rest has not: nothing else may be sent now. */
  readonly amid: boolean;
}

export interface Reading {
  readonly deflate: boolean;
  readonly takeover: boolean;
  /** An extension that cannot be read. */
  readonly unknown?: string | undefined;
  readonly limit?: number;
}

interface Draft {
  readonly opcode: number;
  readonly rsv: number;
  payloads: Buffer[];
  raw: Buffer[];
  size: number;
  begun: boolean;
  /** Grown too large: its parts are passed on as they come. */
  over: boolean;
}

export function createMessageReader({ deflate, takeover, unknown, limit = MAX_MESSAGE }: Reading): MessageReader {
  const scanner = createFrameScanner(limit);
  const inflater = createInflater(takeover, limit);
  let draft: Draft | undefined;
  let ordinal = 0;
  /** The next frame has been sent on in part. */
  let begun = false;

  function accept(scanned: Scanned): Unit | undefined {
    const { opcode, fin } = scanned;
    const raw = [scanned.raw];
    const late = begun;
    begun = false;
    if (opcode >= 8) {
      if (scanned.kind === 'frame') return { kind: 'control', opcode, payload: scanned.payload, raw };
      return { kind: 'part', raw };
    }
    draft ??= { opcode, rsv: scanned.rsv, payloads: [], raw: [], size: 0, begun: late, over: false };
    if (scanned.kind === 'frame') {
      draft.size += scanned.payload.length;
      draft.payloads.push(scanned.payload);
    } else if (scanned.last) draft.size += scanned.size;
    draft.raw.push(scanned.raw);
    draft.over ||= scanned.kind === 'piece' || draft.size > limit;
    if (fin && (scanned.kind === 'frame' || scanned.last)) return finished();
    return draft.over ? spilled(draft) : undefined;
  }

  function spilled(one: Draft): Unit {
    const { raw } = one;
    one.raw = [];
    one.payloads = [];
    one.begun = true;
    return { kind: 'part', raw };
  }

  function finished(): Unit {
    const { opcode, rsv, payloads, raw, size, over, begun: late } = draft as Draft;
    draft = undefined;
    const compressed = deflate && rsv === 4;
    if (compressed && takeover) ordinal += 1;
    const own = compressed && takeover ? ordinal : undefined;
    const unreadable = (why: string): Unit => ({ kind: 'unreadable', why, size, ordinal: own, raw });
    if (over) {
      if (compressed) inflater.lose();
      return unreadable('it is too large');
    }
    if (unknown !== undefined) return unreadable(`the extension ${unknown} is not known`);
    if ((rsv !== 0 && !compressed) || (opcode !== OPCODE.text && opcode !== OPCODE.binary))
      return unreadable('it breaks the rules of framing');
    const whole = payloads.length === 1 ? (payloads[0] as Buffer) : Buffer.concat(payloads, size);
    const data = compressed ? inflater.inflate(whole) : whole;
    if (data === undefined) return unreadable('its compression cannot be followed');
    return { kind: 'message', binary: opcode === OPCODE.binary, data, ordinal: own, begun: late, raw };
  }

  return {
    push: (chunk) => scanner.push(chunk).flatMap((scanned) => accept(scanned) ?? []),
    markSent() {
      scanner.markSent();
      begun = scanner.held > 0;
      if (draft !== undefined) draft = { ...draft, raw: [], begun: true };
    },
    get amid() {
      return scanner.amid || draft?.begun === true;
    },
  };
}
