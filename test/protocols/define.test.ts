import { expect, test } from 'vitest';
import { defineProtocol } from '../../src/protocols/define.ts';
import { mdn } from '../../src/protocols/mdn.ts';

test('fills in what need not be said', () => {
  const { decoder, client } = mdn;
  const protocol = defineProtocol({ name: 'mine', decoder, client, capabilities: { restart: { why: 'never' } } });
  expect(protocol).toMatchObject({ name: 'mine', title: 'mine', subprotocols: [], examples: [] });
  expect(protocol.detect({})).toBe(0);
  expect(protocol.capabilities).toMatchObject({ trickle: true, restart: { why: 'never' } });
  expect(defineProtocol(protocol)).toEqual(protocol);
});

test.each([
  [null, /no object/],
  [{}, /no name/],
  [{ name: 'x', client: mdn.client }, /no function 'decoder'/],
  [{ name: 'x', decoder: mdn.decoder, client: 7 }, /no function 'client'/],
])('says what is missing in %j', (definition, why) => {
  expect(() => defineProtocol(definition as never)).toThrow(why);
});
