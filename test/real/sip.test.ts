/** renego as a SIP user agent at Debian's Kamailio, with JsSIP and SIP.js in Chromium at the other end. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { sip } from '../../src/protocols/sip/index.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { problem, type Running, runSource, state, words } from '../helpers/run-source.ts';
import { DOMAIN, type SipServer, startKamailio } from './kamailio.ts';
import { answered, holds } from './page-wait.ts';
import { requirePart, withParts } from './parts.ts';
import { type SipPages, serveSipPages } from './sip-page.ts';

withParts(['kamailio', 'chromium', 'servers', 'wrtc'], 'SIP at Kamailio', () => {
  let server: SipServer;
  let pages: SipPages;
  let browser: Browser;
  const peers: Running[] = [];
  const open: Page[] = [];

  beforeAll(async () => {
    [server, pages, browser] = await Promise.all([
      startKamailio(),
      serveSipPages(),
      chromium.launch({
        executablePath: requirePart('chromium'),
        args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
      }),
    ]);
  });
  afterEach(async () => {
    for (const one of peers.splice(0)) await one.stop().catch(() => {});
    for (const page of open.splice(0)) await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    pages?.close();
    await server?.close();
  });

  function peer(as: string, options: Partial<PeerOptions> = {}): Running {
    const params = { domain: DOMAIN, password: `pw-${as}`, ...options.params };
    const media = ['audio', 'video'] as const;
    const running = runSource(
      createPeer({ url: server.url, protocol: sip, engine: wrtc, as, media, ...options, params }),
    );
    peers.push(running);
    return running;
  }

  async function page(kind: 'jssip' | 'sipjs', name: string): Promise<Page> {
    const one = await browser.newPage({ bypassCSP: true });
    open.push(one);
    await one.goto(pages[kind]);
    await one.evaluate(`begin(${JSON.stringify(server.url)}, ${JSON.stringify(name)})`);
    return one;
  }

  const registered = (one: Running) =>
    one.until((draft) => draft.kind === 'message' && /^SIP\/2.0 200/.test(draft.raw));
  const flows = (kind: string) => (draft: Draft) =>
    draft.kind === 'state' && draft.of === 'media' && draft.value.startsWith(kind);
  const describes = (type: string, from: string) => (draft: Draft) =>
    draft.kind === 'message' && draft.from === from && draft.signals.some((signal) => signal.type === type);
  const faults = (one: Running) => words(one.drafts).filter((word) => /problem|failed/.test(word));
  const told = (one: Page) => one.evaluate('told') as Promise<string[]>;
  const hears = (one: Page, what: string) => holds(one, `told.includes(${JSON.stringify(what)})`);
  const receivesBoth = (one: Page) => answered(one, "received().then((kinds) => kinds === 'audio,video')");

  it('calls JsSIP, restarts ICE from both ends, is put on hold by UPDATE, and hangs up', async () => {
    const web = await page('jssip', 'web');
    const me = peer('renego', { to: 'web' });
    await Promise.all([me.until(flows('audio')), me.until(flows('video')), receivesBoth(web)]);

    let from = me.drafts.length;
    const first = me.drafts.find(describes('answer', 'web'));
    me.source.dispatch({ do: 'restart-ice' });
    const answer = await me.until(describes('answer', 'web'), from);
    expect(ufrag(answer)).not.toBe(ufrag(first));
    await hears(web, 'reinvite');

    from = me.drafts.length;
    await holds(web, "pc().signalingState === 'stable'");
    await web.evaluate('restart()');
    const offer = await me.until(describes('offer', 'web'), from);
    expect(ufrag(offer)).not.toBe(ufrag(answer));
    await me.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);
    await holds(web, "pc().connectionState === 'connected'");

    from = me.drafts.length;
    await web.evaluate('hold()');
    const held = await me.until(describes('offer', 'web'), from);
    expect(held.kind === 'message' && held.raw).toMatch(/^UPDATE [\s\S]*a=sendonly/);

    me.source.dispatch({ do: 'hangup' });
    await hears(web, 'ended Terminated');
    expect(faults(me)).toEqual([]);
  });

  it('is called by JsSIP, restarts ICE, and is hung up on', async () => {
    const web = await page('jssip', 'web');
    const me = peer('renego');
    await registered(me);
    await web.evaluate(`call('sip:renego@${DOMAIN}')`);
    await Promise.all([me.until(flows('audio')), me.until(flows('video')), receivesBoth(web)]);
    const from = me.drafts.length;
    me.source.dispatch({ do: 'restart-ice' });
    const answer = await me.until(describes('answer', 'web'), from);
    expect(ufrag(answer)).not.toBe(ufrag(me.drafts.find(describes('offer', 'web'))));
    await me.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);
    await web.evaluate('hangUp()');
    await me.until(state('connection', 'closed'));
    expect(me.drafts.some(describes('bye', 'web'))).toBe(true);
    expect(faults(me)).toEqual([]);
  });

  it('offers where SIP.js does not: the offer in the 200, the answer in the ACK', async () => {
    const web = await page('sipjs', 'web');
    const me = peer('renego');
    await registered(me);
    await web.evaluate(`callWithoutOffer('sip:renego@${DOMAIN}')`);
    await Promise.all([me.until(flows('audio')), receivesBoth(web)]);
    expect(me.drafts.find(describes('offer', 'renego'))).toMatchObject({ raw: expect.stringMatching(/^SIP\/2.0 200/) });
    expect(me.drafts.find(describes('answer', 'web'))).toMatchObject({ raw: expect.stringMatching(/^ACK /) });
    const from = me.drafts.length;
    await web.evaluate('askForOffer()');
    await me.until(describes('offer', 'renego'), from);
    await me.until(describes('answer', 'web'), from);
    await web.evaluate('hangUp()');
    await me.until(state('connection', 'closed'));
    expect(faults(me)).toEqual([]);
  });

  it('gives up a call that rings, and tells why one is refused', async () => {
    const web = await page('jssip', 'web');
    await web.evaluate('window.answering = false');
    const me = peer('renego', { to: 'web' });
    await me.until((draft) => draft.kind === 'message' && draft.raw.startsWith('SIP/2.0 180'));
    me.source.dispatch({ do: 'hangup' });
    await hears(web, 'failed Canceled');
    const from = me.drafts.length;
    me.source.dispatch({ do: 'call' });
    await me.until((draft) => draft.kind === 'message' && draft.raw.startsWith('SIP/2.0 180'), from);
    await web.evaluate('hangUp()');
    expect(await me.until(problem('SIP_480'), from)).toMatchObject({ detail: expect.stringMatching(/^web: 480 /) });
    await me.until((draft) => draft.kind === 'call' && draft.name === 'close', from);
    const other = peer('other', { to: 'nobody' });
    expect(await other.until(problem('SIP_404'))).toMatchObject({ detail: 'nobody: 404 Not Found' });
    expect(await told(web)).not.toContain('accepted');
  });

  it('registers with SHA-256 where the server wants it, and says when the password is wrong', async () => {
    const strict = await startKamailio('SHA-256');
    try {
      const me = peer('renego', { url: strict.url });
      await registered(me);
      expect(me.drafts.some((draft) => draft.kind === 'message' && /algorithm=SHA-256/.test(draft.raw))).toBe(true);
      const params = { password: 'wrong' };
      await expect(peer('renego', { url: strict.url, params }).ended).rejects.toThrow(/401 Unauthorized/);
    } finally {
      await strict.close();
    }
  });
});

const ufrag = (draft: Draft | undefined): string | undefined =>
  draft?.kind === 'message' ? /a=ice-ufrag:(\S+)/.exec(draft.raw)?.[1] : undefined;
