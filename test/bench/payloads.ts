/** Frames for the recogniser: those of real systems, and those made to be slow. */
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { pathOf } from './measure.ts';

interface Captured {
  readonly opcode: string;
  readonly data: string;
}

/** The payloads of every recorded frame, by system. */
export function recordedPayloads(): ReadonlyMap<string, readonly string[]> {
  const bundle = brotliDecompressSync(readFileSync(pathOf('test/fixtures/healthy/servers.ndjson.br'))).toString('utf8');
  const captures = bundle.trimEnd().split('\n');
  return new Map(
    captures.map((line) => {
      const { name, text } = JSON.parse(line) as { name: string; text: string };
      const frames = text.trimEnd().split('\n');
      return [name, frames.map((frame) => (JSON.parse(frame) as Captured).data)];
    }),
  );
}

const MIB = 1024 * 1024;
const repeat = (text: string, length = MIB): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** One MiB each, or what opens to more. */
export function hostilePayloads(): ReadonlyMap<string, string | Uint8Array> {
  let nested = '"v=0"';
  while (nested.length < MIB) nested = JSON.stringify(nested);
  let packed = Buffer.alloc((256 * MIB) >> 3);
  for (let i = 0; i < 3; i += 1) packed = gzipSync(packed);
  return new Map<string, string | Uint8Array>([
    ['words', repeat('the quick brown fox ')],
    ['open brackets', repeat('[')],
    ['open braces in a text', `x${repeat('{"a":')}`],
    ['white space before the end', `x{${repeat(' ')}x`],
    ['JSON in JSON in JSON', nested],
    ['a list of 100,000 candidates', JSON.stringify(Array<string>(100_000).fill('candidate:1'))],
    ['base64', Buffer.from(repeat('{"a":1} ')).toString('base64')],
    ['percent signs', repeat('%7B')],
    ['open tags', repeat('<a b="c">')],
    ['less-than signs', repeat('<a ')],
    ['record separators', repeat('{}\x1e')],
    ['SIP header lines', `INVITE sip:a SIP/2.0\r\n${repeat('a: b\r\n ')}`],
    ['zeros in gzip in gzip in gzip', packed],
    ['bytes', Uint8Array.from({ length: MIB }, (_, i) => (i * 7919 + (i >> 8)) & 255)],
    ['readable runs in bytes', Uint8Array.from({ length: MIB }, (_, i) => (i % 30 === 0 ? 0 : 65 + (i % 26)))],
    ['SDP lines', `v=0\r\n${repeat('a=candidate:1 1 udp 1 h 1 typ host\r\n')}`],
  ]);
}
