/** renego against Debian's Janus: EchoTest, VideoRoom, VideoCall; media flows, ICE restarts are taken, goodbyes are heard. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { janus } from '../../src/protocols/janus/index.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { type Running, runSource, state, words } from '../helpers/run-source.ts';
import { type JanusServer, startJanus } from './janus.ts';
import { carries, isState, type Line, linesOf, signalsOf, ufragOf } from './lines.ts';
import { withParts } from './parts.ts';
import { start } from './process.ts';

withParts(['janus', 'wrtc'], "Debian's Janus", () => {
  let server: JanusServer;
  let folder: string;
  const peers: Running[] = [];

  beforeAll(async () => {
    server = await startJanus();
    folder = mkdtempSync(join(tmpdir(), 'renego-'));
  });
  afterEach(async () => {
    for (const one of peers.splice(0)) await one.stop().catch(() => {});
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function peer(as: string, params: Record<string, string>, options: Partial<PeerOptions> = {}): Running {
    const media = ['audio', 'video'] as const;
    const running = runSource(
      createPeer({ url: server.url, protocol: janus, engine: wrtc, as, params, media, ...options }),
    );
    peers.push(running);
    return running;
  }

  const flows = (draft: Draft): boolean =>
    draft.kind === 'state' && draft.of === 'media' && / flows$/.test(draft.value);
  const describes = (type: string, from: string) => (draft: Draft) =>
    draft.kind === 'message' && draft.from === from && draft.signals.some((signal) => signal.type === type);
  const faults = (one: Running) => words(one.drafts).filter((word) => /problem|failed|other:/.test(word));

  it.each(['', 'socket.io/'])('is known by its subprotocol, whatever its address looks like: /%s', async (path) => {
    const one = runSource(createPeer({ url: `${server.url}${path}`, engine: wrtc, as: 'renego' }));
    peers.push(one);
    await one.until((draft) => draft.kind === 'mark' && /protocol janus, chosen by the subprotocol/.test(draft.text));
    await one.until((draft) => draft.kind === 'message' && draft.from === 'server');
    expect(faults(one)).toEqual([]);
  });

  it('sends back what the EchoTest is sent, restarts ICE, and the recording tells all of it', async () => {
    const path = join(folder, 'echo.ndjson');
    const argv = [
      'connect',
      server.url,
      '--protocol',
      'janus',
      '--json',
      '--call',
      '--media',
      'audio,video,data',
      '--record',
      path,
    ];
    const renego = start([...argv, '--do', 'restart-ice@connected', '--timeout', '90s']);
    const lines = linesOf(renego);
    const answers = (): Line[] => lines.all.filter(carries('answer', 'echotest'));
    await lines.until('the answer to the restart', () => answers().length === 2);
    await lines.until('audio', isState('media', /^audio \d flows$/));
    await lines.until('video', isState('media', /^video \d flows$/));
    const [first, second] = answers().map(ufragOf);
    expect(first).toBeTruthy();
    expect(second).not.toBe(first);
    renego.child.kill('SIGINT');
    await renego.ended();

    const shown = start(['show', path, '--json']);
    expect(await shown.ended()).toBe(0);
    const report = JSON.parse(shown.stdout()) as { events: Line[]; negotiations: Record<string, unknown>[] };
    const messages = report.events.filter(({ kind }) => kind === 'message');
    expect(messages.flatMap(signalsOf).filter(({ type }) => type === 'other')).toEqual([]);
    expect(messages.filter(carries('bye', 'renego'))).toHaveLength(1);
    expect(messages.flatMap((line) => (line.signals as { method?: string }[]).map(({ method }) => method))).toEqual(
      expect.arrayContaining(['create', 'attach', 'webrtcup', 'destroy']),
    );
    expect(report.negotiations.map(({ cause, state: how }) => `${cause} ${how}`)).toEqual([
      'first complete',
      'ice-restart complete',
    ]);
  });

  it('publishes in a VideoRoom, subscribes to it on another handle, and restarts both', async () => {
    const room = { room: '1234' };
    const alice = peer('alice', { plugin: 'videoroom' }, { ...room, call: true });
    await alice.until(state('connection', 'connected'));
    const bob = peer('bob', { plugin: 'videoroom', feed: 'all' }, room);
    await bob.until(describes('offer', 'alice'));
    await bob.until(flows);

    let from = bob.drafts.length;
    expect(bob.source.refusal({ do: 'restart-ice' })).toBeUndefined();
    bob.source.dispatch({ do: 'restart-ice' });
    const offer = await bob.until(describes('offer', 'alice'), from);
    await bob.until(describes('answer', 'bob'), from);
    const before = bob.drafts.find(describes('offer', 'alice'));
    expect(ufrag(offer)).not.toBe(ufrag(before));
    await bob.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);

    from = alice.drafts.length;
    const answer = alice.drafts.find(describes('answer', 'videoroom'));
    alice.source.dispatch({ do: 'restart-ice' });
    expect(ufrag(await alice.until(describes('answer', 'videoroom'), from))).not.toBe(ufrag(answer));

    alice.source.dispatch({ do: 'hangup' });
    await alice.until(state('connection', 'closed'));
    await bob.until(state('connection', 'closed'));
    expect([...faults(alice), ...faults(bob)]).toEqual([]);
  });

  it('calls through the VideoCall plugin, restarts from both ends, and hears the other hang up', async () => {
    const bob = peer('bob', { plugin: 'videocall' });
    await bob.until((draft) => draft.kind === 'message' && draft.raw.includes('registered'));
    const alice = peer('alice', { plugin: 'videocall' }, { to: 'bob' });
    await Promise.all([alice.until(flows), bob.until(flows)]);
    // Janus goes on offering to both until all their tracks are through.
    for (const [one, other, name] of [
      [alice, bob, 'bob'],
      [bob, alice, 'alice'],
    ] as const) {
      const from = one.drafts.length;
      const theirs = other.drafts.length;
      const last = one.drafts.findLast((draft) => describes('answer', name)(draft) || describes('offer', name)(draft));
      await one.until(() => one.source.refusal({ do: 'restart-ice' }) === undefined);
      one.source.dispatch({ do: 'restart-ice' });
      expect(ufrag(await one.until(describes('answer', name), from))).not.toBe(ufrag(last));
      await other.until(describes('offer', other === bob ? 'alice' : 'bob'), theirs);
    }
    alice.source.dispatch({ do: 'hangup' });
    await bob.until(state('connection', 'closed'));
    expect(bob.drafts.some(describes('bye', 'alice'))).toBe(true);
    expect([...faults(alice), ...faults(bob)]).toEqual([]);
  });

  it.each([
    ['a wrong PIN', { plugin: 'videoroom', pin: 'wrong' }, '42', /Janus error 433: Unauthorized/],
    ['a room that is not there', { plugin: 'videoroom' }, '99', /Janus error 426: No such room/],
    ['a plugin renego does not know', { plugin: 'sip' }, undefined, /does not know the plugin 'sip'/],
  ])('says why it is refused: %s', async (_, params, room, why) => {
    await expect(peer('eve', params, room === undefined ? {} : { room }).ended).rejects.toThrow(why);
  });
});

const ufrag = (draft: Draft | undefined): string | undefined =>
  draft?.kind === 'message' ? /a=ice-ufrag:([^\s\\]+)/.exec(draft.raw)?.[1] : undefined;
