import { describe, expect, it, test } from 'vitest';
import { PEER, perfectNegotiation, readBare } from '../../src/protocols/perfect-negotiation.ts';
import type { ClientOutput, Frame } from '../../src/protocols/protocol.ts';

const frame = (data: string, direction: Frame['direction'] = 'in', encoding: Frame['encoding'] = 'text'): Frame => ({
  data,
  encoding,
  direction,
});

const sent = (outputs: readonly ClientOutput[] | undefined): string =>
  (outputs ?? []).map((output) => (output.do === 'send' ? output.raw : '')).join('');

describe('a bare frame', () => {
  test.each([
    ['{"description":{"type":"pranswer","sdp":"v=0"}}', ['pranswer']],
    ['{"description":{"sdp":"v=0"}}', ['description without a type']],
    ['{"description":{"type":"offer"}}', ['description without SDP']],
    ['{"description":null}', ['description without a description']],
    ['{"description":{"type":"offer","sdp":"v=0"},"candidate":null}', ['offer', 'end-of-candidates']],
    ['{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host"}', ['candidate']],
    ['{"candidate":{"candidate":""}}', ['end-of-candidates']],
    ['{"candidate":7}', ['candidate without a candidate']],
    ['{"start":true,"x":1}', ['start, x']],
    ['{}', ['an empty object']],
    ['[]', ['JSON, but not an object']],
    ['hello', ['not JSON']],
  ])('%s', (data, expected) => {
    const read = readBare(frame(data), 'a+b');
    expect(read.map((signal) => (signal.type === 'other' ? signal.label : signal.type))).toEqual(expected);
  });

  test('binary', () => {
    expect(readBare(frame('AA==', 'in', 'base64'), 'p')).toEqual([{ type: 'other', label: 'binary frame' }]);
  });
});

describe('the client', () => {
  const offer = { type: 'offer', pc: `me+${PEER}`, sdp: 'v=0\r\n' } as const;

  it('is in at once, and takes the other end for the peer', () => {
    expect(perfectNegotiation.client({ as: 'me', now: 0 }).opened()).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'presence', who: PEER, change: 'join' },
    ]);
  });

  it('does not hear itself where everything is sent to everyone, but hears the same end of candidates', () => {
    const client = perfectNegotiation.client({ as: 'me', now: 0 });
    const decoder = perfectNegotiation.decoder({ client: 'me', server: 'server' });
    const raw = sent(client.encode(offer, PEER));
    decoder.decode(frame(raw, 'out'));
    expect(client.received(frame(raw))).toEqual([]);
    expect(decoder.decode(frame(raw)).signals).toEqual([{ type: 'other', label: 'own message, echoed' }]);
    const end = sent(client.encode({ type: 'end-of-candidates', pc: offer.pc }, PEER));
    expect(end).toBe('{"candidate":null}');
    expect(client.received(frame(end))).toMatchObject([{ do: 'signal', signal: { type: 'end-of-candidates' } }]);
  });

  it('has no way to say goodbye', () => {
    const client = perfectNegotiation.client({ as: 'me', now: 0 });
    expect(client.encode({ type: 'bye', pc: offer.pc }, PEER)).toBeUndefined();
  });
});
