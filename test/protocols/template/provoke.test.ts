import { expect, it } from 'vitest';
import { templateProtocol } from '../../../src/protocols/template/protocol.ts';
import { neko } from '../../../src/protocols/templates/neko.ts';
import { unityRenderStreaming } from '../../../src/protocols/templates/unity.ts';

const ENDS = { client: 'app', server: 'server' };

it('says what the template has for it, as the client would', () => {
  const decoder = templateProtocol(neko).decoder(ENDS);
  expect(decoder.provoke?.('restart-ice')).toEqual({ to: 'server', raw: '{"event":"signal/restart"}' });
  expect(decoder.provoke?.('offer')).toEqual({ to: 'server', raw: '{"event":"signal/request","payload":{}}' });
});

it('has no way where the template has no message', () => {
  expect(templateProtocol(unityRenderStreaming).decoder(ENDS).provoke?.('restart-ice')).toBeUndefined();
});

it('waits for what the message has to carry', () => {
  const source = { ...neko, messages: { ...neko.messages, restart: { send: { restart: '{{peer}}' }, recv: null } } };
  const decoder = templateProtocol(source).decoder(ENDS);
  expect(decoder.provoke?.('restart-ice')).toMatchObject({ why: expect.stringContaining('not yet') });
});
