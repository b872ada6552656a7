/** Everywhere in a real Chromium where something may negotiate: `renego attach` is there from the first script on. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, EXTRA, startApp } from './attach-app.ts';
import { type Listening, startChromium } from './chromium.ts';
import { carries, isBrowser, isLink, isState, type Line, type Lines, linesOf, signalsOf } from './lines.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

const SAY = "const s = new WebSocket('ws://' + location.host + '/signal'); s.onopen = () => s.send('{}');";
const POST = `fetch('/negotiate', { method: 'POST', body: ${JSON.stringify(EXTRA['/negotiate'])} });`;
const PAGES = {
  ...EXTRA,
  '/empty': '<!doctype html><title>empty</title>',
  '/crossed': `<!doctype html><title>crossed</title><script>
    document.write('<iframe src="http://127.0.0.1:' + location.port + '/"></iframe>')</script>`,
  '/popups': `<!doctype html><title>popups</title><script>
    open('/', '_blank');
    open('/', '_blank', 'noopener');
    const made = open('about:blank', '_blank');
    made.document.write('<script>new RTCPeerConnection().createDataChannel("written")</scr' + 'ipt>')</script>`,
  '/first': `<!doctype html><title>first</title><a href="/next">next</a>
    <script type="speculationrules">{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}</script>
    <script>setTimeout(() => document.querySelector('a').click(), 300)</script>`,
  '/next': '<!doctype html><title>next</title><script>new RTCPeerConnection().createDataChannel("made")</script>',
  '/workers': `<!doctype html><title>workers</title><script>new Worker('/dedicated.js');
    shared = new SharedWorker('/shared.js'); navigator.serviceWorker.register('/service.js');</script>`,
  '/dedicated.js': SAY + POST,
  '/shared.js': `onconnect = () => { ${SAY} ${POST} };`,
  '/service.js': `oninstall = (event) => event.waitUntil(${POST.slice(0, -1)}); ${SAY}`,
};

const isCall = (name: string, args?: string) => (line: Line) =>
  line.kind === 'call' && line.name === name && (args === undefined || line.args === args);

withParts(['chromium'], 'renego attach and the processes of Chromium', () => {
  let chromium: Listening;
  let app: App;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    [chromium, app] = await Promise.all([startChromium('--site-per-process'), startApp(PAGES)]);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(async () => {
    await chromium?.close();
    await app?.close();
  });

  async function attach(...flags: string[]): Promise<Lines> {
    const running = start(['attach', ...flags, '--json', '--timeout', '150s']);
    open.push({ close: () => running.child.kill('SIGTERM') && running.ended() });
    const lines = linesOf(running);
    await lines.until('the browser', isBrowser);
    return lines;
  }

  const at = (path: string, host = '127.0.0.1') => {
    const url = new URL(path, app.url);
    url.hostname = host;
    return url.href;
  };

  async function visit(url: string): Promise<Page> {
    const page = await chromium.context.newPage();
    open.push(page);
    await page.goto(url);
    return page;
  }

  test('a frame in a process of its own: what it does, and what is done to it', async () => {
    const lines = await attach(chromium.endpoint, '--do', 'restart-ice');
    const page = await visit(at('/crossed', 'localhost'));
    const frame = await lines.until('the frame', (line) => isLink('open')(line) && line.from === 'frame');
    expect(frame.url).toBe(at('/'));
    await lines.until('its socket', (line) => isLink('open')(line) && line.link === 'ws1');
    const inside = page.frames().find((one) => one.url() === at('/'));
    await inside?.evaluate('start(); offer()');
    await lines.until('its offer', carries('offer', 'pc2'));
    await lines.until('the action', (line) => line.kind === 'action');
    await lines.until('its call', isCall('restartIce'));
  });

  test('workers, each once: their sockets and requests', async () => {
    // With no other debugger, as the test's own, that could let one go before it is watched.
    const lines = await attach('--headless', '--launch', at('/workers'));
    for (const worker of ['worker', 'worker2', 'worker3']) {
      const of = (line: Line) => line.kind === 'message' && (line.from === worker || line.to === worker);
      await lines.until(`the socket of ${worker}`, (line) => of(line) && /^ws/.test(String(line.link)));
      await lines.until(`the answer to ${worker}`, (line) => of(line) && signalsOf(line)[0]?.type === 'response');
    }
    expect(lines.all.filter(isLink('connecting'))).toHaveLength(3);
    expect(lines.all.some(({ from }) => from === 'worker4')).toBe(false);
  });

  test('popups, from their first script on, also what is written into them', async () => {
    const lines = await attach('--headless', '--browser-arg', '--disable-popup-blocking', '--launch', at('/popups'));
    await lines.until('what was written', isCall('createDataChannel', 'written'));
    // Without an opener one may run before it can be held: what it has made is found.
    const made = (line: Line) => isCall('create')(line) || isCall('found, it was there before')(line);
    await lines.until('all three', () => lines.all.filter(made).length === 3);
    expect(lines.all.filter(isCall('create')).length).toBeGreaterThanOrEqual(2);
  });

  test('another site, and back to the page that was kept', async () => {
    const lines = await attach(chromium.endpoint);
    const page = await visit(at('/empty'));
    await page.evaluate('kept = new RTCPeerConnection(); kept.createDataChannel("kept"); kept.setLocalDescription()');
    await lines.until('its offer', carries('offer', 'pc1'));
    const leave = (script: string, host: string) =>
      Promise.all([
        page.waitForURL(({ hostname }) => hostname === host, { waitUntil: 'commit' }),
        page.evaluate(script).catch(() => {}),
      ]);
    await leave(`location = ${JSON.stringify(at('/empty', 'localhost'))}`, 'localhost');
    await lines.until('its end', (line) => isState('connection', 'closed')(line) && line.pc === 'pc1');
    await page.evaluate('new RTCPeerConnection().createDataChannel("elsewhere")');
    await lines.until('the other page', isCall('createDataChannel', 'elsewhere'));
    const before = lines.all.length;
    await leave('history.back()', '127.0.0.1');
    if ((await page.evaluate('typeof kept')) === 'undefined') return; // Chromium has not kept it.
    const { pc } = await lines.until('that it goes on', isCall('found, it was there before'), before);
    await lines.until('its offer again', carries('offer', String(pc)));
    await lines.until('its state', (line) => isState('signaling', 'have-local-offer')(line) && line.pc === pc);
    await page.evaluate('kept.createDataChannel("more")');
    expect(await lines.until('what it does', isCall('createDataChannel', 'more'))).toMatchObject({ pc });
  });

  test('who does not wait for the end leaves no profile behind', async () => {
    const own = mkdtempSync(join(tmpdir(), 'renego-test-'));
    open.push({ close: () => rmSync(own, { recursive: true, force: true, maxRetries: 10 }) });
    const running = start(['attach', '--headless', '--launch', at('/empty'), '--json'], [], { TMPDIR: own });
    const profiles = () => readdirSync(own).filter((name) => name.startsWith('renego-browser-'));
    await linesOf(running).until('the browser', isBrowser);
    expect(profiles()).toHaveLength(1);
    running.child.kill('SIGINT');
    running.child.kill('SIGTERM');
    expect(await running.ended()).toBe('SIGTERM');
    expect(profiles()).toEqual([]);
  });

  test('a page that crashes', async () => {
    const lines = await attach(chromium.endpoint);
    const page = await visit(at('/'));
    await lines.until('its connection', isCall('create'));
    await page.goto('chrome://crash').catch(() => {});
    await lines.until('the crash', (line) => line.code === 'PAGE_CRASHED');
    await lines.until('the end', isState('connection', 'closed'));
    await visit(at('/'));
    await lines.until('another page', (line) => isCall('create')(line) && line.pc === 'pc2');
  });

  test('a page that would be prerendered: it is seen when it is opened', async () => {
    const lines = await attach('--headless', '--launch', at('/first'));
    await lines.until('the next page', (line) => isLink('open')(line) && line.url === at('/next'));
    expect(await lines.until('its call', isCall('createDataChannel'))).toMatchObject({ args: 'made', pc: 'pc1' });
    expect(lines.all.some(({ kind }) => kind === 'problem')).toBe(false);
  });
});
