/** Protocol buffers without their schema: fields by number, in the order they stand. Strict, so that it recognises them. */
import { readableText } from './utf8.ts';

const [MAX_DEPTH, MAX_FIELDS] = [12, 5_000];
const MAX_FIELD_NUMBER = 536_870_911;

/**
 * The fields by number, each value a text, bytes, a number or another message; a number that comes again has a list.
 * Undefined if the bytes are no message as a whole.
 */
export function readProtobuf(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  return bytes.length < 2 ? undefined : message(bytes, { fields: MAX_FIELDS }, 0);
}

function message(
  bytes: Uint8Array,
  left: { fields: number },
  depth: number,
): Readonly<Record<string, unknown>> | undefined {
  const fields = new Map<string, unknown[]>();
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) {
    left.fields -= 1;
    const tag = varint(reader);
    if (tag === undefined || left.fields < 0) return undefined;
    const number = Math.floor(tag / 8);
    if (number < 1 || number > MAX_FIELD_NUMBER) return undefined;
    const value = fieldOf(reader, tag % 8, left, depth);
    if (value === undefined) return undefined;
    const values = fields.get(String(number)) ?? [];
    values.push(value);
    fields.set(String(number), values);
  }
  return Object.fromEntries([...fields].map(([number, values]) => [number, values.length === 1 ? values[0] : values]));
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

/** At most ten bytes; what is larger than a double can say is rounded. */
export function varint(reader: Reader): number | undefined {
  let [value, scale] = [0, 1];
  for (let i = 0; i < 10; i += 1) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) return undefined;
    reader.at += 1;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
  return undefined;
}

function fieldOf(reader: Reader, wire: number, left: { fields: number }, depth: number): unknown {
  if (wire === 0) return varint(reader);
  if (wire === 1 || wire === 5) return slice(reader, wire === 1 ? 8 : 4);
  if (wire !== 2) return undefined;
  const length = varint(reader);
  const part = length === undefined ? undefined : slice(reader, length);
  if (part === undefined) return undefined;
  const text = readableText(part);
  if (text !== undefined) return text;
  return (depth < MAX_DEPTH && part.length > 1 ? message(part, left, depth + 1) : undefined) ?? part;
}

function slice(reader: Reader, length: number): Uint8Array | undefined {
  if (reader.at + length > reader.bytes.length) return undefined;
  const part = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return part;
}
