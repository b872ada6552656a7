/** A peer whose protocol speaks HTTP: a small protocol that uses everything a client may ask for, and a server for it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { RenegoError } from '../../src/core/errors.ts';
import { refusedBy } from '../../src/protocols/http.ts';
import type { Client, ClientOptions, ClientOutput, Protocol } from '../../src/protocols/protocol.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { dummy } from '../helpers/dummy-engine.ts';
import { problem, type Running, runSource, sent, words } from '../helpers/run-source.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanup.splice(0).reverse()) await one();
});

/** Joins by a request, then does what the response says, one output a line. */
function scripted(options: ClientOptions): Client {
  let begun = false;
  return {
    opened() {
      if (begun) return [{ do: 'send', raw: 'aGVsbG8=', encoding: 'base64' }];
      begun = true;
      return [{ do: 'request', id: 'join', method: 'POST', url: 'join', body: JSON.stringify(options.params) }];
    },
    received: ({ data, encoding }) => (encoding === 'base64' ? [] : (JSON.parse(data) as ClientOutput[])),
    responded: (response) => {
      const { id, status, body } = response;
      if (status === 200 && body !== '') return JSON.parse(body) as ClientOutput[];
      return id === 'join' ? [refusedBy(response)] : [{ do: 'problem', code: 'ENDED', detail: `${id} ${status}` }];
    },
    woken: (id) => [{ do: 'problem', code: 'WOKEN', detail: id }],
    encode: (signal) => [{ do: 'request', id: signal.type, method: 'PUT', url: `signal/${signal.type}` }],
    ask: (what) => [{ do: 'request', id: what, method: 'POST', url: `ask/${what}` }],
    leave: () => [{ do: 'request', id: 'leave', method: 'DELETE', url: 'session' }],
  };
}

const protocol: Protocol = {
  name: 'scripted',
  title: 'a protocol for this test',
  carrier: 'http',
  subprotocols: [],
  capabilities: { trickle: true, renegotiation: true, restart: 'offer', bye: true, endOfCandidates: true },
  detect: () => 0,
  decoder: () => ({ decode: ({ data }) => ({ signals: data === '' ? [] : [{ type: 'other', label: data }] }) }),
  client: scripted,
  examples: [],
};

interface Server {
  readonly url: string;
  readonly asked: string[];
}

/** `script` is what the response to the join tells the client to do. */
async function serve(
  script: readonly ClientOutput[],
  answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<Server> {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (answer(request, response)) return;
    response.end(request.url?.endsWith('/join') ? JSON.stringify(script) : '');
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => socket.on('message', (data, binary) => asked.push(`${binary} ${data}`)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
    return new Promise((resolve) => http.close(resolve));
  });
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/app/`, asked };
}

function peer(url: string, options: Partial<PeerOptions> = {}): Running {
  const running = runSource(createPeer({ url, as: 'me', engine: dummy, protocol, random: () => 1, ...options }));
  cleanup.push(() => running.stop().catch(() => {}));
  return running;
}

const IN: readonly ClientOutput[] = [
  { do: 'joined', as: 'me' },
  { do: 'presence', who: 'bob', change: 'join' },
];

describe('a peer over HTTP', () => {
  it('begins with a request, tells both directions, and takes its leave', async () => {
    const server = await serve(IN);
    const me = peer(server.url, { params: { a: 'b' }, headers: { authorization: 'Bearer x' }, call: true });
    await me.until(sent('response'));
    await me.until(
      (draft) => draft.kind === 'message' && draft.signals.some((one) => 'method' in one && one.method === 'PUT'),
    );
    await me.stop();
    const http = me.drafts.flatMap((draft) => (draft.kind === 'message' && draft.link === 'http' ? [draft] : []));
    expect(http[0]).toMatchObject({ from: 'me', to: 'server', raw: '{"a":"b"}', protocol: 'scripted' });
    expect(http[0]?.signals[0]).toEqual({ type: 'request', method: 'POST', headers: {} });
    expect(http[0]?.http).toEqual({ method: 'POST', url: `${server.url}join`, exchange: '1' });
    expect(http[1]?.http).toEqual({ method: 'POST', url: `${server.url}join`, exchange: '1', status: 200 });
    expect(http[1]?.signals[0]).toMatchObject({ type: 'response', method: 'POST', status: 200, ok: true });
    expect(server.asked.slice(0, 1)).toEqual(['POST /app/join']);
    expect(server.asked).toEqual(expect.arrayContaining(['PUT /app/signal/offer', 'PUT /app/signal/bye']));
    expect(server.asked.at(-1)).toBe('DELETE /app/session');
  });

  it('reads streams of events, wakes, and opens a WebSocket', async () => {
    const script: ClientOutput[] = [
      { do: 'wake', id: 'soon', after: 60_000 },
      { do: 'wake', id: 'soon', after: 1 },
      { do: 'request', id: 'events', method: 'GET', url: '/events', events: true },
      { do: 'open', url: '/socket' },
    ];
    const server = await serve(script, ({ url }, response) => {
      if (url !== '/events') return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: [{"do":"problem","code":"EVENT","detail":""}]\n\n');
      return true;
    });
    const me = peer(server.url);
    const ended = (detail: string) => me.until((draft) => draft.kind === 'problem' && draft.detail === detail);
    const link = me.until((draft) => draft.kind === 'link' && draft.change === 'open');
    const binary = me.until((draft) => draft.kind === 'message' && draft.encoding === 'base64');
    await Promise.all([me.until(problem('WOKEN')), me.until(problem('EVENT')), link, binary]);
    await Promise.all([ended('events 200'), ended('events 0')]);
    await me.stop();
    expect(server.asked).toEqual(expect.arrayContaining(['GET /events', 'true hello']));
  });

  it('follows redirections, and gives credentials to its own server only', async () => {
    const seen: unknown[] = [];
    const other = await serve(IN, ({ headers }) => {
      seen.push(headers.authorization);
      return false;
    });
    const server = await serve([], ({ headers }, response) => {
      seen.push(headers.authorization);
      response.writeHead(307, { location: `${other.url}join` }).end();
      return true;
    });
    const me = peer(server.url, { headers: { Authorization: 'Bearer x' } });
    await me.until(
      (draft) => draft.kind === 'message' && draft.signals.some((one) => 'status' in one && one.status === 200),
    );
    expect(seen.slice(0, 2)).toEqual(['Bearer x', undefined]);
    expect(other.asked[0]).toBe('POST /app/join');
  });

  it('offers when it is asked to, and asks where the other side offers', async () => {
    const server = await serve([...IN, { do: 'wanted', from: 'bob', iceRestart: false }]);
    peer(server.url);
    await expect.poll(() => server.asked).toContain('PUT /app/signal/offer');
    const capabilities = { ...protocol.capabilities, offers: 'them', restart: 'ask' } as const;
    const them: Protocol = {
      ...protocol,
      client: (options) => ({ ...scripted(options), capabilities: () => capabilities }),
    };
    const sfu = await serve(IN);
    peer(sfu.url, { protocol: them, call: true });
    await expect.poll(() => sfu.asked).toContain('POST /app/ask/offer');
    expect(sfu.asked).not.toContain('PUT /app/signal/offer');
  });

  it('calls anew, with what it has learned, where the call cannot work', async () => {
    const again: ClientOutput[] = [
      { do: 'learned', capabilities: { restart: { why: 'not here' } } },
      { do: 'redial', to: 'bob', why: 'it cannot work' },
    ];
    let offers = 0;
    const server = await serve(IN, ({ url }, response) => {
      if (url !== '/app/signal/offer') return false;
      offers += 1;
      response.end(offers === 1 ? JSON.stringify(again) : '');
      return true;
    });
    const me = peer(server.url, { call: true });
    await expect.poll(() => offers).toBe(2);
    expect(me.source.refusal({ do: 'restart-ice' })).toBe('not here');
    const closed = me.drafts.find((draft) => draft.kind === 'call' && draft.name === 'close');
    expect(closed).toMatchObject({ args: { reason: 'it cannot work' } });
  });

  it.each([
    ['nobody listens', () => Promise.resolve('http://127.0.0.1:9/'), 'CONNECT_REFUSED', /nobody listens/],
    [
      'it does not speak TLS',
      async () => (await serve([])).url.replace('http', 'https'),
      'CONNECT_TLS',
      /TLS connection/,
    ],
    [
      'it says 404',
      async () =>
        (
          await serve([], (_request, response) => {
            response.writeHead(404).end('nothing here');
            return true;
          })
        ).url,
      'REFUSED',
      /HTTP 404: nothing here/,
    ],
  ])('ends when %s', async (_title, url, code, message) => {
    const error = (await peer(await url()).ended.catch((thrown: unknown) => thrown)) as RenegoError;
    expect(error).toMatchObject({ code, kind: 'connect', message: expect.stringMatching(message) });
    expect(error.hint).toBeDefined();
  });

  it('goes on when a later request fails', async () => {
    const server = await serve([...IN, { do: 'request', id: 'x', method: 'GET', url: 'http://127.0.0.1:9/' }]);
    const me = peer(server.url);
    await me.until(problem('HTTP_FAILED'));
    await me.until(problem('ENDED'));
    expect(words(me.drafts).join()).toMatch(/127\.0\.0\.1:9/);
  });
});

describe('several calls of one peer', () => {
  it('are told apart by the party, and may be called what the protocol calls them', async () => {
    const offer = (from: string, pc: string): ClientOutput => ({
      do: 'signal',
      from,
      signal: { type: 'offer', pc, sdp: 'v=0\r\n' },
    });
    const server = await serve([...IN, offer('sfu/a', 'one'), offer('sfu/b', 'two')]);
    const named: Protocol = { ...protocol, client: (options) => ({ ...scripted(options), newPc: (to) => `to-${to}` }) };
    const me = peer(server.url, { protocol: named });
    await expect.poll(() => server.asked.filter((one) => one === 'PUT /app/signal/answer')).toHaveLength(2);
    const pcs = me.drafts.flatMap((draft) => (draft.kind === 'apply' ? [draft.pc] : []));
    expect(new Set(pcs)).toEqual(new Set(['one', 'two']));
    expect(me.source.refusal({ do: 'call', to: 'bob' })).toBeUndefined();
    me.source.dispatch({ do: 'call', to: 'bob' });
    await me.until((draft) => draft.kind === 'call' && draft.pc === 'to-bob');
  });
});
