/** renego in a swarm: a WebTorrent tracker, and its own client in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { bundled, connect, foreignFile, isRound, launch, openPage, says, show, wordsOf } from './foreign.ts';
import { carries, isState, signalsOf } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';

const HASH = (digit: string): string => digit.repeat(40);

withParts(['chromium', 'wrtc', 'servers'], 'a WebTorrent tracker', () => {
  let browser: Browser;
  let tracker: { readonly url: string; close(): void };
  let script: string;
  let folder: string;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-'));
    [browser, tracker, script] = await Promise.all([
      launch(),
      startTracker(),
      bundled(`import Tracker from ${JSON.stringify(part('client.js'))}; globalThis.Tracker = Tracker;`),
    ]);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await browser?.close();
    tracker?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function renego(room: string, ...flags: string[]) {
    const one = connect(tracker.url, 'webtorrent', '--room', room, ...flags);
    open.push({ close: () => one.running.child.kill('SIGKILL') });
    return one;
  }

  /** A member of the swarm that greets whom it meets; with offers of its own if it is to make some. */
  async function visit(infoHash: string, offers: number): Promise<Page> {
    const page = await openPage(browser, script);
    open.push(page);
    await page.evaluate(`new Promise((resolve) => {
      globalThis.heard = [];
      globalThis.peers = [];
      globalThis.tracker = new Tracker({
        infoHash: ${JSON.stringify(infoHash)}, peerId: '2d5757303230382d414141414141414141414141', announce: [${JSON.stringify(tracker.url)}],
        rtcConfig: { iceServers: [] }, getAnnounceOpts: () => ({ numwant: ${offers} }),
      });
      tracker.on('error', (error) => errors.push(error.message));
      tracker.on('warning', (error) => errors.push(error.message));
      tracker.on('peer', (peer) => {
        peers.push(peer);
        peer.on('error', () => {});
        peer.on('connect', () => peer.send('hello from the swarm'));
        peer.on('data', (data) => heard.push(new TextDecoder().decode(data)));
      });
      tracker.once('update', resolve);
      tracker.start({ numwant: ${offers} });
    })`);
    return page;
  }

  it('offers to whom the tracker picks, with all candidates in it', async () => {
    const path = join(folder, 'swarm.ndjson');
    const page = await visit(HASH('a'), 0);
    const { running, lines } = renego(HASH('a'), '--call', '--media', 'data', '--record', path);
    const offer = await lines.until('the offer', carries('offer', 'renego'));
    expect(signalsOf(offer)[0]?.sdp).toMatch(/^a=candidate:/m);
    await lines.until('the call', isRound('first', 'renego'));
    await lines.until('its greeting', says(/^\(?\d* ?(?:hello from the swarm|bytes\))$/));
    await holds(page, "heard.includes('hello from renego')");

    running.child.kill('SIGINT');
    await running.ended();
    // The client lets go of its connection when the channel is closed.
    await holds(page, 'peers[0]._pc === null');
    expect(await page.evaluate('errors')).toEqual([]);

    const report = await show(path);
    const words = wordsOf(report);
    expect(words.filter((word) => word === 'offer' || word === 'answer')).toEqual(['offer', 'answer']);
    expect(words).toContain('request announce stopped');
    expect(words.filter((word) => /^(?:candidate|other)/.test(word))).toEqual([]);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('takes one of the five offers of a member, and hears it go', async () => {
    const { lines } = renego(HASH('b'));
    await lines.until('the answer of the tracker', carries('response', 'server'));
    const page = await visit(HASH('b'), 5);
    const offer = await lines.until('an offer', (line) => signalsOf(line).some(({ type }) => type === 'offer'));
    expect(offer.from).toBe('-WW0208-AAAAAAAAAAAA');
    await lines.until('the call', isRound('first', '-WW0208-AAAAAAAAAAAA'));
    await lines.until('its greeting', says(/^\(?\d* ?(?:hello from the swarm|bytes\))$/));
    const from = lines.all.length;
    await page.evaluate('peers.forEach((peer) => peer.destroy())');
    await lines.until('the end of the channel', isState('data', 'closed'), from);
    expect(await page.evaluate('errors')).toEqual([]);
  });
});

/** A part of the tracker's package: its main file wants native parts, its client and server do not. */
const part = (name: string): string => foreignFile(`bittorrent-tracker/${name}`);

interface Tracker {
  readonly http: { address(): AddressInfo };
  on(event: 'error' | 'warning', listener: () => void): void;
  listen(port: number, host: string, ready: () => void): void;
  close(): void;
}

async function startTracker(): Promise<{ url: string; close(): void }> {
  const { default: Server } = (await import(pathToFileURL(part('server.js')).href)) as {
    default: new (options: object) => Tracker;
  };
  const server = new Server({ udp: false, http: true, ws: true, stats: false, interval: 10_000 });
  server.on('error', () => {});
  server.on('warning', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `ws://127.0.0.1:${server.http.address().port}/`, close: () => server.close() };
}
