import { expect, it } from 'vitest';
import { janus } from '../../../src/protocols/janus/index.ts';
import type { Frame } from '../../../src/protocols/protocol.ts';

const frame = (direction: Frame['direction'], message: object): Frame => {
  return { data: JSON.stringify(message), encoding: 'text', direction };
};

it('asks Janus for an ICE restart where Janus offers, with the secrets of the app', () => {
  const decoder = janus.decoder({ client: 'app', server: 'server' });
  expect(decoder.provoke?.('restart-ice')).toMatchObject({ why: expect.stringContaining('only the app') });
  const session = { session_id: 7, apisecret: 's' };
  decoder.decode(frame('out', { janus: 'attach', ...session, transaction: 'a', plugin: 'janus.plugin.videoroom' }));
  decoder.decode(frame('in', { janus: 'success', session_id: 7, transaction: 'a', data: { id: 12 } }));
  const plugindata = { plugin: 'janus.plugin.videoroom', data: { videoroom: 'attached' } };
  const jsep = { type: 'offer', sdp: 'v=0\r\n' };
  decoder.decode(frame('in', { janus: 'event', session_id: 7, sender: 12, transaction: 'b', plugindata, jsep }));
  const asked = decoder.provoke?.('restart-ice');
  expect(asked).toMatchObject({ to: 'server' });
  expect(JSON.parse(asked && 'raw' in asked ? asked.raw : '')).toEqual({
    janus: 'message',
    ...session,
    handle_id: 12,
    transaction: 'renego 1',
    body: { request: 'configure', restart: true },
  });
  expect(decoder.provoke?.('offer')).toMatchObject({ why: expect.stringContaining('createOffer()') });
});

it.each([
  ['streaming', 'watch'],
  ['recordplay', 'play'],
])('asks the plugin %s again for what it plays, with a restart', (plugin, request) => {
  const decoder = janus.decoder({ client: 'app', server: 'server' });
  const session = { session_id: 7 };
  decoder.decode(frame('out', { janus: 'attach', ...session, transaction: 'a', plugin: `janus.plugin.${plugin}` }));
  decoder.decode(frame('in', { janus: 'success', ...session, transaction: 'a', data: { id: 12 } }));
  const body = { request, id: 3 };
  decoder.decode(frame('out', { janus: 'message', ...session, handle_id: 12, transaction: 'b', body }));
  expect(decoder.provoke?.('restart-ice')).toMatchObject({ why: expect.stringContaining('only the app') });
  const plugindata = { plugin: `janus.plugin.${plugin}`, data: {} };
  const jsep = { type: 'offer', sdp: 'v=0\r\n' };
  decoder.decode(frame('in', { janus: 'event', ...session, sender: 12, transaction: 'b', plugindata, jsep }));
  const asked = decoder.provoke?.('restart-ice');
  expect(JSON.parse(asked && 'raw' in asked ? asked.raw : '')).toMatchObject({
    handle_id: 12,
    body: { ...body, restart: true },
  });
});
