import { expect, it } from 'vitest';
import { protocolNamed, protocols } from '../../src/protocols/index.ts';

it('finds every protocol by its name, and no other', () => {
  for (const protocol of protocols) expect(protocolNamed(protocol.name)).toBe(protocol);
  expect(protocolNamed('toString')).toBeUndefined();
  expect(new Set(protocols.map(({ name }) => name)).size).toBe(protocols.length);
});
