/** What `renego attach` sees of the API in a real Chromium, and that the page cannot see it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from './attach-app.ts';
import { PAGES } from './attach-pages.ts';
import { expectAllTold } from './attach-told.ts';
import { type Listening, startChromium } from './chromium.ts';
import { isBrowser, type Lines, linesOf } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const ADAPTER = join(import.meta.dirname, '../servers/node_modules/webrtc-adapter/out/adapter.js');

withParts(['chromium', 'servers'], 'what renego attach sees of the API in Chromium', () => {
  let chromium: Listening;
  let app: App;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    const adapter = readFileSync(ADAPTER, 'utf8');
    [chromium, app] = await Promise.all([startChromium(), startApp({ ...PAGES, '/adapter.js': adapter })]);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await chromium?.close();
    await app?.close();
  });

  async function attach(): Promise<Lines> {
    const running = start(['attach', chromium.endpoint, '--json', '--timeout', '150s']);
    open.push({ close: () => running.child.kill('SIGKILL') });
    const lines = linesOf(running);
    await lines.until('the browser', isBrowser);
    return lines;
  }

  async function visit(path: string): Promise<Page> {
    const page = await chromium.context.newPage();
    open.push(page);
    await page.goto(new URL(path, app.url).href);
    return page;
  }

  async function looks(): Promise<string[]> {
    const page = await visit('/look');
    await holds(page, 'done');
    return page.evaluate('looks');
  }

  test('a page looks the same to itself whether it is watched or not', async () => {
    const before = await looks();
    const lines = await attach();
    expect(await looks()).toEqual(before);
    await lines.until('what it did', (line) => line.kind === 'call' && line.name === 'direction =');
  });

  for (const path of ['/all', '/adapted']) {
    test(`every call, event and refusal of the page ${path} is told`, async () => {
      const lines = await attach();
      const page = await visit(path);
      await page.evaluate('all()');
      await holds(page, 'done');
      await lines.until('the end', (line) => line.name === 'addTransceiver' && line.ok === false);
      expectAllTold(lines.all);
      expect(lines.all.find(({ name }) => name === 'setHeaderExtensionsToNegotiate')).toMatchObject({
        args: 'urn:ietf:params:rtp-hdrext:sdes:mid #2',
        ok: true,
      });
    });
  }
});
