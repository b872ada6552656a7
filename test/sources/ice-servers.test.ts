import { expect, it } from 'vitest';
import { usableIceServers } from '../../src/sources/ice-servers.ts';

it('takes what an engine can take, and says what not', () => {
  const turn = { urls: ['turn:192.0.2.1:3478?transport=udp', 'turns:t.example'], username: 'u', credential: 'p' };
  expect(usableIceServers([{ urls: 'stun:[::1]:3478' }, turn])).toEqual({
    usable: [{ urls: ['stun:[::1]:3478'] }, turn],
    refused: [],
  });
  const { usable, refused } = usableIceServers([
    { urls: ['http://x', 'stun:ok'] },
    { urls: 'turn:t.example' },
    { urls: `stun:${'x'.repeat(400)}` },
    { urls: 'stun:a b' },
  ]);
  expect(usable).toEqual([{ urls: ['stun:ok'] }]);
  expect(refused).toEqual([
    "'http://x' is no STUN or TURN server",
    'turn:t.example comes without user name and password',
    expect.stringMatching(/is no STUN/),
    "'stun:a b' is no STUN or TURN server",
  ]);
  expect(usableIceServers(Array.from({ length: 40 }, () => ({ urls: 'stun:x' }))).usable).toHaveLength(16);
});
