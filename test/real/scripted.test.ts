/**
 * Systems whose servers no registry has: scripted ones after their wire formats, with real peer connections at both ends.
 */
import { afterEach, expect, it } from 'vitest';
import type { Draft } from '../../src/core/event.ts';
import { wrtc } from '../../src/engines/wrtc.ts';
import { protocolNamed } from '../../src/protocols/index.ts';
import type { Protocol } from '../../src/protocols/protocol.ts';
import { createPeer, type PeerOptions } from '../../src/sources/peer.ts';
import { problem, type Running, runSource, sent, state, words } from '../helpers/run-source.ts';
import { startIonRoom } from './ion-room.ts';
import { withParts } from './parts.ts';
import { type Scripted, startApprtc, startGalene, startGstSignalling, startSimpleServer } from './scripted.ts';

withParts(['wrtc'], 'scripted servers', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });

  async function server(start: () => Promise<Scripted>): Promise<Scripted> {
    const one = await start();
    open.push(one);
    return one;
  }

  function peer(protocol: string, url: string, as: string, options: Partial<PeerOptions> = {}): Running {
    const running = runSource(
      createPeer({
        url,
        protocol: protocolNamed(protocol) as Protocol,
        engine: wrtc,
        as,
        media: ['audio'],
        ...options,
      }),
    );
    open.push({ close: () => running.stop().catch(() => {}) });
    return running;
  }

  const flows = (draft: Draft): boolean =>
    draft.kind === 'state' && draft.of === 'media' && draft.value.endsWith(' flows');
  const ufrag = (draft: Draft | undefined): string | undefined =>
    /a=ice-ufrag:(\S+?)(?:\\|\s)/.exec(draft?.kind === 'message' ? draft.raw : '')?.[1];
  const faults = (one: Running) => words(one.drafts).filter((word) => /problem|Error|failed/.test(word));
  const isOpen = (draft: Draft): boolean => draft.kind === 'link' && draft.change === 'open';

  /** Restarts ICE by an offer of `one`, and gives the ufrags of the answers before and after. */
  async function restart(one: Running, other: string): Promise<void> {
    const before = one.drafts.findLast(sent('answer', other));
    const from = one.drafts.length;
    expect(one.source.refusal({ do: 'restart-ice' })).toBeUndefined();
    one.source.dispatch({ do: 'restart-ice' });
    const after = await one.until(sent('answer', other), from);
    expect(ufrag(after)).toBeTruthy();
    expect(ufrag(after)).not.toBe(ufrag(before));
    await one.until((draft) => draft.kind === 'call' && draft.name === 'selectedcandidatepair', from);
  }

  it('simple_server: a session as soon as the other one is there, restarts of both sides', async () => {
    const { url } = await server(startSimpleServer);
    const alice = peer('gst-simple-server', url, 'alice', { to: 'bob' });
    await alice.until(problem('SERVER_ERROR'));
    const bob = peer('gst-simple-server', url, 'bob');
    await Promise.all([alice.until(flows), bob.until(flows)]);
    await restart(alice, 'bob');
    await restart(bob, 'peer');
    await alice.stop();
    await bob.until((draft) => draft.kind === 'link' && draft.change === 'close');
    expect(faults(bob)).toEqual([]);
    expect(faults(alice).every((word) => /peer 'bob' not found/.test(word))).toBe(true);
  });

  it('simple_server: a room, where everything is addressed', async () => {
    const { url } = await server(startSimpleServer);
    const alice = peer('gst-simple-server', url, 'alice', { room: 'r' });
    await alice.until((draft) => draft.kind === 'message' && draft.raw === 'ROOM_OK');
    const bob = peer('gst-simple-server', url, 'bob', { room: 'r', call: true });
    await Promise.all([alice.until(flows), bob.until(flows)]);
    await restart(bob, 'alice');
    expect([...faults(alice), ...faults(bob)]).toEqual([]);
  });

  it('ion-sfu: publishes on one peer connection, receives on the other, restarts what it publishes', async () => {
    const { url } = await server(startIonRoom);
    const alice = peer('ion-sfu', url, 'alice', { room: 'r', call: true });
    await alice.until(sent('offer', 'alice'));
    const bob = peer('ion-sfu', url, 'bob', { room: 'r', call: true });
    await Promise.all([alice.until(flows), bob.until(flows)]);
    await Promise.all([alice, bob].map((one) => one.until(sent('offer', 'subscriber'))));
    await restart(alice, 'publisher');
    expect([...faults(alice), ...faults(bob)]).toEqual([]);
  });

  it('AppRTC: the offer waits at the room server, only its initiator restarts, a bye is heard', async () => {
    const { url } = await server(startApprtc);
    const alice = peer('apprtc', url, 'alice', { room: 'r1', call: true });
    await alice.until(sent('offer', 'alice'));
    const bob = peer('apprtc', url, 'bob', { room: 'r1' });
    await Promise.all([alice.until(flows), bob.until(flows)]);
    expect(bob.drafts.filter(sent('offer', 'peer'))).toMatchObject([
      { signals: [{ type: 'response' }, { type: 'offer' }] },
    ]);
    await restart(alice, 'peer');
    expect(bob.source.refusal({ do: 'restart-ice' })).toMatch(/only the initiator offers/);

    const late = peer('apprtc', url, 'late', { room: 'r1' });
    await expect(late.ended).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/two are in the room/),
    });

    bob.source.dispatch({ do: 'hangup' });
    await alice.until(state('connection', 'closed'));
    await bob.stop();
    expect(bob.drafts.filter(sent('request')).at(-1)).toMatchObject({ signals: [{ method: 'DELETE' }] });
    expect([...faults(alice), ...faults(bob)]).toEqual([]);
  });

  it('gst-plugins-rs: a consumer starts a session, the producer offers, either ends it', async () => {
    const { url } = await server(startGstSignalling);
    const camera = peer('gst-webrtc-producer', url, 'camera');
    await camera.until(sent('request'));
    const viewer = peer('gst-webrtc', url, 'viewer', { call: true });
    await viewer.until(flows);
    await viewer.until(sent('offer', 'peer-1'));
    await viewer.until(sent('candidate', 'peer-1'));
    expect(viewer.source.refusal({ do: 'restart-ice' })).toMatch(/no way to restart ICE/);
    viewer.source.dispatch({ do: 'hangup' });
    await camera.until(state('connection', 'closed'));
    expect([...faults(camera), ...faults(viewer)]).toEqual([]);
  });

  it('Galène: one peer connection for each stream, restarted by who sends, or by asking who sends', async () => {
    const { url } = await server(startGalene);
    const refused = peer('galene', url, 'me', { params: { password: 'wrong' } });
    await expect(refused.ended).rejects.toMatchObject({ message: expect.stringMatching(/not authorised/) });

    const us = peer('galene', url, 'me', { params: { password: 'secret' }, call: true });
    await us.until(isOpen);
    await us.until(flows);
    await us.until(sent('answer', 'server'));
    await us.until(
      (draft) => us.drafts.filter(state('connection', 'connected')).length === 2 && draft.kind === 'state',
    );
    expect(new Set(us.drafts.flatMap((draft) => (draft.kind === 'state' ? [draft.pc] : []))).size).toBe(2);
    await restart(us, 'server');

    us.source.dispatch({ do: 'hangup' });
    const from = us.drafts.length;
    const before = us.drafts.findLast(sent('offer', 'ann'));
    us.source.dispatch({ do: 'restart-ice' });
    const again = await us.until(sent('offer', 'ann'), from);
    await us.until(sent('answer', 'me'), from);
    expect(ufrag(again)).not.toBe(ufrag(before));
    us.source.dispatch({ do: 'hangup' });
    await us.until(sent('bye', 'ann'), from);
    expect(faults(us)).toEqual([]);
  });
});
