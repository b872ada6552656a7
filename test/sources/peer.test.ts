import { afterEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { perfectNegotiation } from '../../src/protocols/perfect-negotiation.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { type SignalingServer, startServer } from '../../src/sources/server.ts';
import { startRelay } from '../helpers/relay.ts';
import { problem, type Running, runSource, sent, state, words } from '../helpers/run-source.ts';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop().catch(() => {});
});

async function server(): Promise<SignalingServer> {
  const started = await startServer();
  open.push({ stop: () => started.close() });
  return started;
}

function peer(url: string, as: string, options: Partial<PeerOptions> = {}): Running {
  const running = runSource(createPeer({ url, as, engine: wrtc, random: () => 1, ...options }));
  open.push(running);
  return running;
}

const connected = state('connection', 'connected');
const offersOf = (running: Running, from: string) =>
  running.drafts.flatMap((draft) =>
    draft.kind === 'message' && draft.from === from ? draft.signals.filter(({ type }) => type === 'offer') : [],
  );

describe('two peers through the embedded server', () => {
  it('join, call, connect, pass media and text', async () => {
    const { url } = await server();
    const bob = peer(url, 'bob');
    await bob.until(sent('notify'));
    const ann = peer(url, 'ann', { call: true, media: ['audio', 'video', 'data'] });
    await Promise.all([ann.until(connected), bob.until(connected)]);
    await bob.until(state('media', 'audio 0 flows'));
    await ann.until(state('data', 'open'));
    await ann.until(state('dtls', 'connected'));
    expect(offersOf(ann, 'ann')).toHaveLength(1);
    expect(offersOf(ann, 'bob')).toHaveLength(0);
    expect(words(ann.drafts).filter((word) => /problem|failed/.test(word))).toEqual([]);
  });

  it('restart ICE from both sides, add, turn and stop sections, hang up, call again', async () => {
    const { url } = await server();
    const bob = peer(url, 'bob');
    await bob.until(sent('notify'));
    const ann = peer(url, 'ann', { call: true });
    await Promise.all([ann.until(connected), bob.until(connected)]);
    const ufrags = (running: Running, from: string) =>
      offersOf(running, from).map((offer) => /ice-ufrag:(\S+)/.exec('sdp' in offer ? offer.sdp : '')?.[1]);
    const round = async (by: Running, action: Parameters<Running['source']['dispatch']>[0]) => {
      const from = by.drafts.length;
      expect(by.source.refusal(action)).toBeUndefined();
      by.source.dispatch(action);
      await by.until((draft) => draft.kind === 'apply' && draft.op === 'remote' && draft.type === 'answer', from);
    };
    await round(ann, { do: 'restart-ice' });
    await round(ann, { do: 'restart-ice', how: 'createOffer' });
    expect(new Set(ufrags(ann, 'ann')).size).toBe(3);
    await round(bob, { do: 'restart-ice' });
    await round(bob, { do: 'add', media: 'video' });
    await ann.until(state('media', 'video 2 flows'));
    await round(ann, { do: 'direction', mid: '0' });
    await round(bob, { do: 'stop' });
    await round(ann, { do: 'offer' });
    const last = offersOf(ann, 'ann').at(-1);
    expect(last && 'sdp' in last && last.sdp).toMatch(/m=audio.*a=sendonly.*m=video 0 /s);
    ann.source.dispatch({ do: 'hangup' });
    await bob.until(state('connection', 'closed'));
    const from = bob.drafts.length;
    bob.source.dispatch({ do: 'call' });
    await bob.until(connected, from);
    expect(words([...ann.drafts, ...bob.drafts]).filter((word) => /problem|failed/.test(word))).toEqual([]);
  });

  it.each([
    ['the names decide', {}, {}],
    ['the caller is polite', { polite: true }, { polite: false }],
  ])('survive glare when both call at once (%s)', async (_title, forAnn, forBob) => {
    const { url } = await server();
    const ann = peer(url, 'ann', { media: ['audio', 'data'], ...forAnn });
    const bob = peer(url, 'bob', { media: ['video', 'data'], ...forBob });
    const here = (who: string) => (draft: Draft) =>
      draft.kind === 'message' && draft.signals.some((signal) => signal.type === 'presence' && signal.who === who);
    await Promise.all([ann.until(here('bob')), bob.until(here('ann'))]);
    ann.source.dispatch({ do: 'call' });
    bob.source.dispatch({ do: 'call' });
    await Promise.all([ann.until(connected), bob.until(connected)]);
    const flows = (kind: string) => (draft: Draft) => draft.kind === 'state' && draft.value.startsWith(kind);
    await Promise.all([bob.until(flows('audio')), ann.until(flows('video'))]);
    expect(words([...ann.drafts, ...bob.drafts]).filter((word) => /failed|wrong state|REFUSED/.test(word))).toEqual([]);
  });

  it('tell which message was applied', async () => {
    const { url } = await server();
    const bob = peer(url, 'bob');
    await bob.until(sent('notify'));
    const ann = peer(url, 'ann', { call: true });
    await ann.until(connected);
    await ann.until((draft) => draft.kind === 'apply' && draft.op === 'candidate');
    const applied = ann.drafts.flatMap((draft) =>
      draft.kind === 'apply' && draft.op !== 'local'
        ? [{ type: draft.type ?? 'candidate', of: ann.drafts[(draft.of ?? 0) - 1] }]
        : [],
    );
    for (const { type, of } of applied) {
      const types = of?.kind === 'message' ? of.signals.map((signal) => signal.type.replace('end-of-', '')) : [];
      expect(types.map((one) => one.replace('candidates', 'candidate'))).toEqual([type]);
      expect(of?.from).toBe('bob');
    }
    expect(applied.map(({ type }) => type)).toEqual(expect.arrayContaining(['answer', 'candidate']));
  });

  it('answer a peer that came back with another peer connection', async () => {
    const { url } = await server();
    const ann = peer(url, 'ann');
    await ann.until(sent('notify'));
    const relay = await startRelay(url);
    const bob = peer(relay.url, 'bob', { call: true, reconnect: false });
    await Promise.all([ann.until(connected), bob.until(connected)]);
    const from = ann.drafts.length;
    relay.close();
    await bob.ended;
    const again = peer(url, 'bob', { call: true });
    await Promise.all([ann.until(connected, from), again.until(connected)]);
    const closed = ann.drafts.slice(from).find((draft) => draft.kind === 'call' && draft.name === 'close');
    expect(closed).toMatchObject({ args: { reason: 'the peer calls anew, with another peer connection' } });
    expect(words([...ann.drafts, ...again.drafts]).filter((word) => /problem|failed/.test(word))).toEqual([]);
  });

  it('say why an action cannot be done', async () => {
    const { url } = await server();
    const ann = peer(url, 'ann');
    expect(ann.source.refusal({ do: 'call' })).toBe('the server has not let us in yet');
    await ann.until(sent('notify'));
    await ann.until((draft) => draft.kind === 'message' && draft.raw.includes('userlist'));
    expect(ann.source.refusal({ do: 'call' })).toBe('there is no one to call');
    expect(ann.source.refusal({ do: 'call', to: 'zoe' })).toBe('zoe is not here');
    expect(ann.source.refusal({ do: 'restart-ice' })).toBe('there is no call yet');
    expect(ann.source.refusal({ do: 'mark', text: 'x' })).toBeUndefined();
    ann.source.dispatch({ do: 'hangup' });
    await ann.until(problem('ACTION_REFUSED'));
    await ann.stop();
    expect(ann.source.refusal({ do: 'mark', text: 'x' })).toBe('the session is over');
  });

  it('keep the call when the server goes away and comes back', async () => {
    const first = await startServer();
    const ann = peer(first.url, 'ann', { call: true });
    const bob = peer(first.url, 'bob');
    await Promise.all([ann.until(connected), bob.until(connected)]);
    await first.close();
    await Promise.all([
      ann.until((draft) => draft.kind === 'link' && draft.change === 'retry'),
      bob.until((draft) => draft.kind === 'link' && draft.change === 'close'),
    ]);
    const from = ann.drafts.length;
    const second = await startServer({ port: first.port });
    open.unshift({ stop: () => second.close() });
    await ann.until((draft) => draft.kind === 'message' && draft.raw.includes('"bob"'), from);
    ann.source.dispatch({ do: 'restart-ice' });
    await ann.until((draft) => draft.kind === 'apply' && draft.type === 'answer', from);
    expect(words(ann.drafts).filter((word) => /closed|NO_CALL/.test(word))).toEqual([]);
  });
});

describe('peers without names', () => {
  const bare = { protocol: perfectNegotiation, media: ['audio', 'data'] } as const;

  it('negotiate over a server that only passes on, restart, and survive crossing offers', async () => {
    const started = await startServer({ spoken: 'perfect-negotiation' });
    open.push({ stop: () => started.close() });
    const ann = peer(started.url, 'ann', { ...bare, polite: false });
    const bob = peer(started.url, 'bob', bare);
    const linked = (draft: Draft): boolean => draft.kind === 'link' && draft.change === 'open';
    await Promise.all([ann.until(linked), bob.until(linked)]);
    bob.source.dispatch({ do: 'call' });
    await Promise.all([ann.until(connected), bob.until(connected), ann.until(state('data', 'open'))]);
    const from = [ann.drafts.length, bob.drafts.length];
    ann.source.dispatch({ do: 'restart-ice' });
    bob.source.dispatch({ do: 'add', media: 'video' });
    await ann.until((draft) => draft.kind === 'state' && /^video \d flows$/.test(draft.value), from[0]);
    const restarted = (draft: Draft): boolean => draft.kind === 'apply' && draft.type === 'answer' && draft.ok;
    await Promise.all([ann.until(restarted, from[0]), bob.until(restarted, from[1])]);
    expect(words([...ann.drafts, ...bob.drafts]).filter((word) => /wrong state|REFUSED|NOT_/.test(word))).toEqual([]);
    const said = ann.drafts.flatMap((draft) => (draft.kind === 'message' && draft.from === 'ann' ? [draft.raw] : []));
    expect(said.every((raw) => /^\{"(description|candidate)":/.test(raw))).toBe(true);
  });

  it('are recognised by their first message', async () => {
    const started = await startServer({ spoken: 'perfect-negotiation' });
    open.push({ stop: () => started.close() });
    const ann = peer(started.url, 'ann', { room: 'blue' });
    await ann.until((draft) => draft.kind === 'link' && draft.change === 'open');
    const bob = peer(started.url, 'bob', { ...bare, call: true });
    await Promise.all([ann.until(connected), bob.until(connected)]);
    expect(ann.drafts.filter((draft) => draft.kind === 'problem')).toMatchObject([{ code: 'ROOM_IGNORED' }]);
    await bob.stop();
    expect(words(bob.drafts).filter((word) => /problem|bye/.test(word))).toEqual([]);
  });
});
