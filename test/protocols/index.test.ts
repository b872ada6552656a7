import { expect, it } from 'vitest';
import { detectProtocol, protocolNamed, protocols } from '../../src/protocols/index.ts';

it('finds every protocol by its name, and no other', () => {
  for (const protocol of protocols) expect(protocolNamed(protocol.name)).toBe(protocol);
  expect(protocolNamed('toString')).toBeUndefined();
  expect(new Set(protocols.map(({ name }) => name)).size).toBe(protocols.length);
});

it('guesses by what there is to go by, and not at all from nothing', () => {
  const frame = { data: '{"type":"id","id":1}', encoding: 'text', direction: 'in' } as const;
  expect(detectProtocol({ frame })?.name).toBe('mdn');
  const bare = { ...frame, data: '{"candidate":null}' };
  expect(detectProtocol({ frame: bare })?.name).toBe('perfect-negotiation');
  expect(detectProtocol({ frame: { ...frame, data: '{"type":"x","candidate":null}' } })).toBeUndefined();
  expect(detectProtocol({ url: 'ws://127.0.0.1:8080/' })).toBeUndefined();
  expect(detectProtocol({ frame: { ...frame, data: '42["x"]' } })).toBeUndefined();
});
