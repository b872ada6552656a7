import { expect, it } from 'vitest';
import { createSipDecoder } from '../../../src/protocols/sip/decoder.ts';
import { count, decodeCapture } from '../../helpers/captured.ts';

it('reads a capture of JsSIP at Kamailio: calls, re-INVITEs of both, UPDATE, BYE, a refusal, a CANCEL', () => {
  const decoded = decodeCapture('sip-jssip', createSipDecoder({ client: 'alice' }));
  expect(count(decoded)).toEqual({
    // The call, two re-INVITEs, an UPDATE, and the call that is cancelled.
    'offer alice > bob': 5,
    'answer bob > alice': 4,
    'offer bob > alice': 2,
    'answer alice > bob': 2,
    'offer alice > nobody': 1,
    'bye nobody > alice': 1,
    // BYE of bob, CANCEL of alice.
    'bye bob > alice': 1,
    'bye alice > bob': 1,
  });
  const pcs = decoded.flatMap(({ signals }) => signals.flatMap((one) => (one.type === 'offer' ? [one.pc] : [])));
  expect(new Set(pcs).size).toBe(3);
  expect(decoded.flatMap(({ signals }) => signals).filter(({ type }) => type === 'other')).toEqual([]);
});

it('keeps nothing without bound', () => {
  const decoder = createSipDecoder({ client: 'me' });
  for (let id = 0; id < 2_000; id++) {
    const data = `INVITE sip:a SIP/2.0\r\nCall-ID: ${id}\r\nCSeq: ${id} INVITE\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n`;
    expect(decoder.decode({ data, encoding: 'text', direction: 'in' }).signals[0]?.type).toBe('offer');
    const same = data.replace(/Call-ID: \d+/, 'Call-ID: same');
    expect(decoder.decode({ data: same, encoding: 'text', direction: 'in' }).signals[0]?.type).toBe('offer');
  }
});
