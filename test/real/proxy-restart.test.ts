/** The key for an ICE restart in a proxied session: pages of others restart because the proxy asks one of the two sides. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { livekit } from '../../src/protocols/livekit/index.ts';
import { createPeer } from '../../src/sources/peer.ts';
import type { ProxyOptions } from '../../src/sources/proxy/options.ts';
import { runSource } from '../helpers/run-source.ts';
import { type Running, startProxy } from '../sources/proxy/ends.ts';
import { foreignFile, launch, openPage, transport } from './foreign.ts';
import { startJanus } from './janus.ts';
import { startLivekitRoom } from './livekit-room.ts';
import { withParts } from './parts.ts';

withParts(['chromium', 'servers', 'janus', 'wrtc'], 'an ICE restart through the proxy', () => {
  let browser: Browser;
  const closers: (() => unknown)[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  afterAll(() => browser?.close());

  async function proxyOf(url: string, options: Partial<ProxyOptions> = {}): Promise<Running> {
    const proxy = await startProxy(url, options);
    closers.push(() => proxy.stop());
    return proxy;
  }

  async function pageWith(script: string): Promise<Page> {
    const page = await openPage(browser, script);
    closers.push(() => page.close());
    return page;
  }

  function restart(proxy: Running): void {
    expect(proxy.refusal({ do: 'restart-ice' })).toBeUndefined();
    proxy.dispatch({ do: 'restart-ice' });
  }

  /** Of all offers so far. */
  const ufragsOf = (proxy: Running): string[] =>
    proxy.drafts.flatMap((draft) =>
      draft.kind === 'message'
        ? draft.signals.flatMap((one) => (one.type === 'offer' ? (/a=ice-ufrag:(\S+)/.exec(one.sdp)?.[1] ?? []) : []))
        : [],
    );
  const isAction = (draft: Draft) => draft.kind === 'action' && draft.action.do === 'restart-ice';

  async function simplePeers(initiator: object): Promise<{ proxy: Running; first: Page; second: Page }> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    closers.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        for (const client of server.clients) if (client !== socket) client.send(String(data));
      });
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const proxy = await proxyOf(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const visit = async (options: object) => {
      const page = await pageWith(readFileSync(foreignFile('simple-peer/simplepeer.min.js'), 'utf8'));
      await page.evaluate(`new Promise((resolve) => {
        const socket = new WebSocket(${JSON.stringify(proxy.url)});
        socket.onopen = () => {
          globalThis.peer = new SimplePeer({ stream: sound(), config: { iceServers: [] }, ...${JSON.stringify(options)} });
          peer.on('signal', (one) => socket.send(JSON.stringify(one)));
          resolve();
        };
        socket.onmessage = ({ data }) => peer.signal(JSON.parse(data));
      })`);
      return page;
    };
    const second = await visit({ initiator: false });
    const first = await visit({ initiator: true, ...initiator });
    await transport(second, 'peer._pc', 'now.succeeded && now.sound');
    return { proxy, first, second };
  }

  it('is done by the initiator of simple-peer where its options say so', async () => {
    const { proxy, first, second } = await simplePeers({ offerOptions: { iceRestart: true } });
    const before = await transport(first, 'peer._pc', 'now.succeeded');
    restart(proxy);
    // A check that reached the other page before its answer came back makes a pair of the new credentials here and the old
    // ones there; Chromium may stay with it.
    const changed = `now.succeeded && now.local !== ${JSON.stringify(before.local)} && now.described !== ${JSON.stringify(before.described)}`;
    const after = await transport(first, 'peer._pc', changed);
    await transport(second, 'peer._pc', `now.succeeded && now.sound && now.remote === ${JSON.stringify(after.local)}`);
    expect(proxy.drafts.some(isAction)).toBe(true);
    expect(proxy.drafts.filter(({ kind }) => kind === 'problem')).toEqual([]);
  });

  it('is not done by one that offers again with its old credentials, and that is said', async () => {
    const { proxy, first } = await simplePeers({});
    const before = await transport(first, 'peer._pc', 'now.succeeded');
    restart(proxy);
    const told = await proxy.told(({ kind }) => kind === 'problem');
    expect(told).toMatchObject({ code: 'RESTART_NOT_DONE', detail: expect.stringContaining(`ufrag ${before.local}`) });
  });

  it("is done by LiveKit's client, which is told to resume its session", async () => {
    const room = await startLivekitRoom();
    closers.push(() => room.close());
    const proxy = await proxyOf(room.url);
    const params = { token: 'token-of-renego' };
    const own = { url: room.url, protocol: livekit, engine: wrtc, as: 'renego', params };
    const other = runSource(createPeer({ ...own, to: 'subscriber', call: false, media: ['audio', 'video'] }));
    closers.push(() => other.stop());
    await other.until((draft) => draft.kind === 'message');
    const page = await browser.newPage({ bypassCSP: true });
    closers.push(() => page.close());
    await page.goto(room.page);
    await page.evaluate(`begin(${JSON.stringify(proxy.url)})`);
    const before = ufragsOf(proxy);
    expect(before).not.toEqual([]);
    const from = other.drafts.length;
    restart(proxy);
    await proxy.told(() => ufragsOf(proxy).some((one) => !before.includes(one)));
    await other.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);
    expect(room.dialled.at(-1)).toMatch(/reconnect=1&/);
  });

  it('is done by Janus for those it offers to', async () => {
    const janus = await startJanus();
    closers.push(() => janus.close());
    const proxy = await proxyOf(janus.url);
    const page = await pageWith(ROOM);
    await page.evaluate(`enter(${JSON.stringify(proxy.url)})`);
    const before = await transport(page, 'subscriber', 'now.succeeded && now.picture');
    restart(proxy);
    const changed = `now.succeeded && now.local !== ${JSON.stringify(before.local)} && now.remote !== ${JSON.stringify(before.remote)}`;
    await transport(page, 'subscriber', changed);
    await proxy.told((draft) => draft.kind === 'message' && draft.raw.includes('"restart":true'));
  });
});

/** A page that publishes into a VideoRoom and subscribes to itself, in the words of Janus's API. */
const ROOM = `
globalThis.enter = (url) => new Promise((resolve) => {
  const socket = new WebSocket(url, 'janus-protocol');
  const waiting = new Map();
  let session, number = 0;
  const say = (message) => {
    number += 1;
    socket.send(JSON.stringify({ transaction: 't' + number, ...(session && { session_id: session }), ...message }));
    return new Promise((done) => waiting.set('t' + number, done));
  };
  const attach = async () => (await say({ janus: 'attach', plugin: 'janus.plugin.videoroom' })).data.id;
  const told = new Map();
  let published;
  const isUp = new Promise((up) => { published = up; });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.janus === 'ack') return;
    // A feed is there as soon as its media is.
    if (message.janus === 'webrtcup') published();
    if (message.jsep && told.has(message.sender)) told.get(message.sender)(message.jsep);
    else waiting.get(message.transaction)?.(message);
  };
  const candidates = (pc, handle_id) => {
    pc.onicecandidate = ({ candidate }) => say({ janus: 'trickle', handle_id, candidate: candidate ?? { completed: true } });
  };
  socket.onopen = async () => {
    session = (await say({ janus: 'create' })).data.id;
    const mine = await attach();
    const joined = await say({ janus: 'message', handle_id: mine, body: { request: 'join', ptype: 'publisher', room: 1234 } });
    const publisher = new RTCPeerConnection();
    candidates(publisher, mine);
    const canvas = document.createElement('canvas');
    setInterval(() => canvas.getContext('2d').fillRect(Math.random() * 200, 0, 9, 99), 40);
    publisher.addTrack(canvas.captureStream(10).getTracks()[0]);
    await publisher.setLocalDescription();
    const answer = await say({ janus: 'message', handle_id: mine, body: { request: 'publish' }, jsep: publisher.localDescription });
    await publisher.setRemoteDescription(answer.jsep);
    await isUp;
    const theirs = await attach();
    globalThis.subscriber = new RTCPeerConnection();
    candidates(subscriber, theirs);
    told.set(theirs, async (offer) => {
      await subscriber.setRemoteDescription(offer);
      await subscriber.setLocalDescription();
      say({ janus: 'message', handle_id: theirs, body: { request: 'start' }, jsep: subscriber.localDescription });
      resolve();
    });
    const streams = [{ feed: joined.plugindata.data.id }];
    say({ janus: 'message', handle_id: theirs, body: { request: 'join', ptype: 'subscriber', room: 1234, streams } });
  };
});
`;
