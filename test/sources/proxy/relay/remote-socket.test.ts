/** A socket of the relay as Node's HTTP uses it, with the relay's part played here. */
import { Agent, request } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ToRelay } from '../../../../src/sources/proxy/relay/messages.ts';
import { RemoteSocket } from '../../../../src/sources/proxy/relay/remote-socket.ts';

function scripted() {
  const orders: ToRelay[] = [];
  const socket = new RemoteSocket(2, '127.0.0.1', true, (order) => void orders.push(order));
  return { orders, socket };
}

const turns = async (): Promise<void> => {
  for (let n = 0; n < 5; n += 1) await turn();
};

test('writes one after the other, each when the one before is out; of nothing nothing is sent', async () => {
  const { orders, socket } = scripted();
  let done = 0;
  socket.write('one', () => (done += 1));
  socket.write('', () => (done += 1));
  await turns();
  expect([orders.length, done]).toEqual([1, 0]);
  socket.wrote();
  await turns();
  expect([orders.length, done]).toEqual([1, 2]);
});

test('a connection whose answer is there before the request is out is free once', async () => {
  const { orders, socket } = scripted();
  const agent = Object.assign(new Agent({ keepAlive: true }), { createConnection: () => socket as unknown as Socket });
  let freed = 0;
  agent.on('free', () => {
    freed += 1;
  });
  const sent = request({ agent, method: 'POST', headers: { 'content-length': '2' } });
  sent.write('40');
  await turns();
  sent.end();
  const answered = new Promise((resolve) => sent.on('response', (answer) => answer.resume().on('end', resolve)));
  socket.wrote();
  socket.arrived(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok'));
  await answered;
  await turns();
  expect(freed).toBe(1);
  // The relay has got the head and the body, and nothing else it would have to answer.
  while (orders.filter((order) => order.do === 'write').length > 1) {
    orders.splice(
      orders.findIndex((order) => order.do === 'write'),
      1,
    );
    socket.wrote();
  }
  await turns();
  expect(freed).toBe(1);
});
