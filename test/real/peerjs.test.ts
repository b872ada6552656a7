/** renego and the PeerJS client in Chromium, over a PeerServer. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { wrtc } from '../../src/engines/wrtc.ts';
import { peerjs } from '../../src/protocols/peerjs.ts';
import { createPeer } from '../../src/sources/peer.ts';
import { runSource, state } from '../helpers/run-source.ts';
import { connect, foreignFile, isRound, launch, openPage, says, show, tells, transport, wordsOf } from './foreign.ts';
import { carries, isState } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { startPeerServer } from './peer-server.ts';

withParts(['chromium', 'wrtc', 'servers'], 'PeerJS and PeerServer', () => {
  let browser: Browser;
  let server: { readonly url: string; close(): void };
  let folder: string;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-'));
    [browser, server] = await Promise.all([launch(), startPeerServer()]);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function renego(...flags: string[]) {
    const one = connect(server.url, 'peerjs', ...flags);
    open.push({ close: () => one.running.child.kill('SIGKILL') });
    return one;
  }

  /** A page that answers every call and reads every connection. */
  async function visit(id: string): Promise<Page> {
    const page = await openPage(browser, readFileSync(foreignFile('peerjs/dist/peerjs.min.js'), 'utf8'));
    open.push(page);
    await page.evaluate(`new Promise((resolve) => {
      globalThis.calls = []; globalThis.heard = []; globalThis.gone = 0;
      const { port } = new URL(${JSON.stringify(server.url)});
      globalThis.peer = new Peer(${JSON.stringify(id)}, { host: '127.0.0.1', port, path: '/app', config: { iceServers: [] } });
      peer.on('error', ({ type }) => errors.push(type));
      peer.on('open', resolve);
      globalThis.watch = (call) => { calls.push(call); call.on('close', () => { gone += 1; }); };
      peer.on('call', (call) => { call.answer(sound()); watch(call); });
      peer.on('connection', (one) => { watch(one); one.on('data', (data) => heard.push(data)); });
    })`);
    return page;
  }

  it('is called by a page twice over, sound and text at once, and hears it hang up', async () => {
    const path = join(folder, 'called.ndjson');
    const { running, lines } = renego('--record', path);
    await lines.until('an open link', (line) => line.kind === 'link' && line.change === 'open');
    await lines.until('OPEN', carries('response', 'server'));
    const page = await visit('web');
    await page.evaluate("watch(peer.call('renego', sound()))");
    await lines.until('the call', isRound('first', 'web'));
    await lines.until('sound', isState('media', /^audio \S+ flows$/));
    await transport(page, 'calls[0].peerConnection', 'now.sound && now.succeeded');

    const from = lines.all.length;
    await page.evaluate(`{
      const one = peer.connect('renego', { serialization: 'raw', label: 'talk' });
      one.on('open', () => one.send('hello from the page'));
      watch(one);
    }`);
    await lines.until('the connection', isRound('first', 'web'), from);
    await lines.until('its text', says('hello from the page'), from);
    const pcs = lines.all.filter(carries('offer', 'web')).map(({ signals }) => (signals as { pc: string }[])[0]?.pc);
    expect(pcs).toEqual([expect.stringMatching(/^mc_/), expect.stringMatching(/^dc_/)]);

    await page.evaluate('for (const one of [...calls]) one.close()');
    await lines.until('both to end', () => lines.all.filter(isState('data', 'closed')).length === 2, from);
    expect(await page.evaluate('errors')).toEqual([]);
    running.child.kill('SIGINT');
    await running.ended();

    const report = await show(path);
    const words = wordsOf(report);
    expect(words.filter((word) => /^(?:offer|answer)$/.test(word))).toHaveLength(4);
    expect(words).toContain('candidate');
    expect(words.filter((word) => word.startsWith('other'))).toEqual([]);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('calls a page, is heard and hears it, and hangs up so that the page knows', async () => {
    const page = await visit('web2');
    const { running, lines } = renego('--as', 'caller', '--to', 'web2');
    await lines.until('the call', isRound('first', 'caller'));
    await lines.until('sound', isState('media', /^audio \S+ flows$/));
    await transport(page, 'calls[0].peerConnection', 'now.sound && now.succeeded');
    await holds(page, "calls[0].type === 'media'");
    running.child.kill('SIGINT');
    expect(await running.ended(), running.stderr()).toBe(130);
    await holds(page, 'gone === 1');
    expect(lines.all.filter(carries('bye', 'caller'))).toHaveLength(1);
    expect(await page.evaluate('errors')).toEqual([]);
  });

  it('opens a data connection whose text the page reads, and is refused a second offer', async () => {
    const page = await visit('web3');
    const us = runSource(
      createPeer({ url: server.url, protocol: peerjs, engine: wrtc, as: 'talker', to: 'web3', media: ['data'] }),
    );
    open.push({ close: () => us.stop() });
    await us.until(state('data', 'open'));
    await holds(page, "heard.includes('hello from renego')");
    await page.evaluate("calls[0].send('hello back')");
    await us.until((draft) => draft.kind === 'call' && JSON.stringify(draft.args ?? '').includes('hello back'));
    expect(await page.evaluate('[calls[0].type, calls[0].label, calls[0].serialization]')).toEqual([
      'data',
      'renego',
      'raw',
    ]);
    for (const action of [{ do: 'restart-ice' }, { do: 'offer' }, { do: 'add', media: 'video' }] as const) {
      expect(us.source.refusal(action)).toMatch(/PeerJS takes a second offer for a new connection/);
    }
  });

  it('says that nobody came for its offer', async () => {
    const { lines } = renego('--as', 'lonely', '--to', 'ghost');
    await lines.until('EXPIRE', tells('PEER_UNREACHABLE'));
    await lines.until('the end of the call', isState('connection', 'closed'));
  });

  it('is told why it is not let in', async () => {
    await visit('taken');
    const { running } = renego('--as', 'taken');
    expect(await running.ended()).toBe(3);
    expect(running.stderr()).toMatch(/the name taken is taken/);
  });
});
