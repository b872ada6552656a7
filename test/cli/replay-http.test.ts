/** Recordings of signaling over HTTP, played to a server and to an application. */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { readSession } from '../../src/importers/index.ts';
import { freePort } from '../real/janus.ts';
import { renego } from './run.ts';

const WHIP = fileURLToPath(new URL('../fixtures/dumps/whip.har', import.meta.url));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const fast = ['--speed', 'max', '--patience', '3s'];
const answers = readSession(readFileSync(WHIP, 'utf8'), WHIP).events.flatMap((event) =>
  event.kind === 'message' && event.http?.status !== undefined ? [{ raw: event.raw, http: event.http }] : [],
);

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** Answers as in the recording, at places and with versions of its own; `change` may refuse. */
async function whipServer(change: (status: number, index: number) => number = (status) => status) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    const index = asked.length;
    asked.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    const { raw = '', http } = answers[index] ?? {};
    const status = change(http?.status ?? 500, index);
    const created = status === 201 ? { Location: `/today/${index}`, ETag: `"today-${index}"` } : {};
    response.writeHead(status, { 'Content-Type': 'application/sdp', ...created });
    response.end(status === 204 || status >= 400 ? '' : raw);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('replay of HTTP', () => {
  test('asks as it was asked, at the places and of the versions that the server gives out now', async () => {
    const server = await whipServer();
    const authorization = ['--header', 'Authorization: Bearer today'];
    const { code, stdout, stderr } = await renego(['replay', WHIP, '--to', server.url, ...fast, ...authorization]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/The same as .*: 7 descriptions\.\n$/);
    expect(server.asked).toHaveLength(answers.length);
    const acting = server.asked.filter(({ method }) => method === 'PATCH' || method === 'DELETE');
    expect(acting.every(({ path }) => /^\/today\/\d+$/.test(path))).toBe(true);
    expect(new Set(server.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer today']));
    const versions = server.asked.flatMap(({ headers }) => headers['if-match'] ?? []);
    expect(versions.every((version) => version === '*' || /^"today-\d+"$/.test(version))).toBe(true);
  });

  test('turns red where the server refuses, with the status and what to do', async () => {
    const server = await whipServer((status, index) => (index === 0 ? 401 : status));
    const { code, stdout } = await renego(['replay', WHIP, '--to', server.url, ...fast]);
    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, ' ')).toMatch(
      /POST \S+ was answered with 401, in the recording with 201 \(event 2\); give credentials with --header\./,
    );
    expect(stdout).toMatch(/answer #1 of server is missing/);
  });

  test('answers an application by meaning: played to itself it is the same on both ends', async () => {
    const port = await freePort();
    const server = renego(['replay', WHIP, '--listen', `127.0.0.1:${port}`, ...fast]);
    await listening(port);
    const client = await renego(['replay', WHIP, '--to', `http://127.0.0.1:${port}`, ...fast]);
    expect(client).toMatchObject({ code: 0, stdout: expect.stringMatching(/The same as/) });
    expect(await server).toMatchObject({ code: 0, stdout: expect.stringMatching(/The same as/) });
  });

  test('one more request of its kind is answered like the others, any other is refused and told', async () => {
    const port = await freePort();
    const server = renego(['replay', WHIP, '--listen', `127.0.0.1:${port}`, ...fast, '--patience', '1s']);
    await listening(port);
    const ask = (method: string, body?: string, type = 'application/trickle-ice-sdpfrag') =>
      fetch(`http://127.0.0.1:${port}/session`, {
        ...{ method, headers: { 'content-type': type, origin: 'http://page.example' } },
        ...(body !== undefined && { body }),
      });
    const offer = await ask(
      'POST',
      readSession(readFileSync(WHIP, 'utf8'), WHIP).events.flatMap((event) =>
        event.kind === 'message' ? [event.raw] : [],
      )[0],
      'application/sdp',
    );
    expect(offer.status).toBe(201);
    expect(offer.headers.get('location')).toMatch(/^\//);
    expect(offer.headers.get('access-control-allow-origin')).toBe('http://page.example');
    const candidates = 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n';
    expect((await ask('PATCH', candidates)).status).toBe(204);
    expect((await ask('PUT', 'v=0\r\n')).status).toBe(409);
    const { code, stdout } = await server;
    expect(code).toBe(1);
    expect(stdout.replace(/\n +/g, ' ')).toMatch(/An? \w+ came that the recording does not have here\./);
  });
});

/** Until somebody listens there. */
async function listening(port: number): Promise<void> {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/`, { method: 'OPTIONS' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
