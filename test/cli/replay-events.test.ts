/** Signaling by POST and Server-Sent Events, played to a server and to an application. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { renego } from './run.ts';
import { red, selfPlay } from './self-play.ts';

const folder = mkdtempSync(join(tmpdir(), 'renego-events-'));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = readFileSync(
  new URL('../fixtures/negotiations/s01-initial-av-data__chromium-firefox.ndjson', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { type?: string; sdp?: string });
const sdpOf = (type: string): string => call.find((line) => line.type === type)?.sdp ?? '';
const CANDIDATE = { candidate: 'candidate:1 1 udp 2122260223 192.0.2.1 5000 typ host', sdpMid: '0', sdpMLineIndex: 0 };

/** What was asked and answered, and what came on the stream, as a proxy records it: the stream when it first says something. */
const SAID: readonly (readonly [exchange: string, method: string, path: string, raw: string, status?: number])[] = [
  ['1', 'POST', '/join', '{"room":"lobby"}'],
  ['1', 'POST', '/join', '{"id":"then-1234","room":"lobby"}', 200],
  ['3', 'POST', '/clients/then-1234', JSON.stringify({ type: 'offer', sdp: sdpOf('offer') })],
  ['3', 'POST', '/clients/then-1234', '', 202],
  ['2', 'GET', '/events/then-1234', ''],
  ['2', 'GET', '/events/then-1234', JSON.stringify({ type: 'answer', sdp: sdpOf('answer') }), 200],
  ['2', 'GET', '/events/then-1234', JSON.stringify({ type: 'candidate', candidate: CANDIDATE }), 200],
  ['4', 'POST', '/clients/then-1234', JSON.stringify({ type: 'candidate', candidate: CANDIDATE })],
  ['4', 'POST', '/clients/then-1234', '', 202],
];

function recorded(): string {
  const head = { kind: 'session', format: 1, tool: 'renego', startedAt: '2026-01-01T00:00:00.000Z', source: 'proxy' };
  const lines = SAID.map(([exchange, method, path, raw, status], index) => {
    const out = status === undefined;
    const signal = raw.startsWith('{"type"') ? (JSON.parse(raw) as { type: string; candidate?: object }) : undefined;
    const described = signal && { ...signal, pc: 'app+server', ...signal.candidate };
    const headers = exchange === '2' && !out ? { 'content-type': 'text/event-stream' } : undefined;
    const told = { type: out ? 'request' : 'response', method: `${method} ${path}`, ...(!out && { status, ok: true }) };
    return {
      ...{ seq: index + 1, t: index * 20, kind: 'message', from: out ? 'app' : 'server', to: out ? 'server' : 'app' },
      ...{ link: 'app', dir: out ? 'c2s' : 's2c', protocol: 'http', encoding: 'text', raw },
      signals: described === undefined ? [told] : [told, described],
      http: {
        method,
        url: `http://then.example${path}`,
        exchange,
        ...(!out && { status }),
        ...(headers && { headers }),
      },
    };
  });
  const path = join(folder, 'events.ndjson');
  const parties = { parties: ['app', 'server'], redacted: [] };
  writeFileSync(path, [{ ...head, ...parties }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

/** Gives out an id of its own, and tells on the stream of that id what it has to say about the offer. */
async function server() {
  const asked: string[] = [];
  let stream: ServerResponse | undefined;
  const http = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    const word = `${request.method} ${request.url}`;
    asked.push(word);
    if (word === 'POST /join') response.end('{"id":"now-98765","room":"lobby"}');
    else if (word === 'GET /events/now-98765') {
      stream = response;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    } else if (word === 'POST /clients/now-98765') {
      response.writeHead(202).end();
      if (!body.includes('"offer"')) return;
      for (const raw of [SAID[5]?.[3], SAID[6]?.[3]]) stream?.write(`event: message\ndata: ${raw}\n\n`);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closers.push(
    () => http.closeAllConnections(),
    () => http.close(),
  );
  return { asked, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

describe('replay of Server-Sent Events', () => {
  test('opens the stream as soon as its address is known, before what it brings is caused', async () => {
    const { asked, url } = await server();
    const { code, stdout } = await renego(['replay', recorded(), '--to', url, '--speed', 'max', '--patience', '3s']);
    expect(stdout).toMatch(/The same as .*: 2 descriptions\.\n$/);
    expect(code).toBe(0);
    expect(asked).toEqual([
      'POST /join',
      'GET /events/now-98765',
      'POST /clients/now-98765',
      'POST /clients/now-98765',
    ]);
  });

  test('serves the stream to who asks for it: played against itself it is the same on both ends', async () => {
    const played = await selfPlay(recorded());
    expect(red(played)).toEqual([]);
  });
});
