/** What comes to the proxy that it cannot pass on, and answers of servers that are not strict about HTTP. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { responseHeaders } from '../../../src/sources/proxy/headers.ts';
import { type Running, startProxy } from './ends.ts';
import { bareServer, END, head, type Part, play } from './talk.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What a client reads from the proxy, whose server says the same each time. */
async function through(
  answer: string,
): Promise<{ proxy: Running; ask: (parts: Part[], until: string) => Promise<string> }> {
  const { host } = await bareServer(closers, (socket) => socket.on('data', () => socket.write(answer, 'latin1')));
  const proxy = await startProxy(`http://${host}/`);
  closers.push(() => proxy.stop());
  const { host: asked, port } = new URL(proxy.url);
  const ask = async (parts: Part[], until: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    closers.push(() => socket.destroy());
    return play(socket, parts, asked, until);
  };
  return { proxy, ask };
}

test.each([
  ['CONNECT', head('CONNECT a.example:443 HTTP/1.1', 'Host: a.example:443'), 501, /a\.example:443 \(CONNECT\)/],
  ['headers that are too large', head('GET / HTTP/1.1', 'Host: {host}', `X: ${'a'.repeat(70_000)}`), 431, /64 KiB/],
  ['letters that no address has', head('GET /\u00c3\u00a9 HTTP/1.1', 'Host: {host}'), 400, /no request in HTTP/],
  ['TLS where there is none', '\x16\x03\x01\x02\x00\x01', 400, /--tls/],
])('%s is answered, and told once', async (_, request, status, why) => {
  const { proxy, ask } = await through(END);
  for (const _time of ['once', 'again']) {
    const answer = await ask([['', request]], 'renego proxy:');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\nConnection: close\r\n`));
    expect(answer).toMatch(why);
  }
  const isBad = (draft: Running['drafts'][number]) => draft.kind === 'problem' && draft.code === 'PROXY_BAD_REQUEST';
  expect(await proxy.told(isBad)).toMatchObject({ detail: expect.stringMatching(why) });
  await proxy.stop();
  expect(proxy.drafts.filter(isBad)).toHaveLength(1);
});

test('what is no request does not get into the answer to the one before it', async () => {
  let write = (_: string) => {};
  const { host } = await bareServer(closers, (socket) => {
    socket.once('data', () => {
      write = (text) => void socket.write(text);
      write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nbeg');
    });
  });
  const proxy = await startProxy(`http://${host}/`);
  closers.push(() => proxy.stop());
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  const parts: Part[] = [
    ['', head('GET / HTTP/1.1', 'Host: {host}')],
    ['beg', 'nothing of the kind\r\n\r\n'],
  ];
  const read = await play(socket, parts, host, 'nothing that comes');
  expect(read).not.toContain('400');
  expect(socket.closed || (await once(socket, 'close'))).toBeTruthy();
});

test.each([
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 3\n\nend', 'Content-Length: 3\r\n'],
  ['folded headers', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 3\r\n\r\nend', 'X: a b\r\n'],
  [
    'a length beside chunks',
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nend\r\n0\r\n\r\n',
    'Transfer-Encoding: chunked\r\n',
  ],
  ['control characters', 'HTTP/1.1 200 OK\r\nX: a\x01b\r\nContent-Length: 3\r\n\r\nend', 'X: ab\r\n'],
])('an answer with %s passes, as browsers take it', async (_, answer, has) => {
  const { ask } = await through(answer);
  const read = await ask([['', head('GET / HTTP/1.1', 'Host: {host}')]], 'end');
  expect(read).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(read).toContain(has);
  if (has.startsWith('Transfer')) expect(read).not.toMatch(/content-length/i);
});

test('who speaks HTTP/1.0 gets no chunks, though the server answers in 1.1', async () => {
  const { ask } = await through(`${head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}3\r\nend\r\n0\r\n\r\n`);
  const read = await ask([['', head('GET / HTTP/1.0', 'Host: {host}')]], 'never there');
  expect(read).toMatch(/\r\n\r\nend$/);
  expect(read).not.toMatch(/transfer-encoding/i);
});

test.each([
  ['204', 'DELETE', head('HTTP/1.1 204 No Content')],
  ['304', 'GET', head('HTTP/1.1 304 Not Modified', 'ETag: "1"')],
  ['200 to HEAD', 'HEAD', head('HTTP/1.1 200 OK', 'X: y')],
])('an answer without a body leaves the connection open: %s', async (_, method, answer) => {
  const { ask } = await through(answer);
  const request = head(`${method} / HTTP/1.1`, 'Host: {host}');
  const parts: Part[] = [
    ['', request],
    ['\r\n\r\n', request],
  ];
  const read = await ask(parts, 'keep-alive\r\nKeep-Alive: timeout=60\r\n\r\nHTTP/1.1');
  expect(read.match(/HTTP\/1\.1 /g)).toHaveLength(2);
});

test('another protocol that nobody has asked for is told, and answered for', async () => {
  const { proxy, ask } = await through(head('HTTP/1.1 101 Switching', 'Connection: Upgrade', 'Upgrade: x'));
  expect(await ask([['', head('GET / HTTP/1.1', 'Host: {host}')]], 'asked for')).toMatch(/^HTTP\/1\.1 502 /);
  await proxy.told((draft) => draft.kind === 'problem' && draft.code === 'PROXY_NOT_HTTP');
});

test('more headers than Node takes by itself pass', async () => {
  const lines = Array.from({ length: 2500 }, (_, n) => `X${n}: 1`);
  const { ask } = await through(`${head('HTTP/1.1 200 OK', ...lines, 'Content-Length: 3')}end`);
  const read = await ask([['', head('GET / HTTP/1.1', 'Host: {host}')]], 'end');
  expect(read.match(/^X\d+: 1/gm)).toHaveLength(2500);
});

test('addresses without a scheme lead to the proxy, where they are addresses', () => {
  const names = { proxy: 'http://127.0.0.1:8088', upstream: 'https://call.example' };
  const lead = (value: string) => responseHeaders(['Location', value], names)[1];
  expect(lead('//call.example/x//y')).toBe('//127.0.0.1:8088/x//y');
  expect(lead('</a>; rel=x, <//call.example/b>; rel=y')).toBe('</a>; rel=x, <//127.0.0.1:8088/b>; rel=y');
  expect(lead('5; url=//call.example')).toBe('5; url=//127.0.0.1:8088');
  for (const other of ['/a//call.example/', '//call.example.org/', '/a?to=x//call.example/']) {
    expect(lead(other)).toBe(other);
  }
});
