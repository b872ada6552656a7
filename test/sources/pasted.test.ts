import { expect, it } from 'vitest';
import { createAssembler } from '../../src/sources/pasted.ts';

function read(...lines: string[]): string[] {
  const parts = createAssembler();
  return [...lines.flatMap((line) => parts.push(line)), ...parts.flush()];
}

it('a line is a message, bare SDP is one over many lines', () => {
  expect(read('{"type":"offer"}', '', '  YmFzZTY0  ')).toEqual(['{"type":"offer"}', 'YmFzZTY0']);
  expect(read('v=0', 's=-\r', 'a=mid:0', '', '{"a":1}')).toEqual(['v=0\r\ns=-\r\na=mid:0\r\n', '{"a":1}']);
  expect(read('v=0', 's=a', 'v=0', 's=b')).toEqual(['v=0\r\ns=a\r\n', 'v=0\r\ns=b\r\n']);
});

it("of another renego's events only its messages to us count", () => {
  const line = (event: object): string => JSON.stringify({ schema: 1, ...event });
  expect(
    read(
      line({ kind: 'state', value: 'stable' }),
      line({ kind: 'message', from: 'peer', to: 'renego', raw: 'ours' }),
      line({ kind: 'message', from: 'renego', to: 'peer', raw: '{"type":"offer"}' }),
      '{"schema":1,"kind":"mess',
    ),
  ).toEqual(['{"type":"offer"}']);
});

it('an endless paste is not kept', () => {
  const long = `a=${'x'.repeat(10_000)}`;
  const whole = read('v=0', ...Array.from({ length: 300 }, () => long));
  expect(Math.max(...whole.map(({ length }) => length))).toBeLessThan(1_200_000);
});
