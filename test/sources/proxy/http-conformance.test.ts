/** HTTP between bare sockets, straight and through the proxy: both ends have to read the same. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Running, startProxy } from './ends.ts';
import { bareServer, type Dialogue, END, head, type Part, plain, play, talked } from './talk.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const DIALOGUES: readonly Dialogue[] = [
  {
    name: 'trailers of a request and of its answer',
    client: [
      ['', head('POST /a HTTP/1.1', 'Host: {host}', 'Transfer-Encoding: chunked', 'Trailer: X-Sum')],
      ['', '5\r\nhello\r\n0\r\nX-Sum: 12\r\nX-More: y\r\n\r\n'],
    ],
    server: [
      [
        'X-More: y\r\n\r\n',
        `${head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Trailer: X-End')}2\r\nok\r\n0\r\nX-End: z\r\n\r\n`,
      ],
    ],
    until: 'X-End: z\r\n\r\n',
  },
  {
    name: 'early hints, processing and an interim status nobody knows',
    client: [['', head('GET /page HTTP/1.1', 'Host: {host}')]],
    server: [
      [
        '\r\n\r\n',
        head('HTTP/1.1 103 Early Hints', 'Link: </a.css>; rel=preload', 'Link: </b.js>; rel=preload') +
          head('HTTP/1.1 102 Processing') +
          head('HTTP/1.1 199 Odd', 'X: y') +
          END,
      ],
    ],
    until: 'end',
  },
  {
    name: 'a body that waits for 100 (Continue)',
    client: [
      ['', head('POST /up HTTP/1.1', 'Host: {host}', 'Expect: 100-continue', 'Content-Length: 4')],
      ['HTTP/1.1 100 Go on', 'body'],
    ],
    server: [
      ['\r\n\r\n', head('HTTP/1.1 100 Go on')],
      ['body', END],
    ],
    until: 'end',
  },
  {
    name: 'a body that is not wanted',
    client: [['', head('POST /up HTTP/1.1', 'Host: {host}', 'Expect: 100-continue', 'Content-Length: 4')]],
    server: [['\r\n\r\n', `${head('HTTP/1.1 413 Too much', 'Content-Length: 2', 'Connection: close')}no`]],
    until: 'no',
  },
  {
    name: 'an expectation nobody knows',
    client: [['', head('GET /up HTTP/1.1', 'Host: {host}', 'Expect: miracles')]],
    server: [['\r\n\r\n', END]],
    until: 'end',
  },
  {
    name: 'a whole address as target',
    client: [['', head('GET http://{host}/a?b=c HTTP/1.1', 'Host: {host}')]],
    server: [['\r\n\r\n', END]],
    until: 'end',
  },
  {
    name: 'the address of somebody else as target',
    client: [['', head('GET http://else.example/a HTTP/1.1', 'Host: {host}')]],
    server: [['\r\n\r\n', END]],
    until: 'end',
  },
  {
    name: 'a question about the server as a whole',
    client: [['', head('OPTIONS * HTTP/1.1', 'Host: {host}')]],
    server: [['\r\n\r\n', END]],
    until: 'end',
  },
  {
    name: 'an answer to HEAD that names trailers',
    client: [['', head('HEAD / HTTP/1.1', 'Host: {host}')]],
    server: [['\r\n\r\n', head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'X-Last: 1')]],
    until: 'X-Last: 1\r\n',
  },
  {
    name: 'a body that ends with the connection',
    client: [['', head('GET / HTTP/1.1', 'Host: {host}', 'Connection: close')]],
    server: [
      ['\r\n\r\n', `${head('HTTP/1.1 200 OK', 'Connection: close')}to the end`],
      ['', ''],
    ],
    until: 'to the end',
  },
  {
    name: 'a part of a file, and names with odd letters',
    client: [['', head('GET /%C3%A4?q=%20 HTTP/1.1', 'Host: {host}', 'Range: bytes=2-4', 'x-ODD: a', 'X-Odd: b')]],
    server: [
      [
        '\r\n\r\n',
        `${head('HTTP/1.1 206 Part', 'content-range: bytes 2-4/9', 'Content-length: 3', 'ETag: "x"', 'X-U: \u00fc')}cde`,
      ],
    ],
    until: 'cde',
  },
];

test.each(DIALOGUES)('passes as it is: $name', async (dialogue) => {
  const [straight, through] = [await talked(closers, dialogue, false), await talked(closers, dialogue, true)];
  expect(plain(through.there)).toBe(plain(straight.there));
  expect(plain(through.back)).toBe(plain(straight.back));
});

test('a request that is read before it goes on gets its 100 (Continue) from the proxy', async () => {
  let there: Promise<string> | undefined;
  const { host } = await bareServer(closers, (socket) => {
    there = play(socket, [['body', END]], host);
  });
  const proxy = await startProxy(`http://${host}/`, {
    interventions: [{ text: 'nothing', match: () => false, drop: true }],
  });
  closers.push(() => proxy.stop());
  const asked = new URL(proxy.url).host;
  const socket = connect(Number(asked.split(':')[1]), '127.0.0.1');
  closers.push(() => socket.destroy());
  const request = head('POST /up HTTP/1.1', 'Host: {host}', 'Expect: 100-continue', 'Content-Length: 4');
  const parts: Part[] = [
    ['', request],
    ['100 Continue', 'body'],
  ];
  expect(await play(socket, parts, asked, 'end')).toContain('200 OK');
  expect(await there).not.toMatch(/expect/i);
});

test('who offers HTTP/2 without TLS gets its answer in HTTP/1.1, also to a request with a body', async () => {
  let there: Promise<string> | undefined;
  const { host } = await bareServer(closers, (socket) => {
    there = play(socket, [['body', END]], host);
  });
  const proxy = await startProxy(`http://${host}/`);
  closers.push(() => proxy.stop());
  const asked = new URL(proxy.url).host;
  const socket = connect(Number(asked.split(':')[1]), '127.0.0.1');
  closers.push(() => socket.destroy());
  const offer = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'];
  const request = head('POST /up HTTP/1.1', 'Host: {host}', ...offer, 'Content-Length: 4');
  expect(await play(socket, [['', `${request}body`]], asked, 'end')).toContain('200 OK');
  expect(await there).toMatch(/^POST \/up HTTP\/1.1\r\n/);
});

const problem = (code: string) => (draft: Running['drafts'][number]) => draft.kind === 'problem' && draft.code === code;

test.each([
  ['a status that is none', 'HTTP/1.1 042 What\r\nContent-Length: 0\r\n\r\n', 'PROXY_NOT_HTTP'],
  ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n', 'PROXY_NOT_HTTP'],
  ['nothing but the end', '', 'PROXY_RESET'],
  ['half of an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'PROXY_CUT_OFF'],
])('a server that answers with %s is told as such', async (_, answer, code) => {
  const { host } = await bareServer(closers, (socket) => {
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  const proxy = await startProxy(`http://${host}/`);
  closers.push(() => proxy.stop());
  await fetch(proxy.url, { method: 'POST', body: 'x' })
    .then((response) => response.text())
    .catch(() => {});
  await proxy.told(problem(code));
});

test('trailers that cannot be, and letters that no status has, end nothing', async () => {
  const { host } = await bareServer(closers, (socket) => {
    socket.on('data', () =>
      socket.write('HTTP/1.1 200 O\u0001K\r\nTrailer: X\r\nContent-Length: 2\r\n\r\nok', 'latin1'),
    );
  });
  const proxy = await startProxy(`http://${host}/`);
  closers.push(() => proxy.stop());
  const asked = new URL(proxy.url).host;
  const socket = connect(Number(asked.split(':')[1]), '127.0.0.1');
  closers.push(() => socket.destroy());
  const request = head('POST / HTTP/1.1', 'Host: {host}', 'Trailer: X', 'Content-Length: 1');
  expect(await play(socket, [['', `${request}x`]], asked, 'ok')).toContain('200 OK');
});

test.each([
  ['http://127.0.0.1:1/', 'PROXY_REFUSED', 'nobody listens'],
  // No resolver asks the network for an empty label.
  ['http://no..such/', 'PROXY_DNS', 'cannot be found'],
])('%s is told as %s', async (url, code, says) => {
  const proxy = await startProxy(url);
  closers.push(() => proxy.stop());
  const answer = await fetch(proxy.url);
  expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining(says)]);
  await proxy.told(problem(code));
});

test('a server without TLS where TLS is spoken is told as such, and so is a handshake it refuses', async () => {
  const { host } = await bareServer(closers, (socket) => {
    socket.on('data', () => socket.end('HTTP/1.1 404 Nothing\r\nContent-Length: 0\r\n\r\n'));
  });
  const [secure, simple] = await Promise.all([startProxy(`https://${host}/`), startProxy(`ws://${host}/`)]);
  closers.push(
    () => secure.stop(),
    () => simple.stop(),
  );
  await fetch(secure.url);
  await secure.told(problem('PROXY_TLS'));
  const socket = new WebSocket(simple.url);
  await once(socket, 'error');
  const told = await simple.told(problem('PROXY_NO_WEBSOCKET'));
  expect(told).toMatchObject({ detail: expect.stringMatching(/HTTP 404 Nothing.*check the path/) });
});
