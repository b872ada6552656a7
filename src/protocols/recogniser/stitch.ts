/** Messages that come in several frames: Socket.IO's binary attachments, Firebase's chunks. One connection, in order. */
import { decodeBase64 } from './codecs/base64.ts';
import { isObject } from './found.ts';
import { type Peeled, peel, peelValue } from './peel.ts';

export interface Piece {
  readonly data: string;
  readonly encoding: 'text' | 'base64';
  readonly direction: 'in' | 'out';
}

export interface Stitcher {
  /** What a frame holds, with what earlier ones kept for it; text says what is still missing. */
  add(piece: Piece): Peeled | string;
}

type Waiting =
  | {
      readonly is: 'attachments';
      readonly head: string;
      readonly value: unknown;
      readonly needed: number;
      readonly got: Uint8Array[];
    }
  | { readonly is: 'chunks'; readonly needed: number; readonly got: string[] };

/** How much may be kept. */
const [MOST_PIECES, MOST_CHARACTERS] = [256, 4 * 1024 * 1024];
/** BINARY_EVENT and BINARY_ACK (Socket.IO protocol 5), with or without Engine.IO's 4 before it. */
const WITH_ATTACHMENTS = /^4?([56])(\d{1,3})-((?:\/[^,]{0,100},)?\d{0,16})(?=\[)/;

export function createStitcher(): Stitcher {
  const waiting = new Map<Piece['direction'], Waiting>();

  function wait(direction: Piece['direction'], one: Waiting): string {
    waiting.set(direction, one);
    return missing(one);
  }

  function attachment(one: Extract<Waiting, { is: 'attachments' }>, { data, direction }: Piece): Peeled | string {
    const bytes = decodeBase64(data) ?? new Uint8Array();
    // Engine.IO 3 puts the packet type before the bytes.
    one.got.push(bytes[0] === 4 ? bytes.subarray(1) : bytes);
    if (one.got.length < one.needed) return missing(one);
    waiting.delete(direction);
    const whole = peelValue(withAttachments(one.value, one.got, 0), { key: '', label: one.head, carrier: 'socket.io' });
    return { ...whole, carriers: ['socket.io', ...whole.carriers] };
  }

  function chunk(one: Extract<Waiting, { is: 'chunks' }>, { data, direction }: Piece): Peeled | string | undefined {
    waiting.delete(direction);
    if (one.got.length === 0 && !data.startsWith('{"t":')) return undefined;
    one.got.push(data);
    if (one.got.length === one.needed) return peel(one.got.join(''));
    if (one.got.reduce((sum, { length }) => sum + length, 0) > MOST_CHARACTERS) return undefined;
    return wait(direction, one);
  }

  return {
    add(piece) {
      const { data, encoding, direction } = piece;
      const before = waiting.get(direction);
      if (before?.is === 'attachments' && encoding === 'base64') return attachment(before, piece);
      if (before?.is === 'chunks' && encoding === 'text') {
        const whole = chunk(before, piece);
        if (whole !== undefined) return whole;
      }
      if (encoding === 'base64') return peel(decodeBase64(data) ?? new Uint8Array());
      const [head, , count] = WITH_ATTACHMENTS.exec(data) ?? [];
      const needed = Number(count);
      if (head !== undefined && needed > 0 && needed <= MOST_PIECES && data.length <= MOST_CHARACTERS) {
        const value = parse(data.slice(head.length));
        if (value !== undefined) return wait(direction, { is: 'attachments', head, value, needed, got: [] });
      }
      if (/^[1-9]\d{0,2}$/.test(data) && Number(data) > 1 && Number(data) <= MOST_PIECES) {
        waiting.set(direction, { is: 'chunks', needed: Number(data), got: [] });
      }
      return peel(data);
    },
  };
}

function missing({ is, needed, got }: Waiting): string {
  const left = needed - got.length;
  return `${is === 'attachments' ? 'socket.io message' : 'message'}, ${left} ${is === 'attachments' ? 'attachment' : 'chunk'}${left === 1 ? '' : 's'} to come`;
}

/** Puts the attachments where their placeholders are. */
function withAttachments(value: unknown, attachments: readonly Uint8Array[], depth: number): unknown {
  if (depth > 20) return undefined;
  if (Array.isArray(value)) return value.map((item) => withAttachments(item, attachments, depth + 1));
  if (!isObject(value)) return value;
  if (value._placeholder === true && typeof value.num === 'number') return attachments[value.num];
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withAttachments(one, attachments, depth + 1)]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
