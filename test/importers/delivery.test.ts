import { expect, it } from 'vitest';
import { createDelivery } from '../../src/importers/delivery.ts';

const frame = (number: number, conn: string, out: boolean, sdp = 'v=0') => ({
  ...({ number, conn, out, t: number, encoding: 'text', data: '', message: {} } as const),
  found: [{ type: 'offer', sdp }] as const,
  ids: [[]],
  address: { from: undefined, to: undefined },
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
