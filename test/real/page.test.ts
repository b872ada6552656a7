/** The served page in a real Chromium against renego's own peer. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { perfectNegotiation } from '../../src/protocols/perfect-negotiation.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { type SignalingServer, startServer } from '../../src/sources/server.ts';
import { type Running, runSource, state, words } from '../helpers/run-source.ts';
import { holds } from './page-wait.ts';
import { requirePart, withParts } from './parts.ts';

withParts(['chromium', 'wrtc'], 'the page in Chromium', () => {
  let browser: Browser;
  let server: SignalingServer;
  const peers: Running[] = [];
  const pages: Page[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: requirePart('chromium'),
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
    server = await startServer();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
    for (const one of peers.splice(0)) await one.stop();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function page(query: string): Promise<Page> {
    const one = await browser.newPage({ bypassCSP: true });
    pages.push(one);
    one.on('pageerror', (error) => failures.push(String(error)));
    one.on('console', (message) => message.type() === 'error' && failures.push(message.text()));
    await one.goto(`${server.pageUrl}?${query}`);
    return one;
  }
  const failures: string[] = [];

  function peer(as: string, room: string, options: Partial<PeerOptions> = {}): Running {
    const running = runSource(createPeer({ url: `${server.url}${room}`, as, engine: wrtc, ...options }));
    peers.push(running);
    return running;
  }

  const errorsOf = (one: Page) => one.evaluate(() => (window as unknown as { errors: string[] }).errors);
  const connected = state('connection', 'connected');
  const answered = (draft: Draft): boolean =>
    draft.kind === 'apply' && draft.type === 'answer' && draft.op === 'remote' && draft.ok;
  const answers = (draft: Draft): boolean =>
    draft.kind === 'apply' && draft.type === 'answer' && draft.op === 'local' && draft.ok;

  it('calls renego, adds video, restarts ICE, hangs up', async () => {
    const me = peer('renego', 'one');
    const web = await page('name=web&room=one&auto=call');
    await me.until(connected);
    await me.until(state('data', 'open'));
    let from = me.drafts.length;
    await web.click('#video');
    await me.until(answers, from);
    await me.until((draft) => draft.kind === 'state' && /^video \d flows$/.test(draft.value));
    from = me.drafts.length;
    await web.click('#restart');
    await me.until(answers, from);
    await holds(web, "pc.connectionState === 'connected' && pc.signalingState === 'stable'");
    await web.click('#hangup');
    await me.until(state('connection', 'closed'));
    expect(await errorsOf(web)).toEqual([]);
    expect(words(me.drafts).filter((word) => /problem|failed/.test(word))).toEqual([]);
  });

  it('is called by renego, which restarts ICE, adds, turns and stops', async () => {
    const web = await page('name=web&room=two');
    const me = peer('renego', 'two', { call: true });
    await me.until(connected);
    for (const action of [
      { do: 'restart-ice' },
      { do: 'add', media: 'video' },
      { do: 'direction' },
      { do: 'stop' },
      { do: 'restart-ice', how: 'createOffer' },
    ] as const) {
      const from = me.drafts.length;
      expect(me.source.refusal(action), action.do).toBeUndefined();
      me.source.dispatch(action);
      await me.until(answered, from);
    }
    await holds(web, "pc.connectionState === 'connected' && pc.signalingState === 'stable'");
    expect(await errorsOf(web)).toEqual([]);
    expect(words(me.drafts).filter((word) => /problem|failed/.test(word))).toEqual([]);
  });

  it.each([
    ['page polite', '1', false],
    ['renego polite', '0', true],
  ])('survives crossing offers (%s)', async (_title, pagePolite, polite) => {
    const room = `glare${pagePolite}`;
    const me = peer('renego', room, { polite });
    const web = await page(`name=web&room=${room}&auto=call&polite=${pagePolite}`);
    await me.until(connected);
    for (let round = 0; round < 8; round++) {
      const from = me.drafts.length;
      const theirs = web.evaluate('pc.restartIce()');
      if (me.source.refusal({ do: 'restart-ice' }) === undefined) me.source.dispatch({ do: 'restart-ice' });
      await theirs;
      await me.until((draft) => answered(draft) || answers(draft), from);
    }
    await holds(web, "pc.connectionState === 'connected' && pc.signalingState === 'stable'");
    expect(await errorsOf(web)).toEqual([]);
    expect(words(me.drafts).filter((word) => /failed|wrong state|REFUSED|NOT_/.test(word))).toEqual([]);
  });

  it.each(['both', 'perfect-negotiation'] as const)(
    'speaks bare perfect negotiation with a server of %s',
    async (spoken) => {
      const own = await startServer({ spoken });
      const url = `${own.url}bare`;
      const me = runSource(createPeer({ url, as: 'renego', engine: wrtc, protocol: perfectNegotiation }));
      peers.push(me);
      await me.until((draft) => draft.kind === 'link' && draft.change === 'open');
      const web = await browser.newPage();
      pages.push(web);
      await web.goto(`${own.pageUrl}?room=bare&auto=call${spoken === 'both' ? '&protocol=perfect-negotiation' : ''}`);
      await me.until(connected);
      await me.until(state('data', 'open'));
      me.source.dispatch({ do: 'restart-ice' });
      await me.until(answered);
      await web.click('#video');
      await me.until((draft) => draft.kind === 'state' && /^video \d flows$/.test(draft.value));
      expect(await errorsOf(web)).toEqual([]);
      expect(words(me.drafts).filter((word) => /problem|failed/.test(word))).toEqual([]);
      await own.close();
    },
  );

  it('shows names and texts of others as they are, never as HTML', async () => {
    const evil = '<img src=x onerror="window.owned=1">\u202e\u0007';
    const web = await page('name=web&room=evil');
    await holds(web, "document.getElementById('me').textContent === 'web'");
    const socket = new WebSocket(`${server.url}evil`, 'json');
    socket.on('message', (data) => {
      const { type, id } = JSON.parse(String(data)) as { type: string; id: number };
      if (type === 'id') socket.send(JSON.stringify({ type: 'username', id, name: evil }));
      if (type !== 'userlist') return;
      const sdp = { type: evil, sdp: evil };
      socket.send(JSON.stringify({ type: 'video-offer', name: evil, target: 'web', sdp }));
      socket.send(JSON.stringify({ type: 'message', name: evil, text: `a &lt; ${evil.slice(0, 4)}` }));
    });
    await holds(web, "document.getElementById('users').textContent.includes('<img src=x')");
    await holds(web, "document.getElementById('log').textContent.includes('hears <img')");
    expect(await web.evaluate("document.querySelectorAll('img').length + (window.owned ?? 0)")).toBe(0);
    socket.close();
  });

  it('breaks none of its own rules', () => {
    expect(failures).toEqual([]);
  });
});
