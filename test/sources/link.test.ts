import { createServer as createHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { RenegoError } from '../../src/core/errors.ts';
import { retryDelay } from '../../src/sources/backoff.ts';
import { socketError } from '../../src/sources/connect-error.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { dummy } from '../helpers/dummy-engine.ts';
import { type Running, runSource, sent, words } from '../helpers/run-source.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of cleanup.splice(0).reverse()) await one();
});

function peer(url: string, options: Partial<PeerOptions> = {}): Running {
  const running = runSource(createPeer({ url, as: 'me', engine: dummy, random: () => 1, ...options }));
  cleanup.push(() => running.stop().catch(() => {}));
  return running;
}

async function failure(url: string): Promise<RenegoError> {
  return (await peer(url).ended.catch((error: unknown) => error)) as RenegoError;
}

async function port(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('the first connection', () => {
  it.each([
    ['no address', 'nonsense', /looks like ws:/],
    ['a web address', 'https://example.org/x', /wss:\/\/example\.org\/x/],
    ['another scheme', 'ftp://example.org', /ws:/],
  ])('is not tried for %s', (_title, url, hint) => {
    expect(() => createPeer({ url, as: 'me', engine: dummy })).toThrow(
      expect.objectContaining({ kind: 'usage', code: 'CONNECT_URL', hint: expect.stringMatching(hint) }),
    );
  });

  it('says when nobody listens', async () => {
    const server = createServer();
    const free = await port(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(`ws://127.0.0.1:${free}`)).toMatchObject({ code: 'CONNECT_REFUSED', kind: 'connect' });
  });

  it.each([404, 500])('says when the server answers with HTTP %d', async (status) => {
    const free = await port(createHttp((_request, response) => response.writeHead(status).end('no')));
    expect(await failure(`ws://127.0.0.1:${free}/x`)).toMatchObject({ code: 'CONNECT_HTTP' });
  });

  it('says when the server hangs up or speaks no HTTP', async () => {
    const hangUp = await port(createServer((socket) => socket.on('error', () => {}).destroy()));
    expect(await failure(`ws://127.0.0.1:${hangUp}/`)).toMatchObject({ code: 'CONNECT_REFUSED' });
    const babble = await port(createServer((socket) => socket.on('error', () => {}).end('220 smtp ready\r\n')));
    expect(await failure(`ws://127.0.0.1:${babble}/`)).toMatchObject({ code: 'CONNECT_HTTP' });
  });

  it('says when TLS is not spoken', async () => {
    const plain = await port(createHttp());
    expect(await failure(`wss://127.0.0.1:${plain}/`)).toMatchObject({
      code: 'CONNECT_TLS',
      hint: expect.stringContaining('ws://'),
    });
  });

  it.each([
    ['ENOTFOUND', 'CONNECT_DNS', 'spelling'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CONNECT_TLS', '--insecure'],
    ['ETIMEDOUT', 'CONNECT_TIMEOUT', 'firewall'],
  ])('explains %s', (code, expected, hint) => {
    const error = socketError('wss://example.org/', Object.assign(new Error('x'), { code }));
    expect(error).toMatchObject({ code: expected, hint: expect.stringContaining(hint) });
    const both = new AggregateError([Object.assign(new Error('x'), { code })]);
    expect(socketError('wss://example.org/', both).code).toBe(expected);
  });
});

it('waits longer with every attempt, ten seconds at most, and never less than half', () => {
  expect([0, 1, 2, 5, 6, 99].map((attempt) => retryDelay(attempt, 0))).toEqual([250, 500, 1000, 8000, 10000, 10000]);
  expect(retryDelay(6, 1)).toBe(5000);
});

describe('a server that misbehaves', () => {
  /** Lets the client in under MDN's rules, then does as told. */
  async function wild(behave: (socket: WebSocket, connection: number) => void, subprotocol = 'json'): Promise<string> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => subprotocol || false });
    await new Promise((resolve) => server.once('listening', resolve));
    let connections = 0;
    server.on('connection', (socket) => {
      connections += 1;
      socket.send('{"type":"id","id":1}');
      socket.once('message', () => {
        socket.send('{"type":"userlist","users":["me","bob"]}');
        behave(socket, connections);
      });
    });
    cleanup.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it('sends garbage, binary and a huge frame: all shown, nothing lost', async () => {
    const huge = JSON.stringify({ type: 'message', text: 'x'.repeat(10_000_000) });
    const url = await wild((socket) => {
      for (const frame of ['{"type":', 'null', '', Buffer.from([0, 255]), huge, '{"type":"last"}']) socket.send(frame);
    });
    const me = peer(url);
    await me.until((draft) => draft.kind === 'message' && draft.raw === '{"type":"last"}');
    const labels = me.drafts.flatMap((draft) => (draft.kind === 'message' ? draft.signals : [])).slice(-6);
    expect(labels.map((signal) => ('label' in signal ? signal.label : signal.type))).toEqual([
      'not JSON',
      'JSON, but not an object',
      'not JSON',
      'binary frame',
      'chat message',
      'last',
    ]);
    expect(me.drafts.find((draft) => draft.kind === 'message' && draft.encoding === 'base64')).toMatchObject({
      raw: 'AP8=',
    });
  });

  it('sends a frame beyond the limit: the connection ends with a reason and comes back', async () => {
    const url = await wild((socket, connection) => {
      if (connection === 1) socket.send('x'.repeat(5_000));
    });
    const me = peer(url, { maxPayload: 1_000 });
    await me.until((draft) => draft.kind === 'link' && draft.change === 'error' && /payload/i.test(draft.reason ?? ''));
    const from = me.drafts.length;
    await me.until((draft) => draft.kind === 'link' && draft.change === 'open', from);
  });

  it('closes in the middle of an offer: the offer is sent again after the retry', async () => {
    const url = await wild((socket, connection) => {
      socket.on('message', (data) => {
        if (connection === 1 && String(data).includes('video-offer')) socket.close(4000, 'busy');
      });
    });
    const me = peer(url, { call: true });
    const closed = await me.until((draft) => draft.kind === 'link' && draft.change === 'close');
    expect(closed).toMatchObject({ code: 4000, reason: 'busy' });
    const retry = await me.until((draft) => draft.kind === 'link' && draft.change === 'retry');
    expect(retry).toMatchObject({ delay: 125 });
    await me.until(sent('offer', 'me'), me.drafts.indexOf(retry));
    expect(words(me.drafts).filter((word) => word === 'me createOffer')).toHaveLength(1);
  });

  it('falls silent without a word: noticed, told, and another connection made', async () => {
    const url = await wild((socket, connection) => {
      if (connection === 1) socket.pause();
    });
    const me = peer(url, { pingInterval: 40 });
    const silent = await me.until((draft) => draft.kind === 'link' && draft.change === 'error');
    expect(silent).toMatchObject({ reason: 'the server does not answer (silent for 0.08 s)' });
    const from = me.drafts.indexOf(silent);
    await me.until((draft) => draft.kind === 'link' && draft.change === 'open', from);
    const told = me.drafts.slice(from).flatMap((draft) => (draft.kind === 'link' ? [draft.change] : []));
    expect(told).toEqual(['error', 'close', 'retry', 'connecting', 'open']);
  });

  it('answers pings but says nothing: stays connected', async () => {
    let pings = 0;
    let asked: () => void = () => {};
    const often = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const url = await wild((socket) => {
      socket.on('ping', () => {
        pings += 1;
        if (pings === 5) asked();
      });
    });
    const me = peer(url, { pingInterval: 20 });
    await often;
    expect(words(me.drafts).filter((word) => word.startsWith('link'))).toEqual(['link connecting', 'link open']);
  });

  it('ends the session where reconnecting is not wanted', async () => {
    const url = await wild((socket) => socket.close(1001));
    expect(await peer(url, { reconnect: false }).ended).toEqual({ reason: 'link closed', code: 0 });
  });

  it('drops handshakes without its subprotocol: asked again with those that servers insist on', async () => {
    const asked: string[][] = [];
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      handleProtocols: (offered) => (offered.has('janus-protocol') ? 'janus-protocol' : false),
      verifyClient({ req }, done) {
        const offered = (req.headers['sec-websocket-protocol'] ?? '').split(/, ?/).filter((one) => one !== '');
        asked.push(offered);
        if (offered.includes('janus-protocol')) done(true);
        else req.socket.destroy();
      },
    });
    await new Promise((resolve) => server.once('listening', resolve));
    cleanup.push(() => server.close());
    // The address looks like that of another system.
    const one = peer(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket.io/`);
    await one.until((draft) => draft.kind === 'mark' && draft.text.startsWith('protocol janus'));
    expect(asked[0]).toEqual([]);
    expect(asked[1]).toContain('janus-protocol');
    expect(words(one.drafts).filter((word) => /error/.test(word))).toEqual([]);
  });

  it('picks no subprotocol: taken as browsers take it', async () => {
    const url = await wild(() => {}, '');
    await peer(url).until((draft) => draft.kind === 'link' && draft.change === 'open');
  });

  it('floods: every frame is shown, in order', async () => {
    const url = await wild((socket) => {
      for (let n = 0; n < 3_000; n++) socket.send(`{"type":"flood","n":${n}}`);
    });
    const me = peer(url);
    await me.until((draft) => draft.kind === 'message' && draft.raw.endsWith('2999}'));
    expect(me.drafts.filter((draft) => draft.kind === 'message' && draft.raw.includes('flood'))).toHaveLength(3_000);
  });
});
