/** The WebSockets of a page, read by the protocol that their address or first frames show. */
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/event.ts';
import { loadProtocols, protocols } from '../../../src/protocols/index.ts';
import { createScene } from '../../../src/sources/attach/scene.ts';

test('every protocol can be met on one, once all are loaded', async () => {
  await loadProtocols();
  const told: Draft[] = [];
  const scene = createScene({ tell: (draft) => told.push(draft), now: () => 0 });
  const { page } = scene.place('tab', 'page');
  for (const { name, examples } of protocols) {
    scene.sockets.created(name, page, 'wss://call.example/');
    for (const { frame } of examples) scene.sockets.frame(name, page, { ...frame, out: frame.direction === 'out' });
  }
  scene.sockets.created('by address', page, 'wss://x.livekit.cloud/rtc?access_token=a');
  scene.sockets.frame('by address', page, { out: false, data: 'CgA=', encoding: 'base64' });
  const read = new Set(told.flatMap((draft) => (draft.kind === 'message' ? [draft.protocol] : [])));
  expect([...read]).toEqual(expect.arrayContaining(['livekit', 'janus', 'sip']));
  expect(told.at(-1)).toMatchObject({ kind: 'message', protocol: 'livekit' });
});
