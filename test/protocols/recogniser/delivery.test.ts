import { expect, it } from 'vitest';
import { createDelivery } from '../../../src/protocols/recogniser/delivery.ts';

const frame = (number: number, conn: string, out: boolean, sdp = 'v=0') => ({
  ...{ number, conn, out },
  found: [{ type: 'offer', sdp }] as const,
});

it('a message that comes out elsewhere was for that connection', () => {
  const delivery = createDelivery();
  delivery.add(frame(1, 'a', true));
  delivery.add(frame(2, 'b', false));
  delivery.add(frame(3, 'c', false));
  expect([delivery.copyOf(2), delivery.copyOf(3), delivery.receiver(1), delivery.relays]).toEqual([1, 1, 'b', true]);
});

it('an echo is a copy, but tells of no receiver', () => {
  const delivery = createDelivery();
  delivery.add(frame(1, 'a', true));
  delivery.add(frame(2, 'a', false));
  expect([delivery.copyOf(2), delivery.receiver(1), delivery.relays]).toEqual([1, undefined, false]);
});

it('another message is no copy', () => {
  const delivery = createDelivery();
  delivery.add(frame(1, 'a', true));
  delivery.add(frame(2, 'b', false, 'v=0 other'));
  expect(delivery.copyOf(2)).toBeUndefined();
});

it('the second copy on one connection is of the second message', () => {
  const delivery = createDelivery();
  delivery.add(frame(1, 'a', true));
  delivery.add(frame(2, 'a', true));
  delivery.add(frame(3, 'b', false));
  delivery.add(frame(4, 'b', false));
  expect([delivery.copyOf(3), delivery.copyOf(4)]).toEqual([1, 2]);
});

it('an end of candidates comes back only from a server that sends messages back', () => {
  const end = (number: number, out: boolean) => ({
    ...frame(number, 'a', out),
    found: [{ type: 'end-of-candidates' }] as const,
  });
  const [quiet, echoing] = [createDelivery(), createDelivery()];
  quiet.add(end(1, true));
  quiet.add(end(2, false));
  echoing.add(frame(1, 'a', true));
  echoing.add(frame(2, 'a', false));
  echoing.add(end(3, true));
  echoing.add(end(4, false));
  expect([quiet.copyOf(2), echoing.copyOf(4)]).toEqual([undefined, 3]);
});

it('what the server sends again without having got it again is a replay', () => {
  const delivery = createDelivery();
  delivery.add(frame(1, 'a', true));
  delivery.add(frame(2, 'b', false));
  delivery.add(frame(3, 'b', false));
  expect([delivery.replayOf(2), delivery.copyOf(3), delivery.replayOf(3)]).toEqual([undefined, undefined, 2]);
});

it('other line ends do not make another message', () => {
  const delivery = createDelivery();
  delivery.add(frame(1, 'a', true, 'v=0\r\ns=-\r\n'));
  delivery.add(frame(2, 'b', false, 'v=0\ns=-'));
  expect(delivery.copyOf(2)).toBe(1);
});

it('of very many messages the last ones are remembered', () => {
  const delivery = createDelivery();
  const MANY = 200_000;
  for (let number = 1; number <= MANY; number += 1) {
    delivery.add(frame(number, number % 2 === 0 ? 'b' : 'a', number % 2 === 1, `v=0 ${(number + 1) >> 1}`));
  }
  expect([delivery.copyOf(MANY), delivery.receiver(MANY - 1)]).toEqual([MANY - 1, 'b']);
  expect([delivery.copyOf(2), delivery.receiver(1)]).toEqual([undefined, undefined]);
});

it('long texts that differ in one letter are two, line ends apart', () => {
  const delivery = createDelivery();
  const text = (letter: string, end: string) => `v=0${end}${'a=candidate:1 1 udp 1 '.repeat(500)}${letter}${end}`;
  delivery.add(frame(1, 'a', true, text('x', '\r\n')));
  delivery.add(frame(2, 'b', false, text('y', '\r\n')));
  delivery.add(frame(3, 'b', false, text('x', '\n')));
  expect([delivery.copyOf(2), delivery.copyOf(3)]).toEqual([undefined, 1]);
});
