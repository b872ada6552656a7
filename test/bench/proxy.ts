/** What the proxy adds to a message's way, against a plain relay made of `ws` and against none: each a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, WebSocketServer } from 'ws';
import { pathOf, print } from './measure.ts';

const PAYLOAD = JSON.stringify({ type: 'offer', to: 'bob', sdp: `v=0\r\n${'a=x-padding:0123456789\r\n'.repeat(160)}` });

/** A relay as one writes it: a socket each way, every message sent on. */
const RELAY = `
import { WebSocket, WebSocketServer } from 'ws';
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (near) => {
  const far = new WebSocket(process.argv[1], { perMessageDeflate: false });
  const early = [];
  near.on('message', (data, binary) => (far.readyState === 1 ? far.send(data, { binary }) : early.push([data, binary])));
  far.on('open', () => { for (const [data, binary] of early) far.send(data, { binary }); });
  far.on('message', (data, binary) => near.send(data, { binary }));
  near.on('close', () => far.close());
});
server.on('listening', () => process.stderr.write('app ws://127.0.0.1:' + server.address().port + '/\\n'));
`;

interface Way {
  readonly url: string;
  readonly child?: ChildProcess;
}

async function through(args: readonly string[]): Promise<Way> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: pathOf('.') });
  let said = '';
  for await (const text of child.stderr.setEncoding('utf8')) {
    said += text;
    const url = /app +(\S+)/.exec(said)?.[1];
    if (url !== undefined) return { url, child };
  }
  throw new Error(said);
}

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

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
  const renego = [pathOf('bin/renego.js'), 'proxy', url, '--listen', '127.0.0.1:0', '--record', record];
  const ways: readonly (readonly [string, Way])[] = [
    ['direct', { url }],
    ['relay of ws', await through(['--input-type=module', '-e', RELAY, url])],
    ['renego proxy', await through(renego)],
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
  for (const [, { child }] of ways) {
    if (child === undefined) continue;
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  const lines = readFileSync(record, 'utf8').split('\n');
  const kept = lines.filter((line) => line.includes('"kind":"message"')).length;
  const counted = lines.map((line) => Number(/(\d+) messages \(\d+ bytes\) passed/.exec(line)?.[1] ?? 0));
  const passed = kept + counted.reduce((sum, one) => sum + one, 0);
  console.log(`${passed} messages passed renego both ways: ${kept} decoded, judged and recorded, the others counted\n`);
  echo.close();
  rmSync(record, { force: true });
}
