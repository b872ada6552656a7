import { expect, it } from 'vitest';
import { createEchoes } from '../../src/protocols/echoes.ts';
import { incoming } from './captured.ts';

it('knows its own descriptions and candidates, and not what both ends may say', () => {
  const echoes = createEchoes();
  for (const raw of ['{"sdp":"v=0"}', '{"candidate":"candidate:1"}', '{"candidate":null}']) echoes.sent(raw);
  expect(echoes.isOurs(incoming('{"sdp":"v=0"}'))).toBe(true);
  expect(echoes.isOurs(incoming('{"candidate":"candidate:1"}'))).toBe(true);
  expect(echoes.isOurs(incoming('{"candidate":null}'))).toBe(false);
  expect(echoes.isOurs(incoming('{"sdp":"v=0 other"}'))).toBe(false);
});

it('forgets the oldest', () => {
  const echoes = createEchoes();
  for (let i = 0; i < 300; i++) echoes.sent(`v=0 ${i}`);
  expect(echoes.isOurs(incoming('v=0 299'))).toBe(true);
  expect(echoes.isOurs(incoming('v=0 0'))).toBe(false);
});
