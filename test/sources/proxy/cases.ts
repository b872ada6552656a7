/**
 * What a client may say after the handshake, in order and out of order: the cases of a fuzzing client for WebSocket
 * implementations, by the sections of RFC 6455 and RFC 7692. Each is a list of writes.
 */
import { constants, deflateRawSync } from 'node:zlib';

export interface Case {
  readonly name: string;
  readonly writes: readonly Buffer[];
  /** The fragments are interrupted by a control frame. */
  readonly interrupted?: true;
  /** No server has a reason to close: the client does. */
  readonly endless?: true;
}

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

interface FrameOptions {
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly mask?: Buffer | false;
}

/** A frame as a client sends it, however wrong. */
export function frame(opcode: number, payload: Buffer | string, options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, mask = MASK } = options;
  const data = Buffer.from(payload as string);
  const length =
    data.length < 126
      ? Buffer.from([data.length])
      : data.length < 65_536
        ? Buffer.from([126, data.length >> 8, data.length & 255])
        : Buffer.concat([Buffer.from([127, 0, 0, 0, 0]), u32(data.length)]);
  if (mask !== false) length[0] = (length[0] ?? 0) | 0x80;
  const first = Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode]);
  if (mask === false) return Buffer.concat([first, length, data]);
  return Buffer.concat([first, length, mask, data.map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export const close = (code: number, reason: Buffer | string = ''): Buffer =>
  frame(8, Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason as string)]));
const END = close(1000);

const text = (size: number): string => 'renego '.repeat(Math.ceil(size / 7)).slice(0, size);
const bytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, (_, i) => (i * 31) & 255));

/** Cuts what is written into pieces of that size. */
const chopped = (size: number, ...frames: readonly Buffer[]): Buffer[] => {
  const all = Buffer.concat(frames);
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
};

const SIZES = [0, 1, 124, 125, 126, 127, 128, 65_535, 65_536, 65_537];

const framing: readonly Case[] = SIZES.flatMap((size) => [
  { name: `text of ${size}`, writes: [frame(1, text(size)), END] },
  { name: `binary of ${size}`, writes: [frame(2, bytes(size)), END] },
  { name: `text of ${size} in pieces of 997`, writes: chopped(997, frame(1, text(size)), END) },
]);

const pings: readonly Case[] = [
  ...[0, 1, 125].map((size) => ({ name: `ping of ${size}`, writes: [frame(9, bytes(size)), END] })),
  { name: 'ping of 126, which is too long', writes: [frame(9, bytes(126)), END] },
  { name: 'pong nobody asked for', writes: [frame(10, 'x'), frame(1, 'after'), END] },
  { name: 'ten pings at once', writes: [Buffer.concat([...Array(10).keys()].map((n) => frame(9, `${n}`))), END] },
  { name: 'ten pings byte by byte', writes: chopped(1, ...[...Array(10).keys()].map((n) => frame(9, `${n}`)), END) },
  { name: 'ping in fragments, which is wrong', writes: [frame(9, 'a', { fin: false }), frame(0, 'b'), END] },
];

const reserved: readonly Case[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((rsv) => ({
    name: `reserved bits ${rsv}`,
    writes: [frame(1, 'first'), frame(1, 'second', { rsv }), frame(9, 'x'), END],
  })),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) => ({
    name: `reserved opcode ${opcode}`,
    writes: [frame(1, 'first'), frame(opcode, 'x'), frame(9, 'x'), END],
  })),
  { name: 'no mask', writes: [frame(1, 'bare', { mask: false }), END] },
  { name: 'a mask of zeros', writes: [frame(1, 'plain to see', { mask: Buffer.alloc(4) }), END] },
];

const fragments: readonly Case[] = [
  { name: 'two fragments', writes: [frame(1, 'one ', { fin: false }), frame(0, 'two'), END] },
  {
    name: 'fragments of nothing',
    writes: [frame(1, '', { fin: false }), frame(0, '', { fin: false }), frame(0, ''), END],
  },
  {
    name: 'a thousand fragments',
    writes: [frame(2, 'x', { fin: false }), ...Array(998).fill(frame(0, 'y', { fin: false })), frame(0, 'z'), END],
  },
  {
    name: 'ping between fragments',
    writes: [frame(1, 'one ', { fin: false }), frame(9, 'ping'), frame(0, 'two'), END],
    interrupted: true,
  },
  {
    name: 'many pings between fragments, byte by byte',
    writes: chopped(
      1,
      ...['a', 'b', 'c'].flatMap((part, i) => [frame(i === 0 ? 1 : 0, part, { fin: false }), frame(9, part)]),
      frame(0, 'end'),
      END,
    ),
    interrupted: true,
  },
  { name: 'continuation of nothing', writes: [frame(0, 'x'), frame(1, 'after'), END] },
  { name: 'a new message inside another', writes: [frame(1, 'one', { fin: false }), frame(1, 'two'), END] },
  { name: 'close inside a message', writes: [frame(1, 'one', { fin: false }), END], interrupted: true },
  {
    name: 'a message that does not end',
    writes: [frame(1, 'one', { fin: false }), frame(0, 'two', { fin: false })],
    endless: true,
  },
];

const VALID = ['κόσμε', '\u{10ffff}', '\u{1f600}', '\u0000', '\ufeff', 'x\u0301', '\ufffe'];
const INVALID = [
  'cebae1bdb9cf83cebcceb5eda080656469746564',
  'f4908080',
  'c0af',
  'ff',
  'e0809f',
  'edbfbf',
  'c3',
  'f8888080',
];

const utf8: readonly Case[] = [
  ...VALID.map((valid) => ({ name: `UTF-8 ${escape(valid)}`, writes: [frame(1, valid), END] })),
  ...VALID.map((valid) => {
    const all = Buffer.from(`before ${valid} after`);
    const parts = [...all].map((byte, i) => frame(i === 0 ? 1 : 0, Buffer.from([byte]), { fin: i === all.length - 1 }));
    return { name: `UTF-8 ${escape(valid)} in fragments of a byte`, writes: [...parts, END] };
  }),
  ...INVALID.map((hex) => ({ name: `no UTF-8 ${hex}`, writes: [frame(1, Buffer.from(hex, 'hex')), END] })),
];

const closes: readonly Case[] = [
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999],
  ...[0, 999, 1004, 1005, 1006, 1012, 1016, 1100, 2000, 2999, 5000, 65_535],
].map((code) => ({ name: `close ${code}`, writes: [close(code, 'why')] }));

const closing: readonly Case[] = [
  { name: 'close without a code', writes: [frame(8, '')] },
  { name: 'close with half a code', writes: [frame(8, Buffer.from([3]))] },
  { name: 'close with the longest reason', writes: [close(1000, text(123))] },
  { name: 'close with a reason that is too long', writes: [close(1000, text(124))] },
  { name: 'close with a reason that is no UTF-8', writes: [close(1000, Buffer.from('ff', 'hex'))] },
  { name: 'close twice', writes: [END, END] },
  { name: 'a message after close', writes: [END, frame(1, 'too late'), frame(9, 'x')] },
];

const limits: readonly Case[] = [64, 256, 1024].flatMap((kib) => [
  { name: `text of ${kib} KiB`, writes: [frame(1, text(kib * 1024)), END] },
  { name: `binary of ${kib} KiB in pieces`, writes: chopped(64 * 1024, frame(2, bytes(kib * 1024)), END) },
  {
    name: `${kib} KiB in fragments of 4 KiB`,
    writes: [
      ...Array.from({ length: kib / 4 }, (_, i) => frame(i === 0 ? 2 : 0, bytes(4096), { fin: i === kib / 4 - 1 })),
      END,
    ],
  },
]);

/** For connections without compression. */
export const CASES: readonly Case[] = [
  ...[framing, pings, reserved, fragments, utf8, closes, closing, limits].flat(),
  { name: 'a length beyond all numbers', writes: [Buffer.from('82ffffffffffffffffff00000000616263', 'hex')] },
  { name: 'noise', writes: [Buffer.from('474554202f20485454502f312e310d0a0d0a'.repeat(20), 'hex')], interrupted: true },
];

/** Compressed as a sender does that keeps what it has sent (or, without `takeover`, forgets it). */
export function compressor(takeover: boolean, windowBits = 15) {
  let history = Buffer.alloc(0);
  return (data: Buffer | string): Buffer => {
    const plain = Buffer.from(data as string);
    const dictionary = takeover && history.length > 0 ? { dictionary: history } : {};
    const out = deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH, windowBits, ...dictionary });
    history = Buffer.concat([history, plain]).subarray(-(2 ** windowBits));
    return out.subarray(0, -4);
  };
}

/** The same for connections that compress; the writes refer to each other. */
export function compressedCases(takeover: boolean): readonly Case[] {
  const squeezed = (payload: string | Buffer, opcode = 1): Buffer =>
    frame(opcode, compressor(takeover)(payload), { rsv: 4 });
  const inTurn = (payloads: readonly string[]): Buffer[] => {
    const compress = compressor(takeover);
    return payloads.map((payload) => frame(1, compress(payload), { rsv: 4 }));
  };
  return [
    ...SIZES.map((size) => ({ name: `compressed text of ${size}`, writes: [squeezed(text(size)), END] })),
    { name: 'twenty messages that refer to each other', writes: [...inTurn(Array(20).fill(text(500))), END] },
    { name: 'a bare one between compressed ones', writes: [...mixed(inTurn([text(99), text(99)])), END] },
    {
      name: 'a compressed message in fragments',
      writes: [...parted(compressor(takeover)(text(9000))), END],
      interrupted: true,
    },
    { name: 'noise that claims to be compressed', writes: [frame(1, bytes(200), { rsv: 4 }), END] },
    { name: 'a compressed control frame', writes: [frame(9, 'x', { rsv: 4 }), END] },
    { name: 'a compressed continuation', writes: [frame(1, 'x', { fin: false }), frame(0, 'y', { rsv: 4 }), END] },
    { name: 'a mebibyte of zeros', writes: [squeezed(Buffer.alloc(1024 * 1024), 2), END] },
  ];
}

const mixed = ([first, second]: readonly Buffer[]) => [first as Buffer, frame(1, 'bare'), second as Buffer];

function parted(data: Buffer): Buffer[] {
  const half = data.length >> 1;
  return [frame(1, data.subarray(0, half), { fin: false, rsv: 4 }), frame(9, 'between'), frame(0, data.subarray(half))];
}
