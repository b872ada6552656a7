/** Stepping in between an app and a server that speak HTTP: real servers, real requests. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Ordered } from '../../../src/cli/command.ts';
import { parseInterventions } from '../../../src/cli/interventions.ts';
import type { Draft } from '../../../src/core/event.ts';
import type { ProxyOptions } from '../../../src/sources/proxy/options.ts';
import { type Running, startProxy } from './ends.ts';

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n';
const ANSWER = SDP.replace('actpass', 'active');
const json = (type: string, sdp: string) => JSON.stringify({ type, sdp });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Handler = (asked: Asked, response: ServerResponse) => void;

const rules = (...options: readonly (readonly [string, string | true])[]): Partial<ProxyOptions> => ({
  interventions: parseInterventions(
    options.map(([name, value]): Ordered => ({ name, value })),
    {},
  ),
});

interface Between extends Running {
  /** What the server was asked. */
  readonly asked: Asked[];
}

async function between(options: Partial<ProxyOptions>, handler: Handler): Promise<Between> {
  const asked: Asked[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const one = { method, url, headers, body: Buffer.concat(chunks) };
    asked.push(one);
    handler(one, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, options);
  closers.push(
    () => {
      server.closeAllConnections();
      server.close();
    },
    () => proxy.stop(),
  );
  return Object.assign(proxy, { asked });
}

const whip: Handler = ({ method }, response) => {
  if (method !== 'POST') return response.writeHead(method === 'DELETE' ? 200 : 204).end();
  const headers = {
    'Content-Type': 'application/sdp',
    Location: '/session/7',
    ETag: '"ice"',
    Link: '<stun:x>; rel="ice-server"',
  };
  return response.writeHead(201, headers).end(ANSWER);
};
const SDP_TYPE = { 'Content-Type': 'application/sdp' };
const post = (proxy: Running, body: string | Buffer = SDP, headers: Record<string, string> = SDP_TYPE, path = 'whip') =>
  fetch(`${proxy.url}${path}`, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
const isAction = (name: string) => (draft: Draft) => draft.kind === 'action' && draft.action.do === name;
const signals = ({ drafts }: Running) =>
  drafts.flatMap((draft) =>
    draft.kind === 'message' ? draft.signals.map((one) => ('label' in one ? one.label : one.type)) : [],
  );

describe('WHIP', () => {
  test('an offer that is edited arrives as edited, and its answer too', async () => {
    const proxy = await between(
      rules(['on', 'offer'], ['edit', 's/actpass/passive/'], ['on', 'answer'], ['edit', 's/active/passive/']),
      whip,
    );
    const answer = await post(proxy);
    expect(String(proxy.asked[0]?.body)).toBe(SDP.replace('actpass', 'passive'));
    expect(proxy.asked[0]?.headers['content-length']).toBe(String(SDP.length));
    expect(answer.status).toBe(201);
    expect(await answer.text()).toBe(ANSWER.replace('active', 'passive'));
    // The ETag is the session's, which PATCH needs.
    expect(Object.fromEntries(answer.headers)).toMatchObject({ etag: '"ice"', location: '/session/7' });
    expect(proxy.drafts.filter(isAction('edit'))).toHaveLength(2);
  });

  test('what matches no rule goes as it came', async () => {
    const proxy = await between(rules(['on', 'candidate'], ['drop', true]), whip);
    const answer = await post(proxy);
    expect([answer.status, await answer.text()]).toEqual([201, ANSWER]);
    expect(String(proxy.asked[0]?.body)).toBe(SDP);
    expect(signals(proxy)).toEqual(expect.arrayContaining(['offer', 'answer']));
  });

  test('a dropped request never gets there; a dropped answer never comes back: the app is told so', async () => {
    const lost = await between(rules(['on', 'offer'], ['drop', true]), whip);
    const none = await post(lost, SDP, { ...SDP_TYPE, Origin: 'http://app.example' });
    expect([none.status, await none.text()]).toEqual([504, expect.stringContaining('has not seen it')]);
    expect(none.headers.get('access-control-allow-origin')).toBe('http://app.example');
    expect(lost.asked).toEqual([]);
    const mute = await between(rules(['on', 'answer'], ['drop', true]), whip);
    const late = await post(mute);
    expect([late.status, await late.text()]).toEqual([504, expect.stringContaining('has given one')]);
    expect(mute.asked).toHaveLength(1);
    expect(signals(mute)).toContain('dropped: response, answer');
  });

  test('a goodbye without a body is held up like anything else', async () => {
    const proxy = await between(rules(['on', 'bye'], ['drop', true]), whip);
    await post(proxy);
    const gone = await fetch(`${proxy.url}session/7`, { method: 'DELETE' });
    expect(gone.status).toBe(504);
    expect(proxy.asked.map(({ method }) => method)).toEqual(['POST']);
  });

  test('a request that is duplicated gets there twice, and the app has one answer', async () => {
    const proxy = await between(rules(['on', 'offer'], ['duplicate', true]), whip);
    expect((await post(proxy)).status).toBe(201);
    while (proxy.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(proxy.asked.map(({ body }) => String(body))).toEqual([SDP, SDP]);
  });

  test('what is delayed comes later', async () => {
    const proxy = await between(rules(['on', 'answer'], ['delay', '50ms']), whip);
    const answer = await post(proxy);
    expect([answer.status, await answer.text()]).toEqual([201, ANSWER]);
    expect(proxy.drafts.some(isAction('delay'))).toBe(true);
  });

  test('what a key holds waits, is edited and let go; an answer cannot be sent twice', async () => {
    const proxy = await between({}, whip);
    proxy.dispatch({ do: 'hold', match: 'description' });
    const answer = post(proxy);
    await proxy.told(() => proxy.held?.().length === 1);
    expect(proxy.asked).toEqual([]);
    const [offer] = proxy.held?.() ?? [];
    expect(offer?.text).toBe(SDP.replaceAll('\r\n', '\n'));
    proxy.dispatch({ do: 'edit', text: offer?.text.replace('actpass', 'holdconn') ?? '' });
    proxy.dispatch({ do: 'let-go' });
    await proxy.told(() => proxy.held?.()[0]?.what === 'answer');
    expect(String(proxy.asked[0]?.body)).toBe(SDP.replace('actpass', 'holdconn'));
    proxy.dispatch({ do: 'duplicate' });
    proxy.dispatch({ do: 'hold', match: '', off: true });
    expect(await (await answer).text()).toBe(ANSWER);
    const told = proxy.drafts.flatMap((draft) => (draft.kind === 'problem' ? [draft.detail] : []));
    expect(told).toEqual([expect.stringContaining('only once')]);
  });

  test('what nobody lets go of goes by itself; an app that gives up is told', async () => {
    const patient = await between({ ...rules(['hold', 'offer']), patience: 30 }, whip);
    expect((await post(patient)).status).toBe(201);
    expect(patient.drafts.find(isAction('let-go'))).toMatchObject({ action: { by: 'nobody acted in time' } });
    const proxy = await between(rules(['hold', 'offer']), whip);
    const gone = new AbortController();
    const asking = fetch(`${proxy.url}whip`, { method: 'POST', headers: SDP_TYPE, body: SDP, signal: gone.signal });
    await proxy.told(() => proxy.held?.().length === 1);
    gone.abort();
    await expect(asking).rejects.toThrow();
    const told = await proxy.told(({ kind }) => kind === 'problem');
    expect(told).toMatchObject({ detail: expect.stringContaining('given up') });
    expect(proxy.held?.()).toEqual([]);
  });

  test('another offer is posted like the one that was seen, and its answer is told', async () => {
    const proxy = await between({}, whip);
    expect(proxy.refusal({ do: 'inject', to: 'server', raw: '' })).toContain('nobody has connected');
    await post(proxy, SDP, { ...SDP_TYPE, Authorization: 'Bearer secret' });
    await proxy.told((draft) => draft.kind === 'message' && draft.signals.some(({ type }) => type === 'answer'));
    expect(proxy.refusal({ do: 'inject', to: 'client', raw: '' })).toContain('without asking');
    const other = SDP.replace('actpass', 'passive');
    proxy.dispatch({ do: 'inject', to: 'server', raw: other });
    await proxy.told(() => signals(proxy).filter((one) => one === 'answer').length === 2);
    expect(proxy.asked[1]).toMatchObject({ method: 'POST', url: '/whip', headers: { authorization: 'Bearer secret' } });
    expect(String(proxy.asked[1]?.body)).toBe(other);
    expect(proxy.drafts.some(isAction('inject'))).toBe(true);
  });
});

describe('SDP in JSON', () => {
  test('is edited in its envelope, also where it came compressed', async () => {
    const proxy = await between(rules(['on', 'description'], ['edit', 's/act/pass/']), (_asked, response) => {
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', ETag: '"v1"' };
      response.writeHead(200, headers).end(gzipSync(json('answer', ANSWER)));
    });
    const packed = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    const answer = await post(proxy, gzipSync(json('offer', SDP)), packed, 'offer');
    expect(JSON.parse(String(proxy.asked[0]?.body))).toEqual({ type: 'offer', sdp: SDP.replace('act', 'pass') });
    expect(proxy.asked[0]?.headers['content-encoding']).toBeUndefined();
    expect(await answer.json()).toEqual({ type: 'answer', sdp: ANSWER.replace('act', 'pass') });
    expect(answer.headers.get('content-encoding')).toBeNull();
  });

  test('untouched bodies keep compression, chunks and trailers', async () => {
    const proxy = await between(rules(['on', 'bye'], ['drop', true]), (_asked, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', Trailer: 'X-End' });
      response.write(gzipSync(json('offer', SDP)));
      response.addTrailers({ 'X-End': 'yes' });
      response.end();
    });
    const asking = request(proxy.url).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    expect(JSON.parse(String(gunzipSync(Buffer.concat(chunks))))).toEqual({ type: 'offer', sdp: SDP });
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    expect(answer.trailers).toEqual({ 'x-end': 'yes' });
  });
});

describe('while a rule is in force', () => {
  test('large bodies and pages stream, and so does what does not end', async () => {
    const big = Buffer.alloc(3 * 1024 * 1024, 'x');
    let endless: ServerResponse | undefined;
    const proxy = await between(rules(['on', 'offer'], ['drop', true]), ({ url, body }, response) => {
      if (url === '/endless') {
        endless = response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
        response.write('{"first":true}\n');
      } else response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(body);
    });
    const echoed = await post(proxy, big, { 'Content-Type': 'application/octet-stream' }, 'echo');
    expect(Buffer.from(await echoed.arrayBuffer()).equals(big)).toBe(true);
    const asking = request(`${proxy.url}endless`).end();
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    expect(String((await once(answer, 'data'))[0])).toBe('{"first":true}\n');
    endless?.write('{"second":true}\n');
    expect(String((await once(answer, 'data'))[0])).toBe('{"second":true}\n');
    asking.destroy();
  });
});

describe('Socket.IO that polls', () => {
  const PATH = 'socket.io/?EIO=4&transport=polling&sid=abc';
  const event = (...args: unknown[]) => `42${JSON.stringify(args)}`;
  const offer = event('signal', { type: 'offer', sdp: SDP });
  const poll: Handler = ({ method }, response) => {
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
    response.end(method === 'POST' ? 'ok' : [event('hello'), offer].join('\x1e'));
  };
  const send = (proxy: Running, ...packets: string[]) =>
    post(proxy, packets.join('\x1e'), { 'Content-Type': 'text/plain;charset=UTF-8' }, PATH);

  test('loses only the packet that is dropped', async () => {
    const proxy = await between(rules(['on', 'offer'], ['drop', true]), poll);
    expect(await (await send(proxy, event('hello'), offer)).text()).toBe('ok');
    expect(String(proxy.asked[0]?.body)).toBe(event('hello'));
    expect(await (await send(proxy, offer)).text()).toBe('ok');
    expect(proxy.asked).toHaveLength(1);
    expect(await (await fetch(proxy.url + PATH)).text()).toBe(event('hello'));
  });

  test('gets edited and duplicated packets in its bodies', async () => {
    const proxy = await between(rules(['on', 'offer'], ['edit', 's/actpass/active/'], ['duplicate', true]), poll);
    const edited = offer.replace('actpass', 'active');
    await send(proxy, offer, event('bye'));
    expect(String(proxy.asked[0]?.body).split('\x1e')).toEqual([edited, edited, event('bye')]);
    expect((await (await fetch(proxy.url + PATH)).text()).split('\x1e')).toEqual([event('hello'), edited, edited]);
  });
});

describe('a stream of events', () => {
  const message = `event: signal\nid: 7\ndata: ${json('offer', SDP)}\n\n`;

  async function listening(options: Partial<ProxyOptions>) {
    let stream: ServerResponse | undefined;
    const proxy = await between(options, (_asked, response) => {
      stream = response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.flushHeaders();
    });
    const asking = request(proxy.url).end();
    closers.push(() => asking.destroy());
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    let heard = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
    });
    const until = async (text: string) => {
      while (!heard.includes(text)) await once(answer, 'data');
      return heard;
    };
    return { proxy, until, say: (text: string) => stream?.write(text) };
  }

  test('loses what is dropped and no more, and keeps names and ids of what is edited', async () => {
    const { until, say } = await listening(
      rules(['on', 'offer'], ['edit', 's/actpass/active/'], ['on', 'candidate'], ['drop', true]),
    );
    const candidate = { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', sdpMid: '0' };
    say(`: alive\n\n${message}event: x\ndata: ${JSON.stringify(candidate)}\n\ndata: the last\n\n`);
    expect(await until('the last\n\n')).toBe(`: alive\n\n${message.replace('actpass', 'active')}data: the last\n\n`);
  });

  test('that is open already is held from the next event on, and takes one of ours', async () => {
    const { proxy, until, say } = await listening({});
    say('data: half an ev');
    await until('half');
    proxy.dispatch({ do: 'hold', match: 'offer' });
    say(`ent\n\n${message}data: behind\n\n`);
    await proxy.told(() => proxy.held?.().length === 1);
    expect(await until('an event\n\n')).not.toContain('actpass');
    proxy.dispatch({ do: 'duplicate' });
    const heard = await until('data: behind\n\n');
    expect(heard.split('event: signal\nid: 7\n').length).toBe(3);
    proxy.dispatch({ do: 'inject', to: 'client', raw: json('answer', ANSWER) });
    expect(await until('a=setup:active')).toContain(`data: ${json('answer', ANSWER)}\n\n`);
  });
});
