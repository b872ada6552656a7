/** renego and simple-peer in Chromium, over a WebSocket server that does nothing but pass frames on. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { simplePeer } from '../../src/protocols/simple-peer.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { problem, type Running, runSource, sent, state, words } from '../helpers/run-source.ts';
import { foreignFile, launch, openPage, transport } from './foreign.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';

withParts(['chromium', 'wrtc', 'servers'], 'simple-peer', () => {
  let browser: Browser;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(() => browser?.close());

  /** What one client says, the others hear. */
  async function relay(): Promise<string> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    open.push({
      close() {
        for (const client of server.clients) client.terminate();
        server.close();
      },
    });
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        for (const client of server.clients) if (client !== socket) client.send(String(data));
      });
    });
    await new Promise((resolve) => server.once('listening', resolve));
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  async function renego(url: string, options: Partial<PeerOptions> = {}): Promise<Running> {
    const running = runSource(createPeer({ url, protocol: simplePeer, engine: wrtc, as: 'renego', ...options }));
    open.push({ close: () => running.stop() });
    await running.until((draft) => draft.kind === 'link' && draft.change === 'open');
    return running;
  }

  async function visit(url: string, initiator: boolean): Promise<Page> {
    const page = await openPage(browser, readFileSync(foreignFile('simple-peer/simplepeer.min.js'), 'utf8'));
    open.push(page);
    await page.evaluate(`new Promise((resolve) => {
      globalThis.heard = [];
      globalThis.gone = false;
      const socket = new WebSocket(${JSON.stringify(url)});
      socket.onopen = () => {
        globalThis.peer = new SimplePeer({ initiator: ${initiator}, stream: sound(), config: { iceServers: [] } });
        peer.on('signal', (one) => socket.send(JSON.stringify(one)));
        peer.on('data', (data) => heard.push(String(data)));
        peer.on('error', (error) => errors.push(error.code));
        peer.on('close', () => { gone = true; });
        resolve();
      };
      socket.onmessage = ({ data }) => peer.signal(JSON.parse(data));
    })`);
    return page;
  }

  /** Sends a moving picture, as an app does. */
  const addPicture = (page: Page) =>
    page.evaluate(`{
      const canvas = document.createElement('canvas');
      const draw = () => { canvas.getContext('2d').fillRect(Math.random() * 200, 0, 9, 99); requestAnimationFrame(draw); };
      draw();
      const stream = canvas.captureStream(10);
      peer.addTrack(stream.getTracks()[0], stream);
    }`);

  const flows = (kind: string) => (draft: Draft) =>
    draft.kind === 'state' &&
    draft.of === 'media' &&
    draft.value.startsWith(`${kind} `) &&
    draft.value.endsWith(' flows');
  const heard = (text: string) => (draft: Draft) =>
    draft.kind === 'call' && draft.name === 'message' && (draft.args as { text: string }).text === text;
  const asked = (method: string, from: string) => (draft: Draft) =>
    draft.kind === 'message' &&
    draft.from === from &&
    draft.signals.some((one) => 'method' in one && one.method === method);
  const faults = (one: Running) => words(one.drafts).filter((word) => /problem|Error|other/.test(word));

  it('is called by the initiator, asks for what it may not offer, and says when asking restarts nothing', async () => {
    const url = await relay();
    const us = await renego(url);
    const page = await visit(url, true);
    await us.until(state('connection', 'connected'));
    await us.until(flows('audio'));
    await page.evaluate("peer.connected ? peer.send('hello') : peer.on('connect', () => peer.send('hello'))");
    await us.until(heard('hello'));
    const before = await transport(page, 'peer._pc', 'now.sound && now.succeeded');

    let from = us.drafts.length;
    us.source.dispatch({ do: 'restart-ice' });
    await us.until(asked('renegotiate', 'renego'), from);
    await us.until(problem('RESTART_NOT_DONE'), from);
    await us.until(sent('answer', 'renego'), from);
    expect((await transport(page, 'peer._pc', 'now.succeeded')).local).toBe(before.local);

    from = us.drafts.length;
    us.source.dispatch({ do: 'add', media: 'video' });
    await us.until(asked('transceiverRequest video', 'renego'), from);
    await us.until(sent('answer', 'renego'), from);
    await transport(page, 'peer._pc', 'now.picture');

    from = us.drafts.length;
    await page.evaluate('{ peer._pc.restartIce(); peer.negotiate(); }');
    await us.until(sent('answer', 'renego'), from);
    const fresh = `now.local !== '${before.local}' && now.described !== '${before.described}'`;
    await transport(page, 'peer._pc', `now.succeeded && ${fresh}`);

    await page.evaluate('peer.destroy()');
    await us.until((draft) => draft.kind === 'state' && draft.of === 'data' && draft.value === 'closed', from);
    expect(await page.evaluate('errors')).toEqual([]);
    expect(faults(us)).toEqual([expect.stringMatching(/RESTART_NOT_DONE/)]);
  });

  it('is the initiator: restarts ICE, and offers what it is asked for', async () => {
    const url = await relay();
    const page = await visit(url, false);
    const us = await renego(url, { call: true });
    await us.until(state('connection', 'connected'));
    await us.until(flows('audio'));
    await holds(page, "heard.includes('hello from renego')");
    const before = await transport(page, 'peer._pc', 'now.sound && now.succeeded');

    let from = us.drafts.length;
    us.source.dispatch({ do: 'restart-ice' });
    await us.until(sent('answer', 'peer'), from);
    const after = await transport(
      page,
      'peer._pc',
      `now.succeeded && now.local !== ${JSON.stringify(before.local)} && now.remote === now.described`,
    );
    expect(after.described).not.toBe(before.described);

    from = us.drafts.length;
    await addPicture(page);
    await us.until(asked('renegotiate', 'peer'), from);
    await us.until(asked('transceiverRequest video', 'peer'), from);
    await us.until(flows('video'), from);

    us.source.dispatch({ do: 'hangup' });
    await holds(page, 'gone');
    // What simple-peer calls the end of a channel whose other side was closed.
    expect(await page.evaluate('errors')).toEqual(['ERR_DATA_CHANNEL']);
    expect(faults(us)).toEqual([]);
  });
});
