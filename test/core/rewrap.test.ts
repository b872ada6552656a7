import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rewrap } from '../../src/core/rewrap.ts';

const before = 'v=0\r\na=setup:actpass\r\n';
const after = 'v=0\r\na=setup:active\r\na=x:"quoted"\r\n';

test.each([
  ['by itself', (sdp: string) => sdp],
  ['in JSON', (sdp: string) => JSON.stringify({ type: 'offer', sdp })],
  ['in JSON behind a prefix', (sdp: string) => `42${JSON.stringify(['message', { sdp }])}`],
  ['in JSON in JSON', (sdp: string) => JSON.stringify({ data: JSON.stringify({ sdp }) })],
  ['three deep', (sdp: string) => JSON.stringify([JSON.stringify({ a: JSON.stringify({ sdp }) })])],
  ['in SIP', (sdp: string) => `INVITE sip:a SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${sdp}`],
])('puts it back %s', (_, wrap) => {
  expect(rewrap(wrap(before), before, after)).toBe(wrap(after));
});

test('knows escapes that JSON.stringify does not write', () => {
  const frame = JSON.stringify({ sdp: 'a=x/y\r\n', n: 1 }).replaceAll('/', '\\/');
  expect(JSON.parse(rewrap(frame, 'a=x/y\r\n', 'a=z\r\n') ?? '')).toEqual({ sdp: 'a=z\r\n', n: 1 });
  const nested = JSON.stringify({ data: frame });
  const again = JSON.parse(rewrap(nested, 'a=x/y\r\n', 'a=z\r\n') ?? '') as { data: string };
  expect(JSON.parse(again.data)).toEqual({ sdp: 'a=z\r\n', n: 1 });
});

test('says when it is not there', () => {
  expect(rewrap('{"sdp":"other"}', before, after)).toBeUndefined();
  expect(rewrap('no JSON', before, after)).toBeUndefined();
  expect(rewrap('', '', 'x')).toBeUndefined();
});

test('never throws, and gives back what it was given for an empty change', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(3), (text, extra, depth) => {
      let frame = text;
      for (let i = 0; i < depth; i++) frame = JSON.stringify({ extra, frame });
      rewrap(extra, text, extra);
      expect(text === '' || rewrap(frame, text, text) === frame).toBe(true);
    }),
  );
});
