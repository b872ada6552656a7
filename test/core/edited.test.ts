import { expect, test } from 'vitest';
import { editOf, editWords } from '../../src/core/edited.ts';

const SDP =
  'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=sendrecv\r\n';

test('gathering candidates, sorting parameters and moving lines is no edit', () => {
  expect(editOf(SDP, SDP)).toBeUndefined();
  const gathered = SDP.replace('m=audio 9', 'm=audio 50000')
    .replace('IP4 0.0.0.0', 'IP4 192.0.2.1')
    .replace('a=sendrecv', 'a=sendrecv\r\na=candidate:1 1 udp 1 192.0.2.1 50000 typ host\r\na=end-of-candidates');
  expect(editOf(SDP, gathered)).toBeUndefined();
  expect(editOf(SDP, SDP.replace('minptime=10;useinbandfec=1', 'useinbandfec=1; minptime=10'))).toBeUndefined();
  expect(editOf('a=1\na=2', 'a=2\r\na=1')).toBeUndefined();
});

test('a rejected section, a line more and a line less are', () => {
  expect(editOf(SDP, SDP.replace('m=audio 9', 'm=audio 0'))).toMatchObject({
    added: ['m=audio 0 UDP/TLS/RTP/SAVPF 111'],
  });
  expect(editOf(SDP, `${SDP}b=AS:64\r\n`)).toEqual({ removed: [], added: ['b=AS:64'] });
  expect(editOf(`${SDP}a=x\r\na=x\r\n`, `${SDP}a=x\r\n`)).toEqual({ removed: ['a=x'], added: [] });
});

test('is said in few words', () => {
  expect(editWords({ removed: ['a=sendrecv'], added: ['a=recvonly'] })).toBe('−a=sendrecv, +a=recvonly');
  expect(editWords({ removed: [], added: ['a=1', 'a=2', 'a=3', 'a=4', 'a=5'] })).toBe('+a=1, +a=2, +a=3 and 2 more');
  expect(editWords({ removed: [], added: ['a'.repeat(100)] })).toHaveLength(61);
});
