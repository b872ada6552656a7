/** Recordings of real servers, played to the same servers again: what they answer today is what they answered then. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { foreign } from './foreign.ts';
import { startJanus } from './janus.ts';
import { carries, isState, linesOf } from './lines.ts';
import { withParts } from './parts.ts';
import { type Running, start } from './process.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-replay-'));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function running(...argv: string[]): Running {
  const one = start(argv);
  closers.push(() => one.child.kill('SIGKILL'));
  return one;
}

async function stopped(one: Running): Promise<void> {
  one.child.kill('SIGINT');
  await one.ended();
}

/** Two peers on this server, seen from a proxy between them and it, until both are connected. */
async function recordPair(url: string, path: string, ...flags: string[]): Promise<void> {
  const proxy = running('proxy', url, '--listen', '127.0.0.1:0', '--json', '--record', path);
  const [, app = ''] = await proxy.says(/app +(\S+)/);
  const peer = (name: string, ...more: string[]) => {
    const one = running('connect', app, '--as', name, '--media', 'audio,data', '--json', ...flags, ...more);
    return { one, lines: linesOf(one) };
  };
  const callee = peer('callee', '--answer-only');
  await callee.lines.until('a greeting', (line) => line.kind === 'message' && line.from !== 'callee');
  const caller = peer('caller', '--to', 'callee', '--call');
  await caller.lines.until('a connection', isState('connection', 'connected'));
  await callee.lines.until('a connection', isState('connection', 'connected'));
  await stopped(caller.one);
  await stopped(callee.one);
  await stopped(proxy);
}

interface Verdict {
  readonly kind: string;
  readonly equal: boolean;
  readonly differences: readonly string[];
  readonly reports: readonly unknown[];
}

/** Replays as the client; what is said is what has to be the same. */
async function replayed(path: string, url: string): Promise<void> {
  const renego = running('replay', path, '--to', url, '--speed', 'max', '--patience', '15s', '--json');
  const code = await renego.ended();
  const verdict = JSON.parse(renego.stdout().trimEnd().split('\n').at(-1) ?? '{}') as Verdict;
  expect(verdict, renego.stderr()).toMatchObject({ kind: 'verdict', differences: [], reports: [], equal: true });
  expect(code, renego.stderr()).toBe(0);
}

withParts(['wrtc'], "renego's own server", () => {
  test('answers both sides of a call as it did', async () => {
    const serve = running('serve', '--listen', '127.0.0.1:0', '--json');
    const [url] = await serve.says(/ws:\/\/\S+/);
    const path = join(folder, 'embedded.ndjson');
    await recordPair(url, path, '--protocol', 'mdn');
    await replayed(path, url);
  });
});

withParts(['wrtc', 'servers'], 'PeerServer', () => {
  test('a PeerServer passes on what it passed on, to the names in the address', async () => {
    const { PeerServer } = foreign('peer') as { PeerServer(options: object, ready: (server: Server) => void): unknown };
    const server = await new Promise<Server>((resolve) => {
      PeerServer({ host: '127.0.0.1', port: 0, path: '/app', expire_timeout: 1_000, cleanup_out_msgs: 200 }, resolve);
    });
    closers.push(() => server.close());
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/app`;
    const path = join(folder, 'peerserver.ndjson');
    await recordPair(url, path, '--protocol', 'peerjs');
    await replayed(path, url);
  });
});

withParts(['wrtc', 'janus'], "Debian's Janus", () => {
  test('answers the EchoTest as it did, with new ids', async () => {
    const server = await startJanus();
    closers.push(() => server.close());
    const path = join(folder, 'janus.ndjson');
    const one = running(
      'connect',
      server.url,
      '--protocol',
      'janus',
      '--call',
      '--media',
      'audio,data',
      '--json',
      '--record',
      path,
    );
    const lines = linesOf(one);
    await lines.until('the answer', carries('answer', 'echotest'));
    await lines.until('a connection', isState('connection', 'connected'));
    await stopped(one);
    await replayed(path, server.url);
  });
});
