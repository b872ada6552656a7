import { expect, test } from 'vitest';
import { createEventBlocks, withData } from '../../../src/sources/proxy/event-blocks.ts';

const of = (text: string) => Buffer.from(text);

test.each([
  ['\n', 'lines'],
  ['\r\n', 'CRLF'],
  ['\r', 'CR'],
])('blocks end at a blank line, whatever pieces they come in (%j)', (end) => {
  const text = ['\ufeffevent: x', 'data: one', 'data:two', '', ': comment', '', 'data', '', ''].join(end);
  for (const size of [1, 2, 7, 1000]) {
    const blocks = createEventBlocks();
    const bytes = of(text);
    const all = [];
    for (let at = 0; at < bytes.length; at += size) all.push(...blocks.push(bytes.subarray(at, at + size), false));
    expect(all.map(({ data }) => data)).toEqual(['one\ntwo', undefined, '']);
    expect(Buffer.concat([...all.map(({ raw }) => raw), blocks.take()])).toEqual(bytes);
  }
});

test('what has been passed on before an event was whole is not passed on again', () => {
  const blocks = createEventBlocks();
  expect(blocks.push(of('data: on'), true)).toEqual([]);
  const [begun, next] = blocks.push(of('e\n\ndata: two\n\n'), false);
  expect(begun).toMatchObject({ sent: 8, data: 'one' });
  expect(next).toMatchObject({ sent: 0, data: 'two' });
});

test('an event that is too long is let through, and what follows is read again', () => {
  const blocks = createEventBlocks();
  blocks.push(of('data: '), false);
  blocks.push(Buffer.alloc(2 * 1024 * 1024, 'x'), false);
  expect(blocks.full).toBe(true);
  expect(blocks.take()).toHaveLength(2 * 1024 * 1024 + 6);
  blocks.push(of('x'), true);
  expect(blocks.full).toBe(false);
  expect(blocks.push(of('\n\ndata: next\n\n'), false).map(({ data }) => data)).toEqual([undefined, 'next']);
});

test('other data is put where the old was', () => {
  expect(String(withData(of('id: 1\r\ndata: a\r\nevent: x\r\n\r\n'), 'b\nc'))).toBe(
    'id: 1\nevent: x\ndata: b\ndata: c\n\n',
  );
  expect(String(withData(Buffer.alloc(0), 'new'))).toBe('data: new\n\n');
});
