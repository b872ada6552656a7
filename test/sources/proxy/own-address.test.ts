import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { readdressed } from '../../../src/sources/proxy/own-address.ts';
import { type Handler, proxied } from './web-server.ts';

const names = { proxy: 'http://127.0.0.1:8088', upstream: 'https://call.example' };
const json = (text: string) => readdressed(text, 'json', names)?.text;

describe('JSON', () => {
  test.each([
    ['{"ws":"wss://call.example/ws"}', '{"ws":"ws://127.0.0.1:8088/ws"}'],
    ['{ "api" : "https://call.example:443" }', '{ "api" : "http://127.0.0.1:8088" }'],
    ['["HTTPS://Call.Example?a"]', '["http://127.0.0.1:8088?a"]'],
    ['{"php":"wss:\\/\\/call.example\\/ws"}', '{"php":"ws:\\/\\/127.0.0.1:8088\\/ws"}'],
    ['{"any":"//call.example/ws"}', '{"any":"//127.0.0.1:8088/ws"}'],
    ['{"in":"{\\"u\\":\\"wss://call.example\\"}"}', '{"in":"{\\"u\\":\\"ws://127.0.0.1:8088\\"}"}'],
  ])('%s', (text, changed) => {
    expect(json(text)).toBe(changed);
  });

  test.each([
    ['another port', '{"ws":"wss://call.example:8443/ws"}'],
    ['another host that begins so', '{"ws":"wss://call.example.org/ws"}'],
    ['the same host without TLS', '{"ws":"ws://call.example/ws"}'],
    ['ICE servers', '{"iceServers":[{"urls":["turn:call.example","stun:call.example:3478"]}]}'],
    ['an address amid a text', '{"hint":"go to https://call.example/ now"}'],
    ['an address as a name', '{"https://call.example/x" : 1}'],
    ['an identity', '{"issuer" : "https://call.example/", "$id":"https://call.example/schema"}'],
    ['what is signed', '{"ws":"wss://call.example/ws","signature":"abc"}'],
    ['a description', '{"sdp":"v=0\\r\\no=- 1 2 IN IP4 0.0.0.0\\r\\n","ws":"wss://call.example/ws"}'],
  ])('%s stays', (_, text) => {
    expect(json(text)).toBeUndefined();
  });
});

test('scripts and pages have addresses in any quotes; one with hashes stays', () => {
  const script = `connect('wss://call.example/a' + id); get(\`https://call.example\${path}\`); // https://call.example/`;
  expect(readdressed(script, 'script', names)).toEqual({
    text: `connect('ws://127.0.0.1:8088/a' + id); get(\`http://127.0.0.1:8088\${path}\`); // https://call.example/`,
    count: 2,
  });
  const page = `<meta http-equiv="content-security-policy" content="script-src 'sha256-x'"><a href="https://call.example/">`;
  expect(readdressed(page, 'page', names)).toBeUndefined();
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const config: Handler = (request, response, origin) => {
  const text = JSON.stringify({ wsUrl: `${origin.replace('http', 'ws')}/ws` });
  if (request.url === '/zipped')
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(gzipSync(text));
  else if (request.url === '/signed')
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Digest': 'sha-256=:x:' }).end(text);
  else if (request.url === '/slow') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.write(`<a href="${origin}/x">`);
    request.socket.on('close', () => response.end());
  } else
    response
      .writeHead(200, { 'Content-Type': 'application/json', ETag: '"1"', 'Content-Length': text.length })
      .end(text);
};

test('a config leads to the proxy, compressed or not, and that is told as ours', async () => {
  const proxy = await proxied(closers, config);
  const own = proxy.url.replace('http', 'ws');
  for (const path of ['config', 'zipped']) {
    const answer = await fetch(proxy.url + path);
    expect(await answer.json()).toEqual({ wsUrl: `${own}ws` });
    expect(answer.headers.get('etag')).toBeNull();
  }
  const told = await proxy.told((draft) => draft.kind === 'action');
  expect(told).toMatchObject({
    action: {
      do: 'edit',
      by: expect.stringMatching(/^the server's address is the proxy's in the answer to GET \/config, 1×/),
    },
  });
});

test('what is signed stays, and everything does if that is wanted', async () => {
  const proxy = await proxied(closers, config);
  const { origin } = proxy;
  const plain = await proxied(closers, config, { rewrite: false });
  const own = (origin: string) => ({ wsUrl: `${origin.replace('http', 'ws')}/ws` });
  expect(await (await fetch(`${proxy.url}signed`)).json()).toEqual(own(origin));
  const answer = await fetch(`${plain.url}config`);
  expect(await answer.json()).toEqual(own(plain.origin));
  expect(answer.headers.get('etag')).toBe('"1"');
  expect([...proxy.drafts, ...plain.drafts]).toEqual([]);
});

test('a page that is sent bit by bit is shown bit by bit, as it is', async () => {
  const proxy = await proxied(closers, config);
  const { origin } = proxy;
  const { body } = await fetch(`${proxy.url}slow`);
  const first = await body?.getReader().read();
  expect(String(Buffer.from(first?.value ?? []))).toBe(`<a href="${origin}/x">`);
});

test('a page that came from the server itself may read what it asks for; others may what the server says', async () => {
  const asked: IncomingMessage[] = [];
  const proxy = await proxied(closers, (request, response) => {
    asked.push(request);
    response.writeHead(200, { 'X-Own': '1', 'Access-Control-Allow-Origin': 'https://else.example' }).end();
  });
  const { origin } = proxy;
  const preflight = { 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'if-match' };
  const allowed = await fetch(proxy.url, { method: 'OPTIONS', headers: { Origin: origin, ...preflight } });
  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'PATCH',
    'access-control-allow-headers': 'if-match',
  });
  expect(asked).toEqual([]);
  const answer = await fetch(proxy.url, { headers: { Origin: origin, 'Sec-Fetch-Site': 'cross-site' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  expect(answer.headers.get('access-control-expose-headers')).toContain('x-own');
  expect(asked[0]?.headers).toMatchObject({ origin, 'sec-fetch-site': 'same-origin' });
  await proxy.told((draft) => draft.kind === 'action');
  const other = await fetch(proxy.url, {
    method: 'OPTIONS',
    headers: { Origin: 'https://else.example', ...preflight },
  });
  expect(other.headers.get('access-control-allow-origin')).toBe('https://else.example');
  expect(asked[1]).toMatchObject({ method: 'OPTIONS' });
});

test('policies and cookies hold for the proxy as for the server', async () => {
  const proxy = await proxied(closers, (_request, response, own) => {
    const host = new URL(own).host;
    response.writeHead(200, {
      'Content-Security-Policy': `default-src 'self'; connect-src ws://${host} ${host} https://else.example`,
      'Strict-Transport-Security': 'max-age=1',
      'Set-Cookie': ['a=1; Secure; Domain=x', 'b=2; SameSite=None; Secure', '__Host-c=3; Path=/; secure'],
    });
    response.end();
  });
  const { origin } = proxy;

  const { headers } = await fetch(proxy.url);
  const host = new URL(proxy.url).host;
  expect(headers.get('content-security-policy')).toBe(
    `default-src 'self'; connect-src ws://${host} ${host} https://else.example`,
  );
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.getSetCookie()).toEqual(['a=1', 'b=2; SameSite=None; Secure', '__Host-c=3; Path=/; secure']);
  expect(origin).not.toContain(host);
});
