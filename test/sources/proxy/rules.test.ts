/** Which messages the rules of the command line find where two apps talk through one proxy, and what is said of those that find none. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { parseInterventions } from '../../../src/cli/interventions.ts';
import type { Draft } from '../../../src/core/event.ts';
import { simplePeer } from '../../../src/protocols/simple-peer.ts';
import { yWebrtc } from '../../../src/protocols/y-webrtc.ts';
import type { ProxyOptions } from '../../../src/sources/proxy/options.ts';
import { type Running, startProxy } from './ends.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const sdp = (id: number) => `v=0\r\no=- ${id} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n`;
const says = (type: string, id: number) => JSON.stringify({ type, sdp: sdp(id) });
const LAST = JSON.stringify({ type: 'the last' });

/** A server that sends what one says to everybody, or to the others. */
async function relay(echo: boolean): Promise<string> {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(sockets, 'listening');
  sockets.on('connection', (socket) =>
    socket.on('message', (data, binary) => {
      for (const one of sockets.clients) if (echo || one !== socket) one.send(data, { binary });
    }),
  );
  closers.push(() => new Promise((resolve) => sockets.close(resolve)));
  return `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`;
}

/** The proxy with one rule, and what two apps hear of an offer of the first and an answer of the second. */
async function call(
  rule: readonly (readonly [string, string | true])[],
  more: Partial<ProxyOptions> = {},
  echo = false,
) {
  const interventions = parseInterventions(
    rule.map(([name, value]) => ({ name, value })),
    {},
  );
  const proxy = await startProxy(await relay(echo), { interventions, ...more });
  closers.push(() => proxy.stop());
  const [caller, callee] = [await app(proxy), await app(proxy)];
  caller.socket.send(says('offer', 1));
  caller.socket.send(LAST);
  await callee.heardLast();
  callee.socket.send(says('answer', 2));
  callee.socket.send(LAST);
  await caller.heardLast();
  return { proxy, caller: caller.heard, callee: callee.heard };
}

async function app(proxy: Running) {
  const socket = new WebSocket(proxy.url);
  closers.push(() => socket.terminate());
  const heard: string[] = [];
  let look = () => {};
  socket.on('message', (data) => {
    const { type } = JSON.parse(String(data)) as { type: string };
    heard.push(`${type} ${/setup:(\w+)/.exec(String(data))?.[1] ?? ''}`.trim());
    look();
  });
  await once(socket, 'open');
  const heardLast = () =>
    new Promise<void>((resolve) => {
      look = () => void (heard.includes('the last') && resolve());
      look();
    });
  return { socket, heard, heardLast };
}

const actions = (drafts: readonly Draft[]) =>
  drafts.flatMap((one) => (one.kind === 'action' ? [`${one.action.do} ${one.link}`] : []));

const AS: readonly (readonly [string, Partial<ProxyOptions>])[] = [
  ['a system that is recognised', {}],
  ['a system by name', { protocol: simplePeer }],
];

test.each(AS)('what is passed on to the other side is found by what it says: %s', async (_, more) => {
  const { proxy, caller, callee } = await call(
    [
      ['on', 's2c and answer'],
      ['drop', true],
    ],
    more,
  );
  expect(callee).toEqual(['offer actpass', 'the last']);
  expect(caller).toEqual(['the last']);
  expect(actions(proxy.drafts)).toEqual(['drop app']);
  const told = proxy.drafts.filter(
    (one) => one.kind === 'message' && one.signals.some(({ type }) => type === 'answer'),
  );
  expect(told.map(({ link }) => link)).toEqual(['app-2']);
});

test('and it is edited as a description, not as a frame', async () => {
  const { caller } = await call([
    ['on', 'answer[s2c]'],
    ['edit', 's/^a=setup:actpass$/a=setup:active/'],
  ]);
  expect(caller).toEqual(['answer active', 'the last']);
});

test.each([
  ['offer', 'app'],
  ['offer c2s', 'app'],
  ['offer s2c', 'app-2'],
  ['offer link:app-2', 'app-2'],
  ['description from:app', 'app'],
  ['offer from:app to:app-2 s2c', 'app-2'],
])('%s acts once: on the connection %s', async (which, link) => {
  const { proxy, callee } = await call([
    ['on', which],
    ['duplicate', true],
  ]);
  expect(actions(proxy.drafts)).toEqual([`duplicate ${link}`]);
  expect(callee).toEqual(['offer actpass', 'offer actpass', 'the last']);
});

test.each(AS)('a copy that comes back to its sender is found too: %s', async (_, more) => {
  const { proxy, caller } = await call(
    [
      ['on', 'offer s2c link:app'],
      ['drop', true],
    ],
    more,
    true,
  );
  expect(caller.filter((one) => one.startsWith('offer'))).toEqual([]);
  expect(actions(proxy.drafts)).toEqual(['drop app']);
});

test('what everybody in a room hears is found by what it says, also where it is for another one', async () => {
  const interventions = parseInterventions(
    [
      { name: 'on', value: 'offer s2c link:app-3' },
      { name: 'drop', value: true },
    ],
    {},
  );
  const proxy = await startProxy(await relay(true), { interventions, protocol: yWebrtc });
  closers.push(() => proxy.stop());
  const members = [await app(proxy), await app(proxy), await app(proxy)] as const;
  const publish = (data: object) => JSON.stringify({ type: 'publish', topic: 'den', data });
  for (const [n, from] of ['ann', 'bob', 'cid'].entries()) members[n]?.socket.send(publish({ type: 'announce', from }));
  const signal = { type: 'offer', sdp: sdp(1) };
  members[0].socket.send(publish({ type: 'signal', from: 'ann', to: 'bob', token: 1, signal }));
  members[0].socket.send(LAST);
  for (const { heardLast } of members) await heardLast();
  expect(members.map(({ heard }) => heard.includes('publish actpass'))).toEqual([true, true, false]);
  const dropped = proxy.drafts.find(({ kind }) => kind === 'action');
  expect(dropped).toMatchObject({ link: 'app-3', action: { do: 'drop' } });
});

test('a rule that has met nothing is said at the end', async () => {
  const rules = [
    ['on', 'offer'],
    ['delay', '1ms'],
    ['on', 'candidate[relay]'],
    ['drop', true],
    ['hold', 'answer[mid=7]'],
  ] as const;
  const { proxy } = await call(rules);
  await proxy.stop();
  const said = proxy.drafts.flatMap((one) => (one.kind === 'problem' ? [`${one.code}: ${one.detail}`] : []));
  const messages = proxy.drafts.filter(({ kind }) => kind === 'message').length;
  expect(said).toEqual([
    `RULE_UNMET: --on 'candidate[relay]' --drop met none of the ${messages} messages that passed`,
    `RULE_UNMET: --hold 'answer[mid=7]' met none of the ${messages} messages that passed`,
  ]);
  expect(proxy.unmet()).toHaveLength(2);
});
