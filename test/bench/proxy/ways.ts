/** Ways from a client to a server: none in between, a plain relay made of `ws`, the proxy. Each is a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { pathOf } from '../measure.ts';

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

export interface Way {
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

export const relay = (url: string): Promise<Way> => through(['--input-type=module', '-e', RELAY, url]);

export const renego = (url: string, record: string): Promise<Way> =>
  through([pathOf('bin/renego.js'), 'proxy', url, '--listen', '127.0.0.1:0', '--record', record]);

/** Ends it as a user does. Milliseconds until it was over: what had not been read yet was. */
export async function end({ child }: Way): Promise<number> {
  if (child === undefined) return 0;
  const start = performance.now();
  child.kill('SIGINT');
  await once(child, 'exit');
  return performance.now() - start;
}

/** MiB of memory that the process takes now; undefined where the system does not tell. */
export function memoryOf({ child }: Way): number | undefined {
  try {
    const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** Seconds of processor time so far. */
export function timeOf({ child }: Way): number | undefined {
  try {
    const fields = readFileSync(`/proc/${child?.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

export async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}
