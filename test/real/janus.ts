/** Debian's Janus on loopback: EchoTest, VideoRoom and VideoCall over WebSocket, with a configuration of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { requirePart } from './parts.ts';

export interface JanusServer {
  readonly url: string;
  close(): Promise<void>;
}

const PLUGINS = ['echotest', 'videoroom', 'videocall'];
const NOT_OURS = {
  plugins: ['audiobridge', 'duktape', 'lua', 'nosip', 'recordplay', 'sip', 'streaming', 'textroom', 'voicemail'],
  transports: ['http', 'mqtt', 'nanomsg', 'pfunix', 'rabbitmq'],
};
const PATIENCE_MS = 30_000;

/** Room 1234 is there; room 42 wants the PIN `secret`. */
export async function startJanus(): Promise<JanusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'renego-janus-'));
  const port = await freePort();
  configure(folder, port);
  const child = spawn(requirePart('janus'), ['-F', folder, '-o'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
    });
  }
  const exit = once(child, 'exit');
  const url = `ws://127.0.0.1:${port}/`;
  await answers(url, child, () => said);
  return {
    url,
    async close() {
      child.kill('SIGKILL');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configure(folder: string, port: number): void {
  const list = (kind: string, names: readonly string[]): string =>
    `${kind}: { disable = "${names.map((name) => `libjanus_${name}.so`).join(',')}" }\n`;
  const write = (name: string, text: string): void => writeFileSync(join(folder, `${name}.jcfg`), text);
  write(
    'janus',
    'general: { debug_level = 4; protected_folders = []; admin_secret = "x" }\n' +
      'nat: { full_trickle = false }\nmedia: { ipv6 = false; rtp_port_range = "20000-60000" }\n' +
      list('plugins', NOT_OURS.plugins) +
      list('transports', NOT_OURS.transports) +
      'events: { broadcast = false }\n',
  );
  write('janus.transport.websockets', `general: { ws = true; ws_port = ${port}; ws_ip = "127.0.0.1"; wss = false }\n`);
  for (const name of PLUGINS) write(`janus.plugin.${name}`, 'general: { }\n');
  write(
    'janus.plugin.videoroom',
    'general: { }\nroom-1234: { description = "open"; publishers = 6 }\n' +
      'room-42: { description = "closed"; publishers = 6; pin = "secret" }\n',
  );
}

/** A port that nothing listens on now, for servers that take no 0. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves as soon as it answers a question: no line of its log says that it is ready. */
async function answers(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (child.exitCode === null && Date.now() < until) {
    const socket = new WebSocket(url, 'janus-protocol');
    const opened = await new Promise<boolean>((resolve) => {
      socket.once('open', () => socket.send('{"janus":"info","transaction":"1"}'));
      socket.once('message', () => resolve(true));
      socket.once('close', () => resolve(false));
      socket.once('error', () => resolve(false));
    });
    socket.close();
    if (opened) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`janus did not start:\n${said()}`);
}
