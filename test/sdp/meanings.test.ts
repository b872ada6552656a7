import { expect, it } from 'vitest';
import { ATTRIBUTE_MEANINGS, LINE_MEANINGS } from '../../src/sdp/meanings.ts';

it('knows every line type of RFC 8866 but a=', () => {
  expect([...LINE_MEANINGS.keys()].sort().join('')).toBe('bceikmoprstuvz');
});

it('knows at least sixty attributes', () => {
  expect(ATTRIBUTE_MEANINGS.size).toBeGreaterThanOrEqual(60);
});

it.each([...LINE_MEANINGS, ...ATTRIBUTE_MEANINGS])('%s: one short sentence and a source', (_name, { what, spec }) => {
  expect(what).toMatch(/^[A-Z][^\n]{8,98}\.$/);
  expect(spec).toMatch(/^(RFC \d{4}( [\dA-Z.]+)?(, )?)+$|^draft-[a-z0-9-]+$|^libwebrtc$/);
});
