/** Captured frames of one connection, decoded; and what they say, counted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decoded, Decoder, Frame } from '../../src/protocols/protocol.ts';

export function decodeCapture(name: string, decoder: Decoder, conn?: string): Decoded[] {
  const path = join(import.meta.dirname, '../fixtures/frames', `${name}.ndjson`);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { conn: string; dir: string; opcode: string; data: string })
    .filter((one) => conn === undefined || one.conn === conn)
    .map((one): Frame => {
      const encoding = one.opcode === 'text' ? 'text' : 'base64';
      return { data: one.data, encoding, direction: one.dir === 'c2s' ? 'out' : 'in' };
    })
    .map((frame) => decoder.decode(frame));
}

/** `offer renego+alice` and how often, for what is negotiated. */
export function count(decoded: readonly Decoded[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { from, to, signals } of decoded) {
    for (const signal of signals) {
      if (!/^(?:offer|answer|pranswer|candidate|end-of-candidates|bye)$/.test(signal.type)) continue;
      const key = `${signal.type} ${from} > ${to}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}
