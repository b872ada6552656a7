import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import { createServer as createTls, request as requestTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { protocolNamed } from '../../../src/protocols/index.ts';
import type { Protocol } from '../../../src/protocols/protocol.ts';
import { makeCertificate } from '../../../src/sources/proxy/certificate.ts';
import { rawClient, rawServer, startProxy } from './ends.ts';
import { proxied } from './web-server.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly raw: readonly string[];
  readonly body: string;
  readonly trailers: IncomingMessage['trailers'];
}

interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | readonly string[];
}

function ask(url: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  const send = url.startsWith('https') ? requestTls : request;
  return new Promise((resolve, reject) => {
    const asking = send(url, { method, headers, rejectUnauthorized: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => {
        const { statusCode = 0, headers: heads, rawHeaders: raw, trailers } = answer;
        resolve({ status: statusCode, headers: heads, raw, body: text, trailers });
      });
      answer.on('error', reject);
    });
    asking.on('error', reject);
    for (const part of typeof body === 'string' ? [body] : (body ?? [])) asking.write(part);
    asking.end();
  });
}

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n';

test('requests and answers pass as they are, but for the names', async () => {
  let seen: IncomingMessage | undefined;
  let heard = '';
  const proxy = await proxied(closers, (asked, answer) => {
    seen = asked;
    asked.on('data', (chunk) => {
      heard += chunk;
    });
    asked.on('end', () => {
      const cookie = 'sid=1; Domain=127.0.0.1; Path=/; Secure; HttpOnly';
      const link = `<${proxy.origin.replace('http', 'ws')}/events>; rel="x", <https://else.where/>; rel="y"`;
      answer.writeHead(201, 'Made', [
        'X-Odd',
        '1',
        'x-odd',
        '2',
        'Set-Cookie',
        cookie,
        'Set-Cookie',
        'b=2',
        'Link',
        link,
      ]);
      answer.end('done');
    });
  });
  const own = proxy.url.replace(/\/$/, '');
  const body = ['in ', 'pieces'];
  const headers = { Origin: own, Referer: `${own}/page`, Cookie: 'a=b', 'X-CaSe': 'kept' };
  const got = await ask(`${own}/path?q=%20x`, { method: 'POST', headers, body });
  expect(seen?.url).toBe('/path?q=%20x');
  expect(seen?.headers.host).toBe(proxy.origin.slice('http://'.length));
  expect(seen?.headers).toMatchObject({ origin: proxy.origin, referer: `${proxy.origin}/page`, cookie: 'a=b' });
  expect(seen?.rawHeaders).toContain('X-CaSe');
  expect(heard).toBe('in pieces');
  expect([got.status, got.body]).toEqual([201, 'done']);
  expect(got.raw.filter((_, i) => /^x-odd$/i.test(got.raw[i - 1] ?? ''))).toEqual(['1', '2']);
  expect(got.headers['set-cookie']).toEqual(['sid=1; Path=/; HttpOnly', 'b=2']);
  expect(got.headers.link).toBe(`<${own.replace('http', 'ws')}/events>; rel="x", <https://else.where/>; rel="y"`);
  expect(got.headers.date).toBeDefined();
});

test('a page of another origin keeps its origin', async () => {
  const proxy = await proxied(closers, (asked, answer) => answer.end(asked.headers.origin));
  const { body } = await ask(proxy.url, { headers: { Origin: 'http://localhost:3000' } });
  expect(body).toBe('http://localhost:3000');
});

test('WHIP goes on at the address of the proxy, and is told', async () => {
  const asked: string[] = [];
  const proxy = await proxied(closers, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.method !== 'POST') return response.writeHead(request.method === 'PATCH' ? 204 : 200).end();
    const headers = { 'Content-Type': 'application/sdp', Location: `${proxy.origin}/session/7`, ETag: '"x"' };
    return response.writeHead(201, headers).end(SDP.replace('actpass', 'active'));
  });
  const offered = await ask(`${proxy.url}whip/live`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/sdp', Authorization: 'Bearer secret' },
    body: SDP,
  });
  const { location = '' } = offered.headers;
  expect(location).toBe(`${proxy.url}session/7`);
  const fragment =
    'a=ice-ufrag:abcd\r\na=ice-pwd:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n';
  const headers = { 'Content-Type': 'application/trickle-ice-sdpfrag' };
  expect((await ask(location, { method: 'PATCH', headers, body: fragment })).status).toBe(204);
  expect((await ask(location, { method: 'DELETE' })).status).toBe(200);
  expect(asked).toEqual(['POST /whip/live', 'PATCH /session/7', 'DELETE /session/7']);
  await proxy.told((draft) => draft.kind === 'message' && draft.signals.some(({ type }) => type === 'bye'));
  const types = proxy.drafts.flatMap((draft) =>
    draft.kind === 'message' ? draft.signals.map(({ type }) => type) : [],
  );
  expect(types).toEqual(expect.arrayContaining(['offer', 'answer', 'bye']));
  expect(JSON.stringify(proxy.drafts)).not.toContain('secret');
  expect(proxy.refusal({ do: 'restart-ice' })).toContain('RFC 9725, section 4.3.3');
});

test('a stream of events comes as it is sent, and so does what it tells', async () => {
  let stream: ServerResponse | undefined;
  const proxy = await proxied(closers, (_asked, answer) => {
    stream = answer;
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
  });
  const asking = request(proxy.url).end();
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  for (const data of ['one', JSON.stringify({ type: 'offer', sdp: SDP })]) {
    stream?.write(`event: x\ndata: ${data}\n\n`);
    const [chunk] = (await once(answer, 'data')) as [Buffer];
    expect(String(chunk)).toContain(data);
  }
  await proxy.told((draft) => draft.kind === 'message' && draft.signals.some(({ type }) => type === 'offer'));
  asking.destroy();
  if (stream !== undefined) await once(stream, 'close');
});

test('compressed bodies stay compressed, and are read', async () => {
  const packed = gzipSync(JSON.stringify({ type: 'offer', sdp: SDP }));
  const proxy = await proxied(closers, (_asked, answer) => {
    answer.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', Trailer: 'X-End' });
    answer.write(packed);
    answer.addTrailers({ 'X-End': 'yes' });
    answer.end();
  });
  const got = await ask(proxy.url);
  expect(got.headers['content-encoding']).toBe('gzip');
  expect(got.trailers).toEqual({ 'x-end': 'yes' });
  await proxy.told((draft) => draft.kind === 'message' && draft.signals.some(({ type }) => type === 'offer'));
});

test('HEAD, 204, 304 and empty posts have no body that they should not have', async () => {
  const proxy = await proxied(closers, (asked, answer) => {
    if (asked.method === 'HEAD') answer.writeHead(200, { 'Content-Length': 7 }).end();
    else if (asked.method === 'POST') answer.end(JSON.stringify(asked.headers));
    else answer.writeHead(asked.url === '/304' ? 304 : 204).end();
  });
  expect(await ask(proxy.url, { method: 'HEAD' })).toMatchObject({ status: 200, headers: { 'content-length': '7' } });
  expect((await ask(`${proxy.url}304`)).status).toBe(304);
  expect((await ask(proxy.url)).status).toBe(204);
  const { body } = await ask(proxy.url, { method: 'POST', headers: { 'Content-Length': 0 } });
  expect(JSON.parse(body)).toMatchObject({ 'content-length': '0' });
});

test('a server that cannot be reached is told to both', async () => {
  const proxy = await proxied(closers, () => {});
  const dead = await startProxy('http://127.0.0.1:1/');
  closers.push(() => dead.stop());
  expect(await ask(dead.url)).toMatchObject({ status: 502, body: expect.stringContaining('nobody listens') });
  await dead.told(({ kind }) => kind === 'problem');
  const socket = new WebSocket(dead.url);
  const [error] = (await once(socket, 'error')) as [Error];
  expect(error.message).toContain('502');
  await dead.told((draft) => draft.kind === 'link' && draft.change === 'error');
  expect(proxy.drafts).toEqual([]);
});

test('a server that takes WHIP at one address and JSON at another is read at both', async () => {
  const sdp = (id: number) => SDP.replace('o=- 1', `o=- ${id}`);
  const answered = (id: number) => sdp(id).replace('actpass', 'active');
  const proxy = await proxied(closers, ({ url }, answer) => {
    if (url === '/whip')
      answer.writeHead(201, { 'Content-Type': 'application/sdp', Location: '/whip/1' }).end(answered(2));
    else answer.setHeader('Content-Type', 'application/json').end(JSON.stringify({ type: 'answer', sdp: answered(4) }));
  });
  const base = proxy.url;
  await ask(`${base}whip`, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: SDP });
  const body = JSON.stringify({ type: 'offer', sdp: sdp(3) });
  await ask(`${base}offer`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  await proxy.stop();
  const told = proxy.drafts.map((draft) =>
    draft.kind === 'message' ? draft.signals.filter((one) => 'sdp' in one).map(({ type }) => type) : [],
  );
  expect(told.flat()).toEqual(['offer', 'answer', 'offer', 'answer']);
});

test('a handshake that is refused is refused as the server does it', async () => {
  const server = await rawServer([], 'HTTP/1.1 401 Go away\r\nX-Why: no token\r\nContent-Length: 4\r\n\r\nnope');
  const proxy = await startProxy(server.url);
  closers.push(
    () => server.close(),
    () => proxy.stop(),
  );
  const { head, bytes } = await rawClient(proxy.url, ['Authorization: Basic x', 'Sec-WebSocket-Protocol: a, b']);
  expect(head).toMatch(/^HTTP\/1.1 401 Go away\r\nX-Why: no token\r\n/);
  expect(String(await bytes.reach(4))).toBe('nope');
  const { head: asked } = await server.accepted();
  expect(asked).toContain('Authorization: Basic x');
  expect(asked).toContain('Sec-WebSocket-Protocol: a, b');
  const told = await proxy.told(({ kind }) => kind === 'link');
  expect(told).toMatchObject({ change: 'error', code: 401 });
});

test('subprotocol, query and cookies reach the server, and its choice the app', async () => {
  const server = await rawServer(['Sec-WebSocket-Protocol: b', 'Set-Cookie: s=1; Domain=127.0.0.1']);
  const proxy = await startProxy(`${server.url}app?room=1`);
  closers.push(
    () => server.close(),
    () => proxy.stop(),
  );
  const client = await rawClient(proxy.url, ['Cookie: x=y', 'Sec-WebSocket-Protocol: a, b']);
  const { head } = await server.accepted();
  expect(head).toMatch(/^GET \/app\?room=1 HTTP\/1.1\r\nHost: /);
  expect(head).toContain('Cookie: x=y');
  expect(client.head).toContain('Sec-WebSocket-Protocol: b');
  expect(client.head).toContain('Set-Cookie: s=1\r\n');
  client.socket.destroy();
});

test('certificates of servers are checked; one of our own is made on the spot', async () => {
  const own = await makeCertificate('127.0.0.1');
  const secure = createTls(own, (_asked, answer) => answer.end('secret')).listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const sockets = new WebSocketServer({ server: secure });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)));
  const url = `wss://127.0.0.1:${(secure.address() as AddressInfo).port}/`;
  const [strict, loose] = await Promise.all([startProxy(url), startProxy(url, { insecure: true, tls: true })]);
  closers.push(
    () => secure.close(),
    () => strict.stop(),
    () => loose.stop(),
  );
  const refused = await ask(strict.url.replace('ws', 'http'));
  expect(refused).toMatchObject({ status: 502, body: expect.stringMatching(/is not trusted.*--insecure/) });
  expect(loose.url).toMatch(/^wss:/);
  expect((await ask(loose.url.replace('ws', 'http'))).body).toBe('secret');
  const socket = new WebSocket(loose.url, { rejectUnauthorized: false });
  await once(socket, 'open');
  socket.send('hello');
  expect(String((await once(socket, 'message'))[0])).toBe('echo hello');
  const peer = (socket as unknown as { _socket: { getPeerCertificate(): { fingerprint256: string } } })._socket;
  expect(peer.getPeerCertificate().fingerprint256).toBe(loose.certificate?.fingerprint);
  socket.terminate();
});

test('that a redirect leads past the proxy is told once, where it matters', async () => {
  const targets: Readonly<Record<string, string>> = {
    '/own': '/elsewhere',
    '/tls': 'https://127.0.0.1/call',
    '/login': 'https://login.example/',
    '/whip': 'https://sfu-2.example/whip',
  };
  const proxy = await proxied(closers, (asked, answer) => {
    asked.resume().on('end', () => answer.writeHead(307, { Location: targets[asked.url ?? ''] ?? '/' }).end());
  });
  const away = () =>
    proxy.drafts.flatMap((event) => (event.kind === 'problem' ? [`${event.code} ${event.detail}`] : []));
  for (const path of ['own', 'login', 'tls', 'tls']) await ask(`${proxy.url}${path}`);
  await ask(`${proxy.url}whip`, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: SDP });
  await proxy.told((draft) => draft.kind === 'problem' && draft.detail.includes('sfu-2'));
  expect(away()).toEqual([
    expect.stringMatching(
      /^PROXY_LED_AWAY GET \/tls: the server sends the app on to https:\/\/127\.0\.0\.1 \(TLS\), past the proxy: .* Start renego proxy https:\/\/127\.0\.0\.1\/ instead$/,
    ),
    expect.stringMatching(/^PROXY_LED_AWAY POST \/whip: the server sends the app on to https:\/\/sfu-2\.example/),
  ]);
});

test('with a named protocol its messages are told, also those that negotiate nothing', async () => {
  const proxy = await proxied(
    closers,
    (asked, answer) => {
      const isPage = asked.url === '/config';
      asked.resume().on('end', () => {
        answer.writeHead(200, { 'Content-Type': 'application/json' });
        answer.end(isPage ? '{"theme":"dark"}' : '{"janus":"success","transaction":"t1","data":{"id":7}}');
      });
    },
    { protocol: protocolNamed('janus') as Protocol },
  );
  const headers = { 'Content-Type': 'application/json' };
  await ask(`${proxy.url}config`);
  await ask(`${proxy.url}janus`, { method: 'POST', headers, body: '{"janus":"create","transaction":"t1"}' });
  await proxy.told((draft) => draft.kind === 'message' && draft.from === 'server');
  const told = proxy.drafts.flatMap((draft) => (draft.kind === 'message' ? [[draft.protocol, draft.signals[0]]] : []));
  expect(told).toEqual([
    ['janus', expect.objectContaining({ type: 'request', method: 'create' })],
    ['janus', expect.objectContaining({ type: 'response', ok: true })],
  ]);
});
