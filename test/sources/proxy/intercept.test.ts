import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Ordered } from '../../../src/cli/command.ts';
import { parseInterventions } from '../../../src/cli/interventions.ts';
import type { Action, Draft } from '../../../src/core/event.ts';
import type { ProxyOptions } from '../../../src/sources/proxy/options.ts';
import { type Running, startProxy } from './ends.ts';

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n';
const offer = JSON.stringify({ type: 'offer', sdp: SDP });
const candidate = (n: number, typ: string) =>
  JSON.stringify({ candidate: `candidate:${n} 1 udp 1 192.0.2.${n} 9 typ ${typ}`, sdpMid: '0' });

interface Pair {
  readonly app: WebSocket;
  readonly server: WebSocket;
  readonly proxy: Running;
  /** What the server has been sent, and the app. */
  readonly there: string[];
  readonly back: string[];
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function pair(options: Partial<ProxyOptions>, compress: boolean | object = false): Promise<Pair> {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: compress });
  await once(sockets, 'listening');
  const proxy = await startProxy(`ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/`, options);
  const accepted = once(sockets, 'connection');
  const app = new WebSocket(proxy.url, { perMessageDeflate: compress === false ? false : { threshold: 0 } });
  const [there, back]: [string[], string[]] = [[], []];
  app.on('message', (data) => back.push(String(data)));
  await once(app, 'open');
  const [server] = (await accepted) as [WebSocket];
  server.on('message', (data) => there.push(String(data)));
  closers.push(
    () => new Promise((resolve) => sockets.close(resolve)),
    () => proxy.stop(),
    () => app.terminate(),
  );
  return { app, server, proxy, there, back };
}

/** Resolves when the last message that was sent has arrived. */
async function settled({ app, there }: Pair): Promise<void> {
  app.send('the last');
  while (!there.includes('the last')) await new Promise((resolve) => setTimeout(resolve, 5));
}

const rules = (...options: readonly (readonly [string, string | true])[]): Partial<ProxyOptions> => ({
  interventions: parseInterventions(
    options.map(([name, value]): Ordered => ({ name, value })),
    {},
  ),
});
const isAction = (name: string) => (draft: Draft) => draft.kind === 'action' && draft.action.do === name;
const chat = Array.from({ length: 30 }, (_, n) => `chat ${n} ${'the same words again and again '.repeat(20)}`);

const AGREED: readonly (readonly [string, boolean | object])[] = [
  ['no compression', false],
  ['compression', { threshold: 0 }],
  ['compression that forgets', { threshold: 0, clientNoContextTakeover: true, serverNoContextTakeover: true }],
];

describe.each(AGREED)('with %s', (_, compress) => {
  test('what is dropped does not arrive, and all else does', async () => {
    const both = await pair(rules(['on', 'candidate[relay]'], ['drop', true]), compress);
    const sent = [
      offer,
      candidate(1, 'host'),
      candidate(2, 'relay'),
      ...chat,
      candidate(3, 'relay'),
      chat[0] as string,
    ];
    for (const text of sent) both.app.send(text);
    await settled(both);
    expect(both.there).toEqual([...sent.filter((text) => !text.includes('relay')), 'the last']);
    expect(both.proxy.drafts.filter(isAction('drop'))).toHaveLength(2);
  });

  test('what is edited arrives edited', async () => {
    const both = await pair(rules(['on', 'offer[c2s]'], ['edit', 's/setup:actpass/setup:active/']), compress);
    for (const text of [offer, ...chat]) both.app.send(text);
    await settled(both);
    expect(both.there).toEqual([offer.replace('actpass', 'active'), ...chat, 'the last']);
    const told = both.proxy.drafts.filter((draft) => draft.kind === 'message' && draft.signals[0]?.type === 'offer');
    expect(told.map((draft) => draft.kind === 'message' && draft.raw)).toEqual([both.there[0]]);
  });

  test('what is duplicated arrives twice', async () => {
    const both = await pair(rules(['on', 'offer'], ['duplicate', true]), compress);
    for (const text of [chat[0] as string, offer, ...chat]) both.app.send(text);
    await settled(both);
    expect(both.there).toEqual([chat[0], offer, offer, ...chat, 'the last']);
  });

  test('what is delayed keeps its place; what is reordered loses it', async () => {
    const delayed = await pair(rules(['on', 'offer'], ['delay', '50ms']), compress);
    for (const text of [offer, ...chat]) delayed.app.send(text);
    await settled(delayed);
    expect(delayed.there).toEqual([offer, ...chat, 'the last']);
    // Longer than the connection lasts: it goes before the goodbye.
    const late = await pair(rules(['on', 'offer'], ['reorder', '60s']), compress);
    for (const text of [...chat, offer, ...chat]) late.app.send(text);
    const closed = once(late.server, 'close');
    late.app.close();
    await closed;
    expect(late.there).toEqual([...chat, ...chat, offer]);
    expect(late.proxy.drafts.filter(isAction('reorder'))).toHaveLength(1);
  });

  test('what is held waits for us, and can be edited, dropped and sent twice', async () => {
    const both = await pair({}, compress);
    const { app, proxy } = both;
    for (const text of chat) app.send(text);
    proxy.dispatch({ do: 'hold', match: 'offer' });
    await proxy.told(isAction('hold'));
    for (let n = 0; n < 3; n++) {
      app.send(offer);
      app.send(`behind ${n}`);
    }
    await proxy.told(() => proxy.held?.().length === 3);
    expect(both.there.filter((text) => text === offer)).toEqual([]);
    const [first] = proxy.held?.() ?? [];
    expect(first?.text).toBe(SDP.replaceAll('\r\n', '\n'));
    proxy.dispatch({ do: 'edit', text: first?.text.replace('actpass', 'passive') ?? '' });
    proxy.dispatch({ do: 'let-go' });
    proxy.dispatch({ do: 'duplicate' });
    proxy.dispatch({ do: 'drop' });
    proxy.dispatch({ do: 'hold', match: 'offer', off: true });
    await settled(both);
    const edited = offer.replace('actpass', 'passive');
    expect(both.there.slice(chat.length)).toEqual([
      edited,
      'behind 0',
      offer,
      offer,
      'behind 1',
      'behind 2',
      'the last',
    ]);
  });

  test('anything can be injected either way, also in the middle of a conversation', async () => {
    const both = await pair({}, compress);
    for (const text of chat) both.app.send(text);
    both.proxy.dispatch({ do: 'inject', to: 'server', raw: offer });
    both.proxy.dispatch({ do: 'inject', to: 'client', raw: 'hello app' });
    for (const text of chat) both.app.send(text);
    both.server.send('from the server');
    await settled(both);
    expect(both.there.filter((text) => text !== offer)).toEqual([...chat, ...chat, 'the last']);
    expect(both.there).toContain(offer);
    while (both.back.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect([...both.back].sort()).toEqual(['from the server', 'hello app']);
  });
});

test('what nobody lets go of goes by itself', async () => {
  const both = await pair({ ...rules(['hold', 'offer']), patience: 30 });
  both.app.send(offer);
  await settled(both);
  expect(both.there).toEqual([offer, 'the last']);
  const went = both.proxy.drafts.find(isAction('let-go'));
  expect(went).toMatchObject({ action: { by: 'nobody acted in time' } });
});

test('what is put behind others goes by itself when its time has come', async () => {
  const both = await pair(rules(['on', 'offer'], ['reorder', '20ms']));
  for (const text of [offer, ...chat]) both.app.send(text);
  while (!both.there.includes(offer)) await new Promise((resolve) => setTimeout(resolve, 5));
  await settled(both);
  expect(both.there.filter((text) => text !== offer)).toEqual([...chat, 'the last']);
  expect(both.proxy.drafts.some(isAction('let-go'))).toBe(false);
});

test('what somebody works on does not go by itself, and has its whole time when they have done', async () => {
  const both = await pair({
    ...rules(['hold', 'offer'], ['on', 'message["clock"]'], ['reorder', '200ms']),
    patience: 30,
  });
  const done = both.proxy.told(() => both.proxy.held?.().length === 1);
  both.app.send(offer);
  await done;
  const [held] = both.proxy.held?.() ?? [];
  const letGo = both.proxy.attend?.(held?.seq ?? 0);
  both.app.send('clock');
  both.proxy.dispatch({ do: 'reorder', time: 0 });
  while (both.there.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(both.there).toEqual(['clock']);
  expect(both.proxy.held?.()).toHaveLength(1);
  letGo?.();
  while (both.there.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(both.proxy.drafts.find(isAction('let-go'))).toMatchObject({
    action: { by: 'nobody acted in time' },
  });
});

test('an edit that comes too late is not put into another message', async () => {
  const both = await pair(rules(['hold', 'offer']));
  for (const text of [offer, offer]) both.app.send(text);
  await both.proxy.told(() => both.proxy.held?.().length === 2);
  const [first, second] = both.proxy.held?.() ?? [];
  both.proxy.dispatch({ do: 'let-go' });
  both.proxy.dispatch({ do: 'edit', of: first?.seq ?? 0, text: 'else' });
  const told = both.proxy.drafts.find(({ kind }) => kind === 'problem');
  expect(told).toMatchObject({
    detail: `event ${first?.seq} is not held any more: what was edited is not sent`,
  });
  expect(both.proxy.held?.()).toEqual([second]);
});

test('what is held already cannot be held once more', async () => {
  const both = await pair({});
  for (const once of [undefined, true] as const) {
    const hold: Action = {
      do: 'hold',
      match: 'negotiation',
      ...(once && { once }),
    };
    both.proxy.dispatch(hold);
    expect(both.proxy.refusal(hold)).toContain('held already');
  }
  both.proxy.dispatch({ do: 'hold', match: '', off: true });
  expect(both.proxy.refusal({ do: 'hold', match: 'negotiation' })).toBeUndefined();
});

test('what is held can be put behind what follows, and let go later', async () => {
  const both = await pair(rules(['hold', 'offer']));
  for (const text of [offer, 'behind 1']) both.app.send(text);
  await both.proxy.told(() => both.proxy.held?.().length === 1);
  both.proxy.dispatch({ do: 'reorder', time: 0 });
  both.app.send('behind 2');
  while (both.there.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  both.proxy.dispatch({ do: 'delay', time: 20 });
  while (both.there.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(both.there).toEqual(['behind 1', 'behind 2', offer]);
  expect(both.proxy.held?.()).toEqual([]);
});

test('what is held goes before the connection ends', async () => {
  const both = await pair(rules(['hold', 'offer']));
  const closed = once(both.server, 'close');
  both.app.send(offer);
  both.app.close(4001, 'enough');
  expect((await closed)[0]).toBe(4001);
  expect(both.there).toEqual([offer]);
});

test('more than can wait is let go', async () => {
  const both = await pair(rules(['hold', 'message']));
  for (let n = 0; n <= 1000; n++) both.app.send(`${n}`);
  await both.proxy.told((draft) => isAction('let-go')(draft) && draft.kind === 'action');
  while (both.there.length < 1001) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(both.there).toEqual(Array.from({ length: 1001 }, (_, n) => `${n}`));
});

test('the side that offers is asked to offer again, where the protocol has a message for it', async () => {
  const { simplePeer } = await import('../../../src/protocols/simple-peer.ts');
  const both = await pair({ protocol: simplePeer });
  both.app.send(offer);
  await both.proxy.told((draft) => draft.kind === 'message');
  expect(both.proxy.refusal({ do: 'offer' })).toBeUndefined();
  expect(both.proxy.refusal({ do: 'restart-ice' })).toBeUndefined();
  const asked = once(both.app, 'message');
  both.proxy.dispatch({ do: 'offer' });
  expect(JSON.parse(String((await asked)[0]))).toEqual({ type: 'renegotiate', renegotiate: true });
  expect(both.proxy.drafts.some(isAction('offer'))).toBe(true);
});

test('an offer with the old credentials is no restart, and that is said', async () => {
  const { simplePeer } = await import('../../../src/protocols/simple-peer.ts');
  const both = await pair({ protocol: simplePeer });
  const offered = (ufrag: string) => JSON.stringify({ type: 'offer', sdp: `${SDP}a=ice-ufrag:${ufrag}\r\n` });
  both.app.send(offered('old'));
  await both.proxy.told((draft) => draft.kind === 'message');
  both.proxy.dispatch({ do: 'restart-ice' });
  both.app.send(offered('new'));
  both.proxy.dispatch({ do: 'restart-ice' });
  await both.proxy.told((draft) => draft.kind === 'message' && draft.raw.includes('new'));
  both.proxy.dispatch({ do: 'restart-ice' });
  both.app.send(offered('new'));
  const told = await both.proxy.told(({ kind }) => kind === 'problem');
  expect(told).toMatchObject({ code: 'RESTART_NOT_DONE', detail: expect.stringContaining('ufrag new') });
  expect(both.proxy.drafts.filter(({ kind }) => kind === 'problem')).toHaveLength(1);
});

test('a side that was seen to ask for a restart is asked in the same words', async () => {
  const both = await pair({});
  const words = JSON.stringify({ type: 'ice-restart', room: 'den' });
  both.server.send(words);
  await both.proxy.told((draft) => draft.kind === 'message');
  const before = both.back.length;
  both.proxy.dispatch({ do: 'restart-ice' });
  while (both.back.length < before + 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(both.back.at(-1)).toBe(words);
});

test('a system that knows no restart says why there is none', async () => {
  const { peerjs } = await import('../../../src/protocols/peerjs.ts');
  const both = await pair({ protocol: peerjs });
  expect(both.proxy.refusal({ do: 'restart-ice' })).toContain('closes the one that is there');
});

test('what cannot be done is said', async () => {
  const both = await pair({});
  both.proxy.dispatch({ do: 'let-go' });
  both.proxy.dispatch({ do: 'hold', match: 'nonsense' });
  both.proxy.dispatch({ do: 'call' });
  both.proxy.dispatch({ do: 'restart-ice' });
  const told = both.proxy.drafts.flatMap((draft) => (draft.kind === 'problem' ? [draft.detail] : []));
  expect(told).toEqual([
    'nothing is held',
    expect.stringContaining('"nonsense" is no kind of message'),
    expect.stringContaining('the app itself'),
    expect.stringContaining('only the app can do that'),
  ]);
});
