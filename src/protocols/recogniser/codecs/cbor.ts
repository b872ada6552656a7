/** CBOR (RFC 8949), read as JSON-like values. Strict: what is left over, or no such encoding, is an answer too. */
import { utf8 } from './utf8.ts';

/** Values, nested no deeper than this, and together no more than that. */
const [MAX_DEPTH, MAX_VALUES] = [32, 20_000];

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  left: number;
}

/** The only value the bytes hold; undefined if they are not one map or list of CBOR and nothing else. */
export function readCbor(bytes: Uint8Array): unknown {
  const major = (bytes[0] ?? 0) >> 5;
  // A map or a list, also behind the tag that says it is CBOR (3.4.6).
  if (major !== 4 && major !== 5 && major !== 6) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader: Reader = { bytes, view, at: 0, left: MAX_VALUES };
  try {
    const value = readValue(reader, 0);
    return reader.at === bytes.length && typeof value === 'object' ? value : undefined;
  } catch (error) {
    // RangeError is what DataView throws at the end of the bytes.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What ends lists, maps and texts whose length is not said. */
const BREAK = Symbol('break');

function readValue(reader: Reader, depth: number): unknown {
  reader.left -= 1;
  if (depth > MAX_DEPTH || reader.left < 0) throw new RangeError('nested too deep, or too much');
  const first = reader.view.getUint8(reader.at);
  reader.at += 1;
  const [major, info] = [first >> 5, first & 31];
  if (major === 7) return simple(reader, info);
  if (info === 31) return indefinite(reader, major, depth);
  const count = argument(reader, info);
  switch (major) {
    case 0:
      return count;
    case 1:
      return -1 - count;
    case 2:
      return slice(reader, count);
    case 3:
      return text(slice(reader, count));
    case 4:
      return Array.from({ length: fits(reader, count) }, () => readValue(reader, depth + 1));
    case 5:
      return object(Array.from({ length: fits(reader, count) * 2 }, () => readValue(reader, depth + 1)));
    default:
      return readValue(reader, depth + 1);
  }
}

/** No list has more items than there are bytes left. */
function fits({ bytes, at }: Reader, count: number): number {
  if (count > bytes.length - at) throw new RangeError('cut off');
  return count;
}

function argument(reader: Reader, info: number): number {
  if (info < 24) return info;
  const size = [1, 2, 4, 8][info - 24];
  if (size === undefined) throw new RangeError('reserved');
  const { view, at } = reader;
  reader.at += size;
  if (size === 8) return Number(view.getBigUint64(at));
  return size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at) : view.getUint32(at);
}

function slice(reader: Reader, length: number): Uint8Array {
  const start = reader.at;
  reader.at += fits(reader, length);
  return reader.bytes.subarray(start, reader.at);
}

function text(bytes: Uint8Array): string {
  const read = utf8(bytes);
  if (read === undefined) throw new RangeError('no UTF-8');
  return read;
}

function simple(reader: Reader, info: number): unknown {
  const { view, at } = reader;
  switch (info) {
    case 20:
      return false;
    case 21:
      return true;
    case 22:
      return null;
    case 31:
      return BREAK;
    case 26:
      reader.at += 4;
      return view.getFloat32(at);
    case 27:
      reader.at += 8;
      return view.getFloat64(at);
    default:
      // Undefined, other simple values, half floats: nothing that matters here.
      reader.at += info === 24 ? 1 : info === 25 ? 2 : 0;
      return undefined;
  }
}

function indefinite(reader: Reader, major: number, depth: number): unknown {
  const items: unknown[] = [];
  for (;;) {
    const item = readValue(reader, depth + 1);
    if (item === BREAK) break;
    items.push(item);
  }
  if (major === 5) return object(items);
  if (major === 3) return items.join('');
  return items;
}

/** Keys and values in turn. */
function object(items: readonly unknown[]): Record<string, unknown> {
  if (items.includes(BREAK)) throw new RangeError('a break inside a map');
  const entries = items.flatMap((key, i): [string, unknown][] => (i % 2 === 0 ? [[String(key), items[i + 1]]] : []));
  return Object.fromEntries(entries);
}
