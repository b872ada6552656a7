/** The same call of two pages in Chromium, recorded twice by a proxy or by attach, is the same by meaning. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, test } from 'vitest';
import { type SignalingServer, startServer } from '../../src/sources/server.ts';
import { type Listening, startChromium } from './chromium.ts';
import { comparing } from './comparing.ts';
import { isBrowser, linesOf } from './lines.ts';
import { answered } from './page-wait.ts';
import { withParts } from './parts.ts';
import { createReplaying, stopped } from './replaying.ts';

const on = createReplaying();
const { same } = comparing(on);

withParts(['chromium'], 'two pages in Chromium', () => {
  let chromium: Listening;
  let server: SignalingServer;

  beforeAll(async () => {
    [chromium, server] = await Promise.all([
      startChromium('--autoplay-policy=no-user-gesture-required'),
      startServer(),
    ]);
  });
  afterEach(() => on.close());
  afterAll(async () => {
    await chromium?.close();
    await server?.close();
    on.remove();
  });

  async function join(context: BrowserContext, url: string, query: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${url}?room=golden&${query}`);
    return page;
  }

  /** A call, an ICE restart, and the goodbye. */
  async function talk(url: string): Promise<void> {
    const settled = (page: Page) =>
      answered(page, "pc && pc.connectionState === 'connected' && pc.signalingState === 'stable'");
    const bob = await join(chromium.context, url, 'name=bob');
    await answered(bob, 'socket.readyState === 1');
    const alice = await join(chromium.context, url, 'name=alice&auto=call');
    for (const page of [alice, bob]) await settled(page);
    await alice.evaluate('before = pc.currentLocalDescription.sdp');
    await alice.click('#restart');
    await answered(alice, 'pc.currentLocalDescription.sdp !== before');
    for (const page of [alice, bob]) await settled(page);
    await alice.click('#hangup');
    await answered(bob, "!pc || pc.connectionState === 'closed'");
    for (const page of [alice, bob]) await page.close();
  }

  test('through the proxy', async () => {
    await same('proxied', async (path) => {
      const proxy = await on.proxy(server.pageUrl, path);
      await talk(proxy.app.replace(/^ws/, 'http'));
      await proxy.stop();
    });
  });

  test('seen by attach', async () => {
    await same('attached', async (path) => {
      const one = on.running('attach', chromium.endpoint, '--json', '--record', path);
      await linesOf(one).until('the browser', isBrowser);
      await talk(server.pageUrl);
      await stopped(one);
    });
  });
});
