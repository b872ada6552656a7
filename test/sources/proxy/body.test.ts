import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MAX_BODY, plain, wholeOf } from '../../../src/sources/proxy/body.ts';

const text = Buffer.from('{"type":"offer"}');

test('compressions of the web are taken off, also in capitals; others and damaged ones are not guessed at', () => {
  const packed = { gzip: gzipSync(text), GZIP: gzipSync(text), br: brotliCompressSync(text), identity: text };
  for (const [encoding, data] of Object.entries(packed)) expect(plain(data, encoding)).toEqual(text);
  for (const data of [deflateSync(text), deflateRawSync(text)]) expect(plain(data, 'deflate')).toEqual(text);
  for (const encoding of ['gzip', 'rot13', 'constructor']) expect(plain(text, encoding)).toBeUndefined();
  expect(plain(gzipSync(Buffer.alloc(MAX_BODY + 1)), 'gzip')).toBeUndefined();
});

test('that is done once for each body', () => {
  const body = wholeOf({ headers: { 'content-encoding': 'gzip' } } as IncomingMessage, gzipSync(text));
  expect(body.plain).toEqual(text);
  expect(body.plain).toBe(body.plain);
});
