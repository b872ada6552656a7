/** renego with Ayame's web SDK in Chromium, as a system that is built in, and as one that was learned from a recording. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startAyameRoom } from './ayame-room.ts';
import {
  bundled,
  type Connected,
  connect,
  foreignFile,
  isRound,
  launch,
  openPage,
  show,
  transport,
  wordsOf,
} from './foreign.ts';
import { carries, isState, ufragOf } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

withParts(['chromium', 'wrtc', 'servers'], "Ayame's SDK", () => {
  let browser: Browser;
  let folder = '';
  let sdk = '';
  const open: (() => unknown)[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-'));
    browser = await launch();
    const path = foreignFile('@open-ayame/ayame-web-sdk/dist/ayame.mjs');
    sdk = await bundled(`import * as ayame from ${JSON.stringify(path)}; globalThis.ayame = ayame;`);
  });
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page that is in the room. */
  async function visit(url: string): Promise<Page> {
    const page = await openPage(browser, sdk);
    open.push(() => page.close());
    await page.evaluate(`(async () => {
      globalThis.gone = false;
      globalThis.conn = ayame.connection(${JSON.stringify(url)}, 'lobby', {
        audio: { direction: 'sendrecv', enabled: true },
        video: { direction: 'recvonly', enabled: false },
        clientId: 'page',
        iceServers: [],
      });
      conn.on('bye', () => { gone = true; });
      await conn.connect(sound());
    })()`);
    return page;
  }

  /** Calls, restarts ICE, and is heard to hang up. */
  async function call(page: Page, { running, lines }: Connected): Promise<void> {
    await lines.until("the page's sound", isState('media', /^audio \S+ flows$/));
    await lines.until('the restart', isRound('ice-restart', 'renego'));
    const [, restart] = lines.all.filter(carries('offer', 'renego'));
    const ufrag = restart && ufragOf(restart);
    await transport(
      page,
      'conn.peerConnection',
      `now.remote === ${JSON.stringify(ufrag)} && now.succeeded && now.sound`,
    );
    running.child.kill('SIGINT');
    expect(await running.ended()).toBe(130);
    await holds(page, 'gone');
    expect(await page.evaluate('errors')).toEqual([]);
    expect(lines.all.filter(({ kind }) => kind === 'problem')).toEqual([]);
  }

  test('joins as the second, offers, restarts ICE, hangs up; what was recorded teaches how', async () => {
    const room = await startAyameRoom();
    open.push(() => room.close());
    const record = join(folder, 'ayame.ndjson');
    const doing = ['--room', 'lobby', '--do', 'restart-ice@connected'];
    const begin = (protocol: string, ...more: string[]): Connected => {
      const begun = connect(room.url, protocol, ...doing, ...more);
      open.push(() => begun.running.child.kill('SIGKILL'));
      return begun;
    };
    const page = await visit(room.url);
    await call(page, begin('ayame', '--record', record));
    await page.close();
    // The page and renego got one each.
    expect(room.pongs).toBe(2);
    const shown = await show(record);
    expect(shown.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(wordsOf(shown)).toEqual(expect.arrayContaining(['offer', 'answer', 'candidate', 'bye', 'notify accept']));

    const learned = start(['learn', record]);
    expect(await learned.ended(), learned.stderr()).toBe(0);
    expect(learned.stdout()).toContain('isExistClient: "{{offerer}}"');
    const template = join(folder, 'ayame.yaml');
    writeFileSync(template, learned.stdout());
    await call(await visit(room.url), begin(template));
    expect(room.pongs).toBe(4);
  });
});
