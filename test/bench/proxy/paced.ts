/** Ten thousand messages a second of 4 KiB, as an application that negotiates, chats and plays over one server may send them. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { offerOf } from '../material.ts';
import { print } from '../measure.ts';
import { recorded } from './recording.ts';
import { end, memoryOf, open, renego } from './ways.ts';

const [RATE, SECONDS, CONNECTIONS, SIZE] = [10_000, 20, 10, 4096];

const WORDS = 'the quick brown fox jumps over the lazy dog, and then it says: hello! '.repeat(80);
const padded = (object: object): string => {
  const bare = JSON.stringify({ ...object, pad: '' }).length;
  return JSON.stringify({ ...object, pad: WORDS.slice(0, SIZE - bare) });
};
const CANDIDATE = 'candidate:1 1 udp 2122260223 192.0.2.1 10000 typ host generation 0 ufrag abcd';

/** Of twenty: an offer, a candidate, eight of chat, ten of positions in binary. */
function message(n: number): string | Buffer {
  if (n % 20 === 0) return JSON.stringify({ type: 'offer', to: 'bob', sdp: offerOf(1).slice(0, SIZE) });
  if (n % 20 === 1) return padded({ type: 'candidate', to: 'bob', candidate: { candidate: CANDIDATE, sdpMid: '0' } });
  if (n % 2 === 0) return padded({ type: 'chat', from: 'alice', text: `hello ${n}` });
  const positions = new Float32Array(SIZE / 4).map((_, i) => Math.sin(n + i) * 100);
  return Buffer.from(positions.buffer);
}

/** Sends by the clock; what is late is sent at once. */
export async function paced(record: string): Promise<void> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  let arrived = 0;
  let reached = () => {};
  const total = RATE * SECONDS;
  server.on('connection', (socket) =>
    socket.on('message', () => {
      arrived += 1;
      if (arrived === total) reached();
    }),
  );
  await once(server, 'listening');
  const way = await renego(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, record);
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(way.url)));
  const messages = Array.from({ length: 200 }, (_, n) => message(n));
  const all = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const memory: number[] = [];
  const start = performance.now();
  let [sent, telling] = [0, 0];
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * RATE));
    for (; sent < due; sent++) {
      sockets[sent % CONNECTIONS]?.send(messages[sent % messages.length] as string);
      if (sent % 20 < 2) telling += 1;
    }
    if (memory.length < (performance.now() - start) / 1000) memory.push(memoryOf(way) ?? 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await all;
  const took = (performance.now() - start) / 1000;
  const rest = await end(way);
  for (const socket of sockets) socket.terminate();
  server.close();
  const found = await recorded(record);
  rmSync(record, { force: true });
  const middle = memory.slice(SECONDS / 4);
  print(
    `${RATE.toLocaleString('en')} messages a second of 4 KiB for ${SECONDS} s on ${CONNECTIONS} connections`,
    ['sent', 'messages/s', 'forwarded', 'decoded and recorded', 'with negotiation', 'found', 'read later MiB'],
    [
      [
        total,
        Math.round(total / took),
        arrived,
        found.messages,
        telling,
        found.telling,
        Math.round(found.waited / 1024 / 1024),
      ].map((one) => one.toLocaleString('en')),
    ],
  );
  const mib = (value: number | undefined) => (value ?? 0).toFixed(0);
  console.log(
    `memory ${mib(memory[0])} MiB at first, then ${mib(Math.min(...middle))} to ${mib(Math.max(...middle))} MiB; ${Math.round(rest)} ms to end; ${found.blind ? 'NOT everything was read' : 'everything was read'}\n`,
  );
}
