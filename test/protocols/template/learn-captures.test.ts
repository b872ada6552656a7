/** Templates learned from captures of real systems: what they read of these, and which systems need none. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSession } from '../../../src/importers/index.ts';
import { knownSystem } from '../../../src/protocols/template/learn/known.ts';
import { learn } from '../../../src/protocols/template/learn/learn.ts';
import { sentenceOf } from '../../../src/protocols/template/learn/reread.ts';
import { toYaml } from '../../../src/protocols/template/learn/write.ts';
import { templateFromYaml } from '../../../src/protocols/template/yaml.ts';

const recording = (name: string) => {
  const path = new URL(`../../fixtures/frames/${name}.ndjson`, import.meta.url);
  return readSession(readFileSync(path, 'utf8'), name);
};

describe('a template learned from a capture', () => {
  test.each(['gst-simple-server', 'mdn', 'mdn-race', 'peerjs', 'y-webrtc'])('reads all of it: %s', (name) => {
    const { header, events } = recording(name);
    const learned = learn(header, events);
    expect(sentenceOf(learned.reread)).toMatchObject({ all: true });
    expect(Object.values(learned.reread).some(({ of }) => of > 1)).toBe(true);
    const yaml = toYaml(learned, name, 'renego connect …');
    expect(yaml).not.toMatch(/[&*]a1/);
    expect(templateFromYaml({ text: yaml, file: name, name: 'mine', env: {} }).name).toBe('mine');
  });

  test('says how much it does not read: sessions and handles are more than a template can say', () => {
    const { header, events } = recording('janus-echotest');
    const { text, all } = sentenceOf(learn(header, events).reread);
    expect(all).toBe(false);
    expect(text).toMatch(/reads 0 of \d+ offers, 0 of \d+ answers/);
  });

  test('takes whoever is in a list that comes again; whoever wants to calls', () => {
    const { header, events } = recording('mdn');
    const { template } = learn(header, events);
    expect(template.messages).toMatchObject({ peers: { send: null, recv: { type: 'userlist', users: '{{peers}}' } } });
    expect(template.messages).not.toHaveProperty('joined');
    expect(template.role).toBeUndefined();
  });
});

test.each([
  ['gst-simple-server', 'gst-simple-server'],
  ['janus-videoroom', 'janus'],
  ['mdn', 'mdn'],
  ['peerjs', 'peerjs'],
  ['sip-jssip', 'sip'],
  ['webtorrent', 'webtorrent'],
  ['y-webrtc', 'y-webrtc'],
])('%s needs none: %s is built in', async (name, known) => {
  const { header, events } = recording(name);
  expect((await knownSystem(header, events))?.name).toBe(known);
});

test('a home-made system is none of those that are built in', async () => {
  const sdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=setup:actpass\r\n';
  const frames = [
    ['c2s', { op: 'call', to: 9, from: 7, body: { kind: 'offer', s: sdp } }],
    ['s2c', { op: 'call', to: 7, from: 9, body: { kind: 'answer', s: sdp.replace('actpass', 'active') } }],
  ].map(([dir, data], t) => JSON.stringify({ t, dir, conn: 'a', opcode: 'text', data: JSON.stringify(data) }));
  const { header, events } = readSession(frames.join('\n'), 'odd');
  expect(await knownSystem(header, events)).toBeUndefined();
});
