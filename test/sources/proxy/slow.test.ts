/** Sides that take nothing over HTTP, or do not answer: shown as over WebSocket. */
import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { Draft } from '../../../src/core/event.ts';
import { deferred } from '../../../src/sources/deferred.ts';
import { type Handler, proxied } from './web-server.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** More than all buffers on the way hold. */
const LARGE = Buffer.alloc(48 * 1024 * 1024, 'x');

const problem = (code: string, says: RegExp) => (draft: Draft) =>
  draft.kind === 'problem' && draft.code === code && says.test(draft.detail);

test.each(['application/octet-stream', 'text/event-stream'])('an app that reads no answer (%s)', async (type) => {
  const proxy = await proxied(closers, (_, response) => {
    response.writeHead(200, { 'Content-Type': type }).end(LARGE);
  });
  const asking = request(`${proxy.url}large`).end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const slow = await proxy.told(problem('PROXY_SLOW', /read nothing/));
  expect(slow).toMatchObject({
    ...{ from: 'server', to: 'app', link: 'app' },
    detail: 'GET /large: app has read nothing for 1 s: what is sent to it waits',
  });
  let size = 0;
  for await (const chunk of answer) size += (chunk as Buffer).length;
  expect(size).toBe(LARGE.length);
  await proxy.told(problem('PROXY_SLOW', /^GET \/large: app reads again after \d+\.\d s$/));
});

test('of a film nothing is said: a player that has enough of it stops reading', async () => {
  const proxy = await proxied(closers, ({ url }, response) => {
    response.writeHead(200, { 'Content-Type': url === '/film' ? 'video/mp4' : 'application/octet-stream' }).end(LARGE);
  });
  for (const path of ['film', 'large']) {
    const asking = request(`${proxy.url}${path}`).end();
    closers.push(() => asking.destroy());
    await once(asking, 'response');
  }
  // Both began to wait at the same time, or the film before.
  await proxy.told(problem('PROXY_SLOW', /^GET \/large/));
  expect(proxy.drafts.filter(problem('PROXY_SLOW', /film/))).toEqual([]);
});

test('a server that reads no request', async () => {
  let asked: Parameters<Handler> | undefined;
  const proxy = await proxied(closers, (...both) => {
    asked = both;
  });
  const sending = request(`${proxy.url}up`, { method: 'POST' });
  sending.end(LARGE);
  const slow = await proxy.told(problem('PROXY_SLOW', /read nothing/));
  expect(slow).toMatchObject({
    ...{ from: 'app', to: 'server', link: 'app' },
    detail: 'POST /up: server has read nothing for 1 s: what is sent to it waits',
  });
  const [message, response] = asked ?? [];
  let size = 0;
  message?.on('data', (chunk: Buffer) => {
    size += chunk.length;
  });
  message?.on('end', () => response?.end(String(size)));
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  expect(String((await once(answer, 'data'))[0])).toBe(String(LARGE.length));
  await proxy.told(problem('PROXY_SLOW', /^POST \/up: server reads again after/));
});

test('a server that does not answer an offer, and a poll that may wait', async () => {
  const waiting: ServerResponse[] = [];
  const polled = deferred<void>();
  const proxy = await proxied(
    closers,
    (message, response) => {
      message.resume();
      waiting.push(response);
      polled.resolve();
    },
    { silence: 50 },
  );
  const poll = fetch(`${proxy.url}socket.io/?EIO=4&transport=polling&sid=abc`);
  await polled.promise;
  const offer = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
  const headers = { 'Content-Type': 'application/sdp' };
  const answer = fetch(`${proxy.url}whip`, { method: 'POST', headers, body: offer });
  const silent = await proxy.told(problem('PROXY_SILENT', /not answered/));
  expect(silent).toMatchObject({
    ...{ from: 'server', to: 'app-2', link: 'app-2' },
    detail: 'POST /whip: server has not answered for 0.1 s',
  });
  for (const response of waiting) response.end();
  await Promise.all([poll, answer]);
  await proxy.told(problem('PROXY_SILENT', /^POST \/whip: server has answered after \d+(\.\d)? s$/));
  await proxy.stop();
  expect(proxy.drafts.filter(problem('PROXY_SILENT', /socket\.io/))).toEqual([]);
});
