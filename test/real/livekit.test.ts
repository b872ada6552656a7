/** renego and LiveKit's own client in Chromium in one room; the server is a stand-in that passes messages on. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { livekit } from '../../src/protocols/livekit/index.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { type Running, runSource, state, words } from '../helpers/run-source.ts';
import { type LivekitRoom, startLivekitRoom } from './livekit-room.ts';
import { answered, holds } from './page-wait.ts';
import { requirePart, withParts } from './parts.ts';

withParts(['chromium', 'servers', 'wrtc'], "a room with LiveKit's own client", () => {
  let browser: Browser;
  let room: LivekitRoom;
  const peers: Running[] = [];
  const open: Page[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: requirePart('chromium'),
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
  });
  beforeEach(async () => {
    room = await startLivekitRoom();
  });
  afterEach(async () => {
    for (const one of peers.splice(0)) await one.stop().catch(() => {});
    for (const page of open.splice(0)) await page.close();
    await room.close();
  });
  afterAll(async () => {
    await browser?.close();
  });

  function peer(options: Partial<PeerOptions> = {}): Running {
    const params = { token: 'token-of-renego', ...options.params };
    const media = ['audio', 'video'] as const;
    const own = { url: room.url, protocol: livekit, engine: wrtc, as: 'renego', media };
    const running = runSource(createPeer({ ...own, ...options, params }));
    peers.push(running);
    return running;
  }

  async function page(): Promise<Page> {
    const one = await browser.newPage({ bypassCSP: true });
    open.push(one);
    await one.goto(room.page);
    await one.evaluate(`begin(${JSON.stringify(room.url)})`);
    return one;
  }

  const flows = (kind: string) => (draft: Draft) =>
    draft.kind === 'state' && draft.of === 'media' && draft.value.startsWith(kind);
  const describes = (type: string, from: string) => (draft: Draft) =>
    draft.kind === 'message' && draft.from === from && draft.signals.some((signal) => signal.type === type);
  const faults = (one: Running) => words(one.drafts).filter((word) => /problem|failed|not a message/.test(word));
  const hears = (one: Page, what: string) => holds(one, `told.includes(${JSON.stringify(what)})`);

  it.each(['protobuf', 'json'])(
    'publishes, subscribes, restarts what it publishes, and leaves, in %s',
    async (format) => {
      const me = peer({ call: true, params: { format } });
      await me.until(describes('offer', 'renego'));
      const web = await page();
      await Promise.all([me.until(flows('audio')), me.until(flows('video'))]);
      await Promise.all([hears(web, 'trackSubscribed audio'), hears(web, 'trackSubscribed video')]);
      await answered(web, "received().then((kinds) => kinds === 'audio,video')");

      const from = me.drafts.length;
      const before = me.drafts.findLast(describes('answer', 'publisher'));
      me.source.dispatch({ do: 'restart-ice' });
      const answer = await me.until(describes('answer', 'publisher'), from);
      expect(ufrag(answer)).toBeTruthy();
      expect(ufrag(answer)).not.toBe(ufrag(before));
      await me.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);

      me.source.dispatch({ do: 'hangup' });
      await hears(web, 'participantDisconnected renego');
      expect(faults(me)).toEqual([]);
    },
  );

  it('restarts what it subscribes to by taking its session up again', async () => {
    const me = peer({ to: 'subscriber', call: false });
    await me.until((draft) => draft.kind === 'message');
    const web = await page();
    await Promise.all([me.until(flows('audio')), me.until(flows('video'))]);
    room.resumed = () => void web.evaluate('restart()');
    const from = me.drafts.length;
    const before = me.drafts.findLast(describes('offer', 'subscriber'));
    expect(me.source.refusal({ do: 'restart-ice' })).toBeUndefined();
    me.source.dispatch({ do: 'restart-ice' });
    const offer = await me.until(describes('offer', 'subscriber'), from);
    expect(room.dialled.at(-1)).toMatch(/reconnect=1&sid=PA_renego/);
    expect(ufrag(offer)).not.toBe(ufrag(before));
    await me.until(describes('answer', 'renego'), from);
    await me.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);
    me.source.dispatch({ do: 'hangup' });
    await me.until(state('connection', 'closed'));
    expect(faults(me)).toEqual([]);
  });
});

/** Of the description in it: frames in protobuf hold the text as it is, somewhere in the bytes. */
const ufrag = (draft: Draft | undefined): string | undefined =>
  draft?.kind === 'message'
    ? draft.signals.flatMap((signal) => ('sdp' in signal ? [/a=ice-ufrag:(\S+)/.exec(signal.sdp)?.[1]] : []))[0]
    : undefined;
