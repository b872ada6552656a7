/** MessagePack, read as JSON-like values. Strict: what is left over, or no such encoding, is an answer too. */
import { utf8 } from './utf8.ts';

/** Values, nested no deeper than this, and together no more than that. */
const [MAX_DEPTH, MAX_VALUES] = [32, 20_000];

/** The only value the bytes hold; undefined if they are not one map or list of MessagePack and nothing else. */
export function readMsgpack(bytes: Uint8Array): unknown {
  const first = bytes[0] ?? 0;
  const holds = (first >= 0x80 && first < 0xa0) || (first >= 0xdc && first <= 0xdf);
  if (!holds) return undefined;
  const reader = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    at: 0,
    left: MAX_VALUES,
  };
  try {
    const value = readValue(reader, 0);
    return reader.at === bytes.length ? value : undefined;
  } catch (error) {
    // RangeError is what DataView throws at the end of the bytes.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  left: number;
}

function number(reader: Reader, size: 1 | 2 | 4): number {
  const { view, at } = reader;
  reader.at += size;
  return size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at) : view.getUint32(at);
}

function readValue(reader: Reader, depth: number): unknown {
  reader.left -= 1;
  if (depth > MAX_DEPTH || reader.left < 0) throw new RangeError('nested too deep, or too much');
  const type = number(reader, 1);
  if (type < 0x80) return type;
  if (type < 0x90) return map(reader, type & 15, depth);
  if (type < 0xa0) return list(reader, type & 15, depth);
  if (type < 0xc0) return text(reader, type & 31);
  if (type >= 0xe0) return type - 0x100;
  return WIDE[type - 0xc0]?.(reader, depth);
}

function slice(reader: Reader, length: number): Uint8Array {
  if (reader.at + length > reader.bytes.length) throw new RangeError('cut off');
  const part = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return part;
}

/** Old encoders write bytes as texts. */
function text(reader: Reader, length: number): string | Uint8Array {
  const part = slice(reader, length);
  return utf8(part) ?? part;
}

function list(reader: Reader, length: number, depth: number): unknown[] {
  const items: unknown[] = [];
  for (let i = 0; i < length; i += 1) items.push(readValue(reader, depth + 1));
  return items;
}

function map(reader: Reader, length: number, depth: number): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (let i = 0; i < length; i += 1)
    entries.push([String(readValue(reader, depth + 1)), readValue(reader, depth + 1)]);
  return Object.fromEntries(entries);
}

function extension(reader: Reader, length: number): Uint8Array {
  number(reader, 1);
  return slice(reader, length);
}

function fixed(size: number, read: (view: DataView, at: number) => number | bigint) {
  return (reader: Reader): number => {
    const value = read(reader.view, reader.at);
    reader.at += size;
    return Number(value);
  };
}

type Read = (reader: Reader, depth: number) => unknown;

function unused(): never {
  throw new RangeError('0xc1 is no type');
}

/** What the types from 0xc0 to 0xdf stand for, in order. */
const WIDE: readonly Read[] = [
  () => null,
  unused,
  () => false,
  () => true,
  (reader) => slice(reader, number(reader, 1)),
  (reader) => slice(reader, number(reader, 2)),
  (reader) => slice(reader, number(reader, 4)),
  (reader) => extension(reader, number(reader, 1)),
  (reader) => extension(reader, number(reader, 2)),
  (reader) => extension(reader, number(reader, 4)),
  fixed(4, (view, at) => view.getFloat32(at)),
  fixed(8, (view, at) => view.getFloat64(at)),
  fixed(1, (view, at) => view.getUint8(at)),
  fixed(2, (view, at) => view.getUint16(at)),
  fixed(4, (view, at) => view.getUint32(at)),
  fixed(8, (view, at) => view.getBigUint64(at)),
  fixed(1, (view, at) => view.getInt8(at)),
  fixed(2, (view, at) => view.getInt16(at)),
  fixed(4, (view, at) => view.getInt32(at)),
  fixed(8, (view, at) => view.getBigInt64(at)),
  ...[1, 2, 4, 8, 16].map(
    (size): Read =>
      (reader) =>
        extension(reader, size),
  ),
  (reader) => text(reader, number(reader, 1)),
  (reader) => text(reader, number(reader, 2)),
  (reader) => text(reader, number(reader, 4)),
  (reader, depth) => list(reader, number(reader, 2), depth),
  (reader, depth) => list(reader, number(reader, 4), depth),
  (reader, depth) => map(reader, number(reader, 2), depth),
  (reader, depth) => map(reader, number(reader, 4), depth),
];
