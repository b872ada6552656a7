import { expect, it } from 'vitest';
import { readFrame } from '../../src/importers/frame.ts';

it('reads a frame', () => {
  const data = '{"type":"offer","sdp":"v=0\\r\\n"}';
  expect(readFrame({ t: 5, dir: 's2c', conn: 'b', opcode: 'text', data })).toEqual({
    t: 5,
    out: false,
    conn: 'b',
    encoding: 'text',
    data,
  });
});

it.each([
  ['no line', undefined],
  ['no direction', { t: 1, data: '' }],
  ['a direction nobody knows', { t: 1, dir: 'up', data: '' }],
  ['no data', { t: 1, dir: 'c2s' }],
])('%s is no frame', (_, line) => expect(readFrame(line)).toBeUndefined());

it('does with what is missing', () => {
  expect(readFrame({ dir: 'c2s', data: 'hello', conn: 7 })).toMatchObject({
    t: 0,
    conn: '7',
    encoding: 'text',
  });
});
