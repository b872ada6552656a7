import { expect, test } from 'vitest';
import { createPassingIce } from '../../../src/core/filter/passing-ice.ts';

const sdp = (ufrag: string, fingerprint = 'AA') =>
  [
    'v=0',
    `o=- ${fingerprint === 'AA' ? 1 : 2} 2 IN IP4 127.0.0.1`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${ufrag.repeat(6)}`,
    '',
  ].join('\r\n');
const offer = (text: string) => [{ type: 'offer', pc: 'x', sdp: text }] as const;
const candidate = (ufrag: string) =>
  [{ type: 'candidate', pc: 'x', candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host', ufrag }] as const;

test('counts credentials, knows a restart, and what is out of date after it', () => {
  const ice = createPassingIce();
  expect(ice.see('a', 'l', offer(sdp('aaaa')))).toEqual([{ generation: 1, restart: false, stale: false }]);
  expect(ice.see('a', 'l', candidate('aaaa'))).toEqual([{ generation: 1, restart: false, stale: false }]);
  expect(ice.see('a', 'l', offer(sdp('aaaa')))).toEqual([{ generation: 1, restart: false, stale: false }]);
  expect(ice.see('a', 'l', offer(sdp('bbbb')))).toEqual([{ generation: 2, restart: true, stale: false }]);
  expect(ice.see('a', 'l', candidate('aaaa'))).toEqual([{ generation: 1, restart: false, stale: true }]);
  expect(ice.see('b', 'l', offer(sdp('bbbb')))).toEqual([{ generation: 1, restart: false, stale: false }]);
});

test('a new peer connection begins anew', () => {
  const ice = createPassingIce();
  ice.see('a', 'l', offer(sdp('aaaa')));
  expect(ice.see('a', 'l', offer(sdp('bbbb', 'BB')))).toEqual([{ generation: 1, restart: false, stale: false }]);
});
