import * as transform from 'sdp-transform';
import { expect, it } from 'vitest';
import { ATTRIBUTE_MEANINGS, LINE_MEANINGS } from '../../src/sdp/meanings.ts';

it('knows every line type of RFC 8866 but a=', () => {
  expect([...LINE_MEANINGS.keys()].sort().join('')).toBe('bceikmoprstuvz');
});

/** Its types leave out the grammar. */
const { grammar } = transform as unknown as {
  readonly grammar: Readonly<Record<string, readonly { reg?: RegExp }[]>>;
};
/** Attributes of sdp-transform's grammar, by the fixed beginning of its expressions. */
const GRAMMAR = Object.values(grammar)
  .flat()
  .flatMap(({ reg }) => /^\^([a-z][a-z0-9-]*)(?=[:$\s(\\])/i.exec(reg?.source ?? '')?.[1] ?? [])
  // `c=` begins with it.
  .filter((name) => name !== 'IN');

it('knows every attribute that the grammar knows', () => {
  expect(GRAMMAR.length).toBeGreaterThan(30);
  expect(GRAMMAR.filter((name) => !ATTRIBUTE_MEANINGS.has(name))).toEqual([]);
});

it('knows at least a hundred attributes', () => {
  expect(ATTRIBUTE_MEANINGS.size).toBeGreaterThanOrEqual(100);
});

it.each([...LINE_MEANINGS, ...ATTRIBUTE_MEANINGS])('%s: one short sentence and a source', (_name, { what, spec }) => {
  expect(what).toMatch(/^[A-Z][^\n]{8,98}\.$/);
  expect(spec).toMatch(/^(RFC \d{4}( [\dA-Z.]+)?(, )?)+$|^draft-[a-z0-9-]+$|^libwebrtc$/);
});
