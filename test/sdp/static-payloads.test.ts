import { expect, it } from 'vitest';
import { STATIC_PAYLOADS } from '../../src/sdp/static-payloads.ts';

it.each([
  ['0', 'PCMU', 8000, 1],
  ['8', 'PCMA', 8000, 1],
  ['9', 'G722', 8000, 1],
  ['10', 'L16', 44100, 2],
  ['13', 'CN', 8000, 1],
  ['34', 'H263', 90000, 1],
])('payload type %s is %s', (payloadType, name, clockRate, channels) => {
  expect(STATIC_PAYLOADS.get(payloadType)).toEqual({ name, clockRate, channels });
});

it('leaves out reserved, unassigned and dynamic numbers', () => {
  for (const payloadType of ['1', '2', '19', '20', '27', '35', '72', '96'])
    expect(STATIC_PAYLOADS.has(payloadType)).toBe(false);
});
