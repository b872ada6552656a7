/** renego in a room of y-webrtc: its own server, and documents that are shared in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { bundled, connect, foreignFile, isRound, launch, openPage, says, show, transport, wordsOf } from './foreign.ts';
import { carries, isState, type Line } from './lines.ts';
import { holds } from './page-wait.ts';
import { withParts } from './parts.ts';
import { startYServer, type YServer } from './y-server.ts';

withParts(['chromium', 'wrtc', 'servers'], 'y-webrtc', () => {
  let browser: Browser;
  let server: YServer;
  let script: string;
  let folder: string;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'renego-'));
    const path = (name: string): string => JSON.stringify(foreignFile(name));
    const [one, two, three] = await Promise.all([
      launch(),
      bundled(`import * as Y from ${path('yjs/dist/yjs.mjs')};
        import { WebrtcProvider } from ${path('y-webrtc/src/y-webrtc.js')};
        Object.assign(globalThis, { Y, WebrtcProvider });`),
      startYServer(),
    ]);
    browser = one;
    script = two;
    server = three;
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function renego(room: string, ...flags: string[]) {
    const one = connect(server.url, 'y-webrtc', '--room', room, ...flags);
    open.push({ close: () => one.running.child.kill('SIGKILL') });
    return one;
  }

  async function visit(room: string): Promise<Page> {
    const page = await openPage(browser, script);
    open.push(page);
    await page.evaluate(`{
      globalThis.doc = new Y.Doc();
      globalThis.provider = new WebrtcProvider(${JSON.stringify(room)}, doc, {
        signaling: [${JSON.stringify(server.url)}], peerOpts: { config: { iceServers: [] } },
      });
      globalThis.pcWith = (name) => provider.room?.webrtcConns.get(name)?.peer._pc;
    }`);
    return page;
  }

  const joined = (line: Line): boolean => carries('other', 'server')(line);

  it('is called by who comes, as its announcement asks, and asks for an offer where it may not make one', async () => {
    const path = join(folder, 'called.ndjson');
    const { running, lines } = renego(
      'one',
      '--record',
      path,
      '--do',
      'restart-ice@connected',
      '--do',
      'offer@connected',
    );
    await lines.until('its own announcement', joined);
    const page = await visit('one');
    const first = await lines.until('the call', (line) => line.kind === 'negotiation' && line.cause === 'first');
    const web = String(first.offerer);
    expect(web).toMatch(/^[0-9a-f-]{36}$/);
    await lines.until("the document's messages", says(/^\(\d+ bytes\)$/));
    await lines.until('the offer it asked for', isRound('renegotiation', web));
    await page.evaluate("doc.getMap('m').set('k', 1)");
    await transport(page, "pcWith('renego')", 'now.succeeded');

    const from = lines.all.length;
    await page.evaluate('provider.destroy()');
    await lines.until('the end of the channel', isState('data', 'closed'), from);
    running.child.kill('SIGINT');
    await running.ended();
    expect(await page.evaluate('errors')).toEqual([]);

    const report = await show(path);
    const words = wordsOf(report);
    expect(words.filter((word) => word === 'offer')).toHaveLength(2);
    expect(words).toContain('request renegotiate');
    expect(words.filter((word) => /^other (?!own message, echoed)/.test(word))).toEqual([]);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('calls who comes, and restarts ICE as the initiator', async () => {
    const { running, lines } = renego('two', '--call', '--media', 'data', '--do', 'restart-ice@connected');
    await lines.until('its own announcement', joined);
    const page = await visit('two');
    const pc = "pcWith('renego')";
    const offer = await lines.until('the call', isRound('first', 'renego'));
    await lines.until("the document's messages", says(/^\(\d+ bytes\)$/));
    await lines.until('the restart', isRound('ice-restart', 'renego'));
    const before = lines.all.find(({ seq }) => seq === offer.offer);
    const [, ufrag = ''] = /a=ice-ufrag:(\S+?)\\/.exec(JSON.stringify(before)) ?? [];
    const now = await transport(page, pc, 'now.succeeded && now.remote === now.described');
    expect(now.remote).not.toBe(ufrag);
    expect(ufrag).not.toBe('');

    running.child.kill('SIGINT');
    await running.ended();
    await holds(page, `provider.room.webrtcConns.size === 0`);
    expect(await page.evaluate('errors')).toEqual([]);
  });
});
