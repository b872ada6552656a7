/** A whole app in Chromium, visited straight and through the proxy: the page sees the same, and so does the server. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { requirePart, withParts } from './parts.ts';
import { proxyOf } from './proxied.ts';
import { startWholeApp, type WholeApp } from './whole-app.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

withParts(['chromium', 'servers'], 'a whole app', () => {
  let browser: Browser;
  let app: WholeApp;
  beforeAll(async () => {
    const args = ['--no-sandbox', '--ignore-certificate-errors'];
    browser = await chromium.launch({ executablePath: requirePart('chromium'), args });
    app = await startWholeApp();
  });
  afterAll(async () => {
    await browser?.close();
    app?.close();
  });

  /** Everything anew: cookies, cache and service workers of this visit alone. */
  async function visit(url: string): Promise<{ seen: unknown; asked: readonly string[]; complaints: string[] }> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    closers.push(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    const seen = await page.evaluate('run()');
    return { seen, asked: app.asked(), complaints };
  }

  test.each([
    ['http', []],
    ['https', ['--tls']],
  ])('is the same through %s as straight', async (scheme, flags) => {
    const straight = await visit(`${app.origin}/`);
    const { url, lines } = await proxyOf(closers, `${app.origin}/`, ...flags);
    expect(url).toMatch(new RegExp(`^${scheme}://`));
    const through = await visit(url);
    expect(through).toEqual(straight);
    expect(through.complaints).toEqual([]);
    await lines.until('the bye of WHIP', (line) => line.kind === 'message' && JSON.stringify(line).includes('"bye"'));
    expect(lines.all.filter(({ kind }) => kind === 'problem')).toEqual([]);
  });

  /** What a page that came from the server itself can do at this address. */
  async function signaled(page: Page, url: string): Promise<unknown> {
    return page.evaluate(`(async (base) => {
      const body = 'v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n';
      const headers = { 'Content-Type': 'application/sdp', Authorization: 'Bearer x' };
      const answer = await fetch(base + 'whip', { method: 'POST', credentials: 'include', headers, body });
      const place = new URL(answer.headers.get('location'), answer.url);
      const ended = await fetch(place, { method: 'DELETE' });
      const socket = new WebSocket(base.replace('http', 'ws') + 'ws');
      await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
      socket.send('hello');
      const heard = await new Promise((resolve) => { socket.onmessage = ({ data }) => resolve(data); });
      socket.close();
      return [answer.status, place.href === base + 'whip/session', answer.headers.get('etag'), await answer.text(), ended.status, heard];
    })(${JSON.stringify(url)})`);
  }

  test('a page of its own, of which only the signaling goes through the proxy, may ask and read as before', async () => {
    const { url, lines } = await proxyOf(closers, `${app.origin}/`);
    const page = await browser.newPage();
    closers.push(() => page.close());
    await page.goto(`${app.origin}/tagged`);
    app.asked();
    const straight = { seen: await signaled(page, `${app.origin}/`), asked: app.asked() };
    expect({ seen: await signaled(page, url), asked: app.asked() }).toEqual({
      ...straight,
      // The whole address of the page is not for another origin.
      asked: straight.asked.map((line) => line.replace(`${app.origin}/tagged`, `${app.origin}/`)),
    });
    const told = await lines.until('that it is allowed', ({ kind }) => kind === 'action');
    expect(JSON.stringify(told)).toContain('may read its answers');
  });
});
