import { describe, expect, test } from 'vitest';
import { contradicts, receives, sends } from '../../src/rules/direction.ts';
import { anOffer } from '../../src/rules/example.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import type { MSection } from '../../src/sdp/sdp.ts';

const section = (direction: string) => parseSdp(anOffer([{ kind: 'audio', direction }])).media[0] as MSection;

test.each([
  ['sendrecv', true, true],
  ['sendonly', true, false],
  ['recvonly', false, true],
  ['inactive', false, false],
])('%s: sends %s, receives %s', (direction, out, into) => {
  expect([sends(section(direction)), receives(section(direction))]).toEqual([out, into]);
});

describe('what may be answered (RFC 3264 6.1)', () => {
  const all = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
  test.each([
    ['sendrecv', all],
    ['sendonly', ['recvonly', 'inactive']],
    ['recvonly', ['sendonly', 'inactive']],
    ['inactive', ['inactive']],
  ])('to %s', (offered, legal) => {
    expect(all.filter((answered) => !contradicts(section(offered), section(answered)))).toEqual(legal);
  });
});
