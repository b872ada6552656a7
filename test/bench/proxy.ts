/** What the proxy adds to a message's way, against a plain relay made of `ws` and against none. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { print } from './measure.ts';
import { paced } from './proxy/paced.ts';
import { recorded } from './proxy/recording.ts';
import { end, open, relay, renego, timeOf, type Way } from './proxy/ways.ts';
import { target } from './targets.ts';

const PAYLOAD = JSON.stringify({ type: 'offer', to: 'bob', sdp: `v=0\r\n${'a=x-padding:0123456789\r\n'.repeat(160)}` });

/** Round trips one after the other, in milliseconds. */
async function latencies(socket: WebSocket, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const start = performance.now();
    const back = once(socket, 'message');
    socket.send(PAYLOAD);
    await back;
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

/** Messages per second to the echo and back, as many under way as the sockets take. */
async function throughput(socket: WebSocket, count: number): Promise<number> {
  let heard = 0;
  const all = new Promise<void>((resolve) => {
    const hear = () => {
      heard += 1;
      if (heard < count) return;
      socket.off('message', hear);
      resolve();
    };
    socket.on('message', hear);
  });
  const start = performance.now();
  for (let n = 0; n < count; n++) {
    socket.send(PAYLOAD);
    if (socket.bufferedAmount > 1_000_000) await new Promise((resolve) => setImmediate(resolve));
  }
  await all;
  return (count / (performance.now() - start)) * 1000;
}

const at = (sorted: readonly number[], part: number): number => sorted[Math.floor(sorted.length * part)] ?? 0;
const median = (values: readonly number[]): number =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** The ways take turns, so that what else the machine does hits all of them. */
export async function proxy(): Promise<void> {
  const echo = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  echo.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data, { binary })));
  await once(echo, 'listening');
  const url = `ws://127.0.0.1:${(echo.address() as AddressInfo).port}/`;
  const record = join(tmpdir(), `renego-bench-${process.pid}.ndjson`);
  const ways: readonly (readonly [string, Way])[] = [
    ['direct', { url }],
    ['relay of ws', await relay(url)],
    ['renego proxy', await renego(url, record)],
  ];
  const [p50, p99, rate] = [0, 1, 2].map(() => ways.map((): number[] => [])) as [number[][], number[][], number[][]];
  for (let round = 0; round < 7; round++) {
    for (const [i, [, way]] of ways.entries()) {
      const socket = await open(way.url);
      await latencies(socket, 50);
      const times = await latencies(socket, 300);
      p50[i]?.push(at(times, 0.5));
      p99[i]?.push(at(times, 0.99));
      rate[i]?.push(await throughput(socket, 5000));
      socket.terminate();
    }
  }
  const result = (values: number[][]) => values.map(median);
  const [half, most, rates] = [result(p50), result(p99), result(rate)] as [number[], number[], number[]];
  const added = (values: number[], i: number) => Math.max(0, (values[i] ?? 0) - (values[0] ?? 0));
  const rows = ways.map(([name], i) => [
    name,
    (half[i] ?? 0).toFixed(3),
    i === 0 ? '' : `+${added(half, i).toFixed(3)}`,
    i === 2 ? `${(added(half, 2) / added(half, 1)).toFixed(2)}×` : '',
    (most[i] ?? 0).toFixed(3),
    Math.round(rates[i] ?? 0).toLocaleString('en'),
    i === 2 ? `${((rates[2] ?? 0) / (rates[1] ?? 1)).toFixed(2)}×` : '',
  ]);
  const head = ['way', 'p50 ms', 'added', 'of the relay', 'p99 ms', 'messages/s', 'of the relay'];
  print('Round trips of 4 KB, the proxy decoding and recording', head, rows);
  const of = 'of a plain `ws` relay';
  target('latency the proxy adds, p50, decoding and recording', added(half, 2) / added(half, 1), { most: 1.3, of });
  target('throughput of the proxy, decoding and recording', (rates[2] ?? 0) / (rates[1] ?? 1), { least: 0.9, of });
  const proxied = (ways[2] as (typeof ways)[number])[1];
  const late = await timeToIdle(proxied);
  const idle = await timeIn(proxied, IDLE_MS);
  const rest = await Promise.all(ways.map(([, way]) => end(way)));
  const found = await recorded(record);
  const sent = 7 * (50 + 300 + 5000) * 2;
  console.log(
    [
      `${sent} messages passed renego both ways: ${found.messages} decoded and recorded, ${found.telling} with an offer in them, ${found.unlisted} more than the screen lists`,
      `${Math.round(found.waited / 1024 / 1024)} MiB of them were read from disk, the last ${Math.round(late)} ms after it had passed; ${Math.round(rest[2] ?? 0)} ms to end; idle it takes ${idle.toFixed(0)} ms of processor time in ${IDLE_MS / 1000} s\n`,
    ].join('\n'),
  );
  echo.close();
  rmSync(record, { force: true });
  await paced(record);
}

const IDLE_MS = 5000;

/** Processor time in milliseconds that it takes in so many. */
async function timeIn(way: Way, ms: number): Promise<number> {
  const before = timeOf(way) ?? 0;
  await new Promise((resolve) => setTimeout(resolve, ms));
  return ((timeOf(way) ?? 0) - before) * 1000;
}

/** Milliseconds until it has nothing to do any more. */
async function timeToIdle(way: Way): Promise<number> {
  const start = performance.now();
  while ((await timeIn(way, 1000)) > 20);
  return performance.now() - start - 1000;
}
