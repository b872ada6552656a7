import { describe, expect, it } from 'vitest';
import { builtIn } from '../../../src/protocols/template/built-in.ts';
import { templateProtocol } from '../../../src/protocols/template/protocol.ts';
import { SOURCES } from '../../../src/protocols/templates/index.ts';

const URLS = ['ws://a.test/', 'ws://a.test/ws', 'ws://a.test/signaling', 'wss://a.test/socket.io/?EIO=4', 'nonsense'];
const PATHS = SOURCES.flatMap(({ connect }) => connect?.path ?? []).map((path) => `wss://a.test${path}`);

describe.each(SOURCES.map((source) => [source.name ?? '', source] as const))('built-in template %s', (_, source) => {
  it('is what it is when it is compiled', () => {
    const { address, detect, decoder, client, ...lazy } = builtIn(source);
    const whole = templateProtocol(source);
    expect({ ...whole, ...lazy }).toEqual({ ...whole });
    expect(Object.keys({ ...whole, ...lazy })).toHaveLength(Object.keys(whole).length);
    expect(
      Object.keys(whole)
        .filter((key) => !(key in lazy))
        .sort(),
    ).toEqual(['address', 'client', 'decoder', 'detect']);
    for (const url of [...URLS, ...PATHS]) expect([url, detect({ url })]).toEqual([url, whole.detect({ url })]);
    expect(detect({ subprotocol: 'json' })).toBe(whole.detect({ subprotocol: 'json' }));
    const options = { as: 'me', now: 0, room: 'lobby', url: 'ws://a.test/' };
    expect(address?.(options)).toEqual(whole.address?.(options));
  });
});

it('is not compiled to be listed, and to be told from others by an address', () => {
  const broken = builtIn({
    name: 'broken',
    carrier: 'json',
    messages: { offer: '{{' + 'nonsense!}}' },
    role: 'nobody',
  });
  expect([broken.name, broken.title, broken.rooms, broken.detect({ url: 'ws://a.test/' })]).toEqual([
    'broken',
    'broken',
    undefined,
    0,
  ]);
  expect(() => broken.client({ as: 'me', now: 0 })).toThrow(/^broken: /);
});
