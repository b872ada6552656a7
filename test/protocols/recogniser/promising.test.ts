import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isPromising } from '../../../src/protocols/recogniser/promising.ts';
import { signalsIn } from '../../../src/protocols/recogniser/recognise.ts';
import { base64, C, ice, json, O, offer } from './exam.ts';

const PACKED: Readonly<Record<string, string>> = {
  'a description': O,
  'JSON that escapes what HTML means (Gson)': json(offer).replaceAll('=', '\\u003d'),
  'base64 of a description': base64(O),
  'base64 of JSON': base64(json(offer)),
  'base64 in lines': base64(json(offer)).replace(/.{76}/g, '$&\r\n'),
  'base64 of gzip': base64(gzipSync(json(offer))),
  'a form': new URLSearchParams({ type: 'offer', sdp: O }).toString(),
  'base64 in a form': new URLSearchParams({ data: base64(O) }).toString(),
  'base64 of a candidate': base64(C),
  'JSON in a form': new URLSearchParams({ m: json(ice) }).toString(),
  'a Buffer of Node': json({ m: Buffer.from(O) }),
  'ICE parameters': json({ iceParameters: { usernameFragment: 'abcd', password: 'efgh' } }),
};

test.each(Object.entries(PACKED))('%s is worth a look, and holds something', (_, text) => {
  expect(signalsIn(text)).not.toEqual([]);
  expect(isPromising(text)).toBe(true);
});

test('what applications say otherwise is not', () => {
  const texts = ['', '{}', 'ok', json({ id: 7, name: 'Ann', tags: ['a', 'b'], text: 'the quick brown fox jumps' })];
  for (const text of [...texts, '<svg><path d="M 1 2 3 4"/></svg>']) expect(isPromising(text)).toBe(false);
});
