/** Masking of WebSocket payloads (RFC 6455 5.3). */

/** A copy of `body` without the mask whose four bytes stand at `at` in `bytes`. */
export function unmasked(body: Buffer, bytes: Buffer, at: number): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  out.set(body);
  applyMask(out, bytes.subarray(at, at + 4));
  return out;
}

/** In place; four bytes at a time where memory is aligned for it. */
export function applyMask(data: Buffer, mask: Buffer): void {
  const aligned = data.byteOffset % 4 === 0 ? data.length >> 2 : 0;
  if (aligned > 0) {
    const words = new Uint32Array(data.buffer, data.byteOffset, aligned);
    const word = new Uint32Array(Uint8Array.from(mask).buffer)[0] ?? 0;
    for (let i = 0; i < aligned; i++) words[i] = (words[i] ?? 0) ^ word;
  }
  for (let i = aligned * 4; i < data.length; i++) data[i] = (data[i] ?? 0) ^ (mask[i & 3] ?? 0);
}

/** One whole frame. With `mask` (four bytes) as a client sends it. */
export function encodeFrame(opcode: number, payload: Buffer, mask?: Buffer): Buffer {
  const extra = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
  const start = 2 + extra + (mask === undefined ? 0 : 4);
  const frame = Buffer.allocUnsafe(start + payload.length);
  frame[0] = 0x80 | opcode;
  frame[1] = (mask === undefined ? 0 : 0x80) | (extra === 0 ? payload.length : extra === 2 ? 126 : 127);
  if (extra === 2) frame.writeUInt16BE(payload.length, 2);
  if (extra === 8) frame.writeBigUInt64BE(BigInt(payload.length), 2);
  frame.set(payload, start);
  if (mask !== undefined) {
    frame.set(mask, start - 4);
    const body = frame.subarray(start);
    for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (mask[i & 3] ?? 0);
  }
  return frame;
}
