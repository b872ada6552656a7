/** What `renego attach` sees of the API in a real Chromium, and that the page cannot see it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from './attach-app.ts';
import { PAGES } from './attach-pages.ts';
import { expectAllTold } from './attach-told.ts';
import { type Listening, startChromium } from './chromium.ts';
import { isBrowser, type Line, type Lines, linesOf } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const ADAPTER = join(import.meta.dirname, '../servers/node_modules/webrtc-adapter/out/adapter.js');

/** Offers cross; one side gives way, and does not wait until it has. */
const ROLLBACK = `<!doctype html><title>rollback</title><script>
  let done = false;
  (async () => {
    const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
    for (const one of [a, b]) one.addTransceiver('audio');
    await a.setLocalDescription(await a.createOffer());
    await b.setLocalDescription(await b.createOffer());
    b.setLocalDescription({ type: 'rollback' });
    await b.setRemoteDescription(a.localDescription);
    await b.setLocalDescription(await b.createAnswer());
    await a.setRemoteDescription(b.localDescription);
    done = true;
  })();</script>`;

withParts(['chromium', 'servers'], 'what renego attach sees of the API in Chromium', () => {
  let chromium: Listening;
  let app: App;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    const adapter = readFileSync(ADAPTER, 'utf8');
    [chromium, app] = await Promise.all([
      startChromium(),
      startApp({ ...PAGES, '/adapter.js': adapter, '/rollback': ROLLBACK }),
    ]);
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

  test('a rollback that the page does not wait for', async () => {
    const lines = await attach();
    const page = await visit('/rollback');
    await holds(page, 'done');
    const answered = (line: Line) => line.kind === 'apply' && line.op === 'remote' && line.type === 'answer';
    await lines.until('the answer', answered);
    const applied = lines.all.filter(({ kind, type }) => kind === 'apply' && type !== undefined);
    expect(applied.map(({ op, type, ok }) => [op, type, ok])).toEqual([
      ['local', 'offer', true],
      ['local', 'offer', true],
      ['local', 'rollback', true],
      ['remote', 'offer', true],
      ['local', 'answer', true],
      ['remote', 'answer', true],
    ]);
    expect(lines.all.filter(({ kind, severity }) => kind === 'finding' && severity === 'error')).toEqual([]);
  });

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
