import type { IncomingMessage } from 'node:http';
import * as zlib from 'node:zlib';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MAX_BODY, plain, unknownCoding, wholeOf } from '../../../src/sources/proxy/body.ts';

const text = Buffer.from('{"type":"offer"}');

test('compressions of the web are taken off, also in capitals; others and damaged ones are not guessed at', () => {
  const packed = { gzip: gzipSync(text), GZIP: gzipSync(text), br: brotliCompressSync(text), identity: text };
  for (const [encoding, data] of Object.entries(packed)) expect(plain(data, encoding)).toEqual(text);
  for (const data of [deflateSync(text), deflateRawSync(text)]) expect(plain(data, 'deflate')).toEqual(text);
  for (const encoding of ['gzip', 'rot13', 'constructor']) expect(plain(text, encoding)).toBeUndefined();
  expect(plain(gzipSync(Buffer.alloc(MAX_BODY + 1)), 'gzip')).toBeUndefined();
});

test('several, one on another, come off in their order', () => {
  expect(plain(brotliCompressSync(gzipSync(text)), 'gzip, br')).toEqual(text);
  expect(plain(gzipSync(text), 'rot13, gzip')).toBeUndefined();
  expect(unknownCoding('gzip, rot13')).toBe('rot13');
  expect([unknownCoding(), unknownCoding('br,gzip')]).toEqual([undefined, undefined]);
});

test('zstd comes off where Node can, and is named where it cannot', () => {
  const { zstdCompressSync: compress } = zlib as { readonly zstdCompressSync?: (data: Buffer) => Buffer };
  expect(unknownCoding('zstd')).toBe(compress === undefined ? 'zstd' : undefined);
  if (compress !== undefined) expect(plain(compress(text), 'zstd')).toEqual(text);
});

test('that is done once for each body', () => {
  const body = wholeOf({ headers: { 'content-encoding': 'gzip' } } as IncomingMessage, gzipSync(text));
  expect(body.plain).toEqual(text);
  expect(body.plain).toBe(body.plain);
});
