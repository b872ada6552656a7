/**
 * Gzip (RFC 1952), zlib (RFC 1950) and raw deflate (RFC 1951), for what fits a limit. It is here because a package for it
 * costs a quarter of Node's own start-up, and because what comes out has to be bounded while it comes out.
 */

/** What the bytes hold; undefined if they are damaged or hold more than `limit` bytes. */
export function inflate(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  const start = isGzip(bytes) ? gzipHeader(bytes) : isZlib(bytes) ? 2 : 0;
  if (start === undefined) return undefined;
  try {
    return inflateRaw({ bytes, at: start, bit: 0, bits: 0 }, limit);
  } catch (error) {
    if (error instanceof Damaged) return undefined;
    throw error;
  }
}

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** RFC 1950 2.2: method 8, a check that divides by 31, no preset dictionary. */
export function isZlib(bytes: Uint8Array): boolean {
  const [cmf = 0, flg = 0] = bytes;
  return (cmf & 15) === 8 && cmf >> 4 <= 7 && ((cmf << 8) | flg) % 31 === 0 && (flg & 32) === 0;
}

/** Where the deflated data begins. */
function gzipHeader(bytes: Uint8Array): number | undefined {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return undefined;
    at = end + 1;
  }
  return flags & 2 ? at + 2 : at;
}

class Damaged extends Error {}

interface Input {
  readonly bytes: Uint8Array;
  at: number;
  bit: number;
  bits: number;
}

function read(input: Input, count: number): number {
  while (input.bits < count) {
    const byte = input.bytes[input.at++];
    if (byte === undefined) throw new Damaged();
    input.bit |= byte << input.bits;
    input.bits += 8;
  }
  const value = input.bit & ((1 << count) - 1);
  input.bit >>>= count;
  input.bits -= count;
  return value;
}

/** A canonical Huffman code: how many symbols of each length, and the symbols in order. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let i = 1; i < 16; i += 1) offsets[i] = (offsets[i - 1] ?? 0) + (counts[i - 1] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const offset = offsets[length] ?? 0;
    symbols[offset] = symbol;
    offsets[length] = offset + 1;
  }
  return { counts, symbols };
}

function symbolOf(input: Input, { counts, symbols }: Code): number {
  let [code, first, index] = [0, 0, 0];
  for (let length = 1; length < 16; length += 1) {
    code |= read(input, 1);
    const count = counts[length] ?? 0;
    if (code - count < first) return symbols[index + (code - first)] ?? 0;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Damaged();
}

const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115];
LENGTHS.push(131, 163, 195, 227, 258);
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = Array.from({ length: 30 }, (_, i) => (i < 4 ? i + 1 : ((2 + (i & 1)) << ((i >> 1) - 1)) + 1));
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED = codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const FIXED_DISTANCES = codeOf(Array<number>(30).fill(5));

interface Output {
  buffer: Uint8Array;
  length: number;
  readonly limit: number;
}

function inflateRaw(input: Input, limit: number): Uint8Array {
  const output: Output = { buffer: new Uint8Array(Math.min(limit, 4096)), length: 0, limit };
  let last = 0;
  while (last === 0) {
    last = read(input, 1);
    const type = read(input, 2);
    if (type === 0) stored(input, output);
    else if (type === 1) coded(input, output, FIXED, FIXED_DISTANCES);
    else if (type === 2) coded(input, output, ...dynamicCodes(input));
    else throw new Damaged();
  }
  return output.buffer.subarray(0, output.length);
}

function put(output: Output, byte: number): void {
  if (output.length >= output.limit) throw new Damaged();
  if (output.length === output.buffer.length) {
    const larger = new Uint8Array(Math.min(output.limit, output.buffer.length * 2));
    larger.set(output.buffer);
    output.buffer = larger;
  }
  output.buffer[output.length++] = byte;
}

function stored(input: Input, output: Output): void {
  [input.bit, input.bits] = [0, 0];
  const length = read(input, 16);
  if (read(input, 16) !== (length ^ 0xffff)) throw new Damaged();
  for (let i = 0; i < length; i += 1) put(output, read(input, 8));
}

function coded(input: Input, output: Output, literals: Code, distances: Code): void {
  for (;;) {
    const symbol = symbolOf(input, literals);
    if (symbol === 256) return;
    if (symbol < 256) put(output, symbol);
    else {
      const length = (LENGTHS[symbol - 257] ?? 0) + read(input, LENGTH_BITS[symbol - 257] ?? 0);
      const far = symbolOf(input, distances);
      const distance = (DISTANCES[far] ?? 0) + read(input, far < 2 ? 0 : (far >> 1) - 1);
      if (distance > output.length || distance === 0) throw new Damaged();
      for (let i = 0; i < length; i += 1) put(output, output.buffer[output.length - distance] ?? 0);
    }
  }
}

function dynamicCodes(input: Input): [Code, Code] {
  const [literals, distances, codes] = [read(input, 5) + 257, read(input, 5) + 1, read(input, 4) + 4];
  const ordered = Array<number>(19).fill(0);
  for (const place of ORDER.slice(0, codes)) ordered[place] = read(input, 3);
  const code = codeOf(ordered);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = symbolOf(input, code);
    if (symbol < 16) lengths.push(symbol);
    else {
      const repeated = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
      const times = symbol === 16 ? 3 + read(input, 2) : symbol === 17 ? 3 + read(input, 3) : 11 + read(input, 7);
      for (let i = 0; i < times; i += 1) lengths.push(repeated);
    }
  }
  return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals, literals + distances))];
}
