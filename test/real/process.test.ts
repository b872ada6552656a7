import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeSession } from '../../src/session/decode.ts';
import { BIN, type Running, start } from './process.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'renego-'));
  path = join(folder, 'session.ndjson');
});

afterEach(() => rmSync(folder, { recursive: true }));

const recorded = () => decodeSession(readFileSync(path, 'utf8'));

/** A server that records, with one client connected that says something every millisecond. */
async function servedAndBusy(): Promise<{ server: Running; client: WebSocket }> {
  const server = start(['serve', '--listen', '127.0.0.1:0', '--json', '--record', path]);
  const [, url = ''] = await server.says(/signaling {2}(\S+)/);
  const client = new WebSocket(url, 'json');
  client.on('error', () => {});
  client.on('open', () => {
    const timer = setInterval(() => client.send(JSON.stringify({ type: 'username', name: 'x', date: 1 })), 1);
    client.on('close', () => clearInterval(timer));
  });
  await server.says(/"seq":20,/);
  return { server, client };
}

const LONG = fileURLToPath(
  new URL('../fixtures/negotiations/s02-add-video__chromium-chromium.ndjson', import.meta.url),
);

const lastSeq = (output: string) =>
  Math.max(...[...output.matchAll(/"seq":(\d+),.*\n/g)].map(([, seq]) => Number(seq)));

describe('a recording', () => {
  test('killed in the middle holds everything that was shown', async () => {
    const { server, client } = await servedAndBusy();
    server.child.kill('SIGKILL');
    expect(await server.ended()).toBe('SIGKILL');
    client.terminate();
    const { events, end } = recorded();
    expect(events.length).toBeGreaterThanOrEqual(lastSeq(server.stdout()));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ kind }) => kind === 'problem' || kind === 'other')).toEqual([]);
    expect(end).toBeUndefined();
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is finished on %s, and the exit code is %i', async (signal, code) => {
    const { server, client } = await servedAndBusy();
    server.child.kill(signal);
    expect(await server.ended()).toBe(code);
    client.terminate();
    const { events, end, problems } = recorded();
    expect(end).toEqual({ events: events.length, reason: signal });
    expect(problems).toEqual([]);
    expect(server.stderr()).toContain(`recorded to ${path}`);
  });
});

describe('pipes', () => {
  test('a reader that leaves ends a live session quietly', async () => {
    const demo = start(['demo', '--json', '--record', path]);
    await demo.says(/"seq":1,/);
    demo.child.stdout.destroy();
    expect(await demo.ended()).toBe(0);
    expect(demo.stderr()).toBe(`renego: recorded to ${path} (addresses and credentials included)\n`);
    expect(recorded().end?.reason).toBe('output closed');
  });

  test('a reader that leaves ends a printing command quietly', () => {
    const copies = '1 2 3 4 5 6 7 8 9';
    const script = `for i in ${copies}; do cat "$2"; done | "$0" "$1" show - | head -c 0; echo "codes \${PIPESTATUS[*]}"`;
    const argv = ['-c', script, process.execPath, BIN, LONG];
    const { stdout, stderr } = spawnSync('bash', argv, { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: 'codes 0 0 0\n', stderr: '' });
  });

  test('what demo prints can be shown', () => {
    const script = `"${process.execPath}" "${BIN}" demo --json | "${process.execPath}" "${BIN}" show - --filter kind:offer`;
    const shown = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(shown).toMatch(/offer #1 .*\n.*offer #2 [\s\S]*offer #3 · ICE restart/);
  });

  test('without any input, and without a terminal, demo ends by itself', () => {
    const started = performance.now();
    const output = execFileSync(process.execPath, [BIN, 'demo'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(output).toMatch(/hang up/);
    expect(output).not.toContain('\u001b');
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

test('a session that a signal ends says what it was asked for and has not done', async () => {
  const proxy = start(['proxy', 'ws://127.0.0.1:9/', '--listen', '127.0.0.1:0', '--do', 'restart-ice@connected']);
  await proxy.says(/Ctrl-C ends/);
  proxy.child.kill('SIGTERM');
  expect(await proxy.ended()).toBe(143);
  expect(proxy.stderr()).toMatch(/^renego: --do restart-ice@connected was not done: its moment did not come$/m);
});
