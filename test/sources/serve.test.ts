import { expect, it } from 'vitest';
import { wrtc } from '../../src/engines/wrtc.ts';
import { perfectNegotiation } from '../../src/protocols/perfect-negotiation.ts';
import { createPeer } from '../../src/sources/peer.ts';
import { createServe } from '../../src/sources/serve.ts';
import { type SignalingServer, startServer } from '../../src/sources/server.ts';
import { problem, runSource, sent, state, words } from '../helpers/run-source.ts';

it('serves a peer that answers everyone at once, and tells what the clients send', async () => {
  let listening: (server: SignalingServer) => void = () => {};
  const started = new Promise<SignalingServer>((resolve) => {
    listening = resolve;
  });
  const serving = runSource(createServe({ echo: wrtc, listening }));
  const { url } = await started;
  const callers = ['ann', 'bob'].map((as) =>
    runSource(createPeer({ url, as, to: 'echo', engine: wrtc, media: ['video'] })),
  );
  await Promise.all(callers.map((caller) => caller.until(state('connection', 'connected'))));
  await Promise.all(callers.map((caller) => caller.until(state('media', 'video 0 flows'))));
  await serving.until(sent('answer', 'echo'));
  serving.source.dispatch({ do: 'mark', text: 'here' });
  serving.source.dispatch({ do: 'offer' });
  await serving.until(problem('ACTION_REFUSED'));
  for (const caller of callers) await caller.stop();
  await serving.until((draft) => draft.kind === 'link' && draft.change === 'close' && draft.from === 'ann');
  expect(await serving.stop()).toEqual({ reason: 'aborted', code: 0 });
  const told = words(serving.drafts);
  for (const word of ['ann>echo offer', 'echo>ann answer', 'bob>echo offer', 'echo>bob answer', 'mark']) {
    expect(told.filter((one) => one === word)).toHaveLength(1);
  }
});

it('serves bare perfect negotiation: tells who reaches whom, and answers with a peer of its own', async () => {
  const spoken = 'perfect-negotiation';
  let listening: (server: SignalingServer) => void = () => {};
  const started = new Promise<SignalingServer>((resolve) => {
    listening = resolve;
  });
  const serving = runSource(createServe({ spoken, echo: wrtc, listening }));
  const { url } = await started;
  await serving.until((draft) => draft.kind === 'link' && draft.change === 'open');
  const caller = runSource(createPeer({ url, as: 'ann', engine: wrtc, protocol: perfectNegotiation, call: true }));
  await caller.until(state('connection', 'connected'));
  await serving.until(sent('answer', 'client 1'));
  await caller.stop();
  await serving.until((draft) => draft.kind === 'link' && draft.change === 'close');
  await serving.stop();
  const told = words(serving.drafts);
  for (const word of ['client 2>client 1 offer', 'client 1>client 2 answer']) expect(told).toContain(word);
  const pcs = serving.drafts.flatMap((draft) =>
    draft.kind === 'message' ? draft.signals.flatMap((signal) => ('pc' in signal ? [signal.pc] : [])) : [],
  );
  expect(new Set(pcs)).toEqual(new Set(['client 1+client 2']));
  expect(told.filter((word) => /problem|failed/.test(word))).toEqual([]);
});

it('rejects when the port is taken', async () => {
  const { port, close } = await startServer();
  const serving = runSource(createServe({ port }));
  await expect(serving.ended).rejects.toMatchObject({ code: 'LISTEN_IN_USE' });
  await close();
});
