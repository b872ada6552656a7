/** permessage-deflate (RFC 7692) as the two ends agreed on it, read along from a copy. */
import { constants, inflateRawSync } from 'node:zlib';

/** What the server's `Sec-WebSocket-Extensions` says. */
export interface Agreed {
  /** Frames with RSV1 are compressed. */
  readonly deflate: boolean;
  /** Each direction: whether a message may refer to earlier ones. */
  readonly takeover: { readonly c2s: boolean; readonly s2c: boolean };
  /** An extension renego does not know: its frames cannot be read. */
  readonly unknown: string | undefined;
}

/** Reads the header of the server's answer; undefined if there is none. */
export function readExtensions(header: string | undefined): Agreed {
  const names = (header ?? '').split(',').map((one) => one.split(';').map((part) => part.trim().toLowerCase()));
  const deflate = names.find(([name]) => name === 'permessage-deflate');
  const unknown = names.find(([name]) => name !== '' && name !== 'permessage-deflate')?.[0];
  const without = (parameter: string) => deflate?.slice(1).some((part) => part.split('=')[0]?.trim() === parameter);
  return {
    deflate: deflate !== undefined,
    takeover: { c2s: !without('client_no_context_takeover'), s2c: !without('server_no_context_takeover') },
    unknown,
  };
}

const TRAILER = Buffer.from([0, 0, 0xff, 0xff]);
/** The longest history a message can refer to. */
const WINDOW = 32_768;

export interface Inflater {
  /** One message's data, whole. Undefined if it is damaged or longer than the limit; then nothing after it can be read. */
  inflate(data: Buffer): Buffer | undefined;
  /** A compressed message was not seen: what refers to it cannot be read. */
  lose(): void;
}

/** The history is handed to zlib as a dictionary with every message, so that no stream has to be kept open. */
export function createInflater(takeover: boolean, limit: number): Inflater {
  let history: Buffer | undefined;
  let lost = false;
  return {
    inflate(data) {
      if (lost) return undefined;
      try {
        const dictionary = history === undefined ? {} : { dictionary: history };
        const whole = Buffer.concat([data, TRAILER]);
        const finishFlush = constants.Z_SYNC_FLUSH;
        const out = inflateRawSync(whole, { finishFlush, maxOutputLength: limit, ...dictionary });
        if (takeover) history = newest(history, out);
        return out;
      } catch {
        lost = takeover;
        return undefined;
      }
    },
    lose() {
      lost = takeover;
    },
  };
}

/** The last 32 KiB, in memory of their own. */
function newest(before: Buffer | undefined, data: Buffer): Buffer | undefined {
  if (data.length === 0) return before;
  if (before === undefined || data.length >= WINDOW) return Buffer.from(data.subarray(-WINDOW));
  const kept = before.subarray(-Math.max(1, WINDOW - data.length));
  return data.length + kept.length > WINDOW ? Buffer.from(data) : Buffer.concat([kept, data]);
}
