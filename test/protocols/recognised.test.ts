import { describe, expect, it } from 'vitest';
import type { Decoder, HttpHead } from '../../src/protocols/protocol.ts';
import { recognised } from '../../src/protocols/recognised.ts';
import { createMemory, createRecogniser } from '../../src/protocols/recogniser/decoder.ts';

const SDP = (setup: string, id: number) =>
  `v=0\r\no=- ${id} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:u${id}\r\na=setup:${setup}\r\na=mid:0\r\n`;
const OFFER = JSON.stringify({ type: 'offer', sdp: SDP('actpass', 11_111_111) });
const ANSWER = JSON.stringify({ type: 'answer', sdp: SDP('active', 22_222_222) });
const say = (decoder: Decoder, direction: 'in' | 'out', data: string) =>
  decoder.decode({ data, encoding: 'text', direction });

it('its examples decode as they say', () => {
  const decoder = recognised.decoder({ client: 'client', server: 'server' });
  for (const { frame, signals } of recognised.examples) {
    expect(decoder.decode(frame).signals).toEqual(signals.map((signal) => expect.objectContaining(signal)));
  }
});

it('does not join, and says what to do', () => {
  const client = recognised.client({ as: 'me', now: 0 });
  expect([client.opened(), client.received({ data: OFFER, encoding: 'text', direction: 'in' })]).toEqual([[], []]);
  expect(client.encode({ type: 'bye', pc: 'x' }, 'you')).toBeUndefined();
  expect(recognised.capabilities.restart).toEqual({ why: expect.stringContaining('--protocol') });
});

describe('one connection', () => {
  it('answers of the server belong to the offer', () => {
    const decoder = createRecogniser({ client: 'app', server: 'server' });
    expect(say(decoder, 'out', OFFER)).toMatchObject({ from: 'app', to: 'server', signals: [{ pc: 'app+server' }] });
    expect(say(decoder, 'in', ANSWER)).toMatchObject({ from: 'server', to: 'app', signals: [{ pc: 'app+server' }] });
  });

  it('what comes back is an echo', () => {
    const decoder = createRecogniser({ client: 'app', server: 'server' });
    say(decoder, 'out', OFFER);
    expect(say(decoder, 'in', OFFER).signals).toEqual([{ type: 'other', label: 'own message, echoed' }]);
  });

  it('a goodbye counts where there is a call', () => {
    const decoder = createRecogniser({ client: 'app', server: 'server' });
    expect(say(decoder, 'in', '{"type":"leave"}').signals).toEqual([{ type: 'other', label: 'leave' }]);
    say(decoder, 'out', OFFER);
    expect(say(decoder, 'in', '{"type":"leave"}').signals).toEqual([{ type: 'bye', pc: 'app+server' }]);
  });
});

it('several connections with one memory are one conversation', () => {
  const memory = createMemory();
  const [a, b] = ['a', 'b'].map((client) => createRecogniser({ client, server: 'server', memory })) as [
    Decoder,
    Decoder,
  ];
  const to = (message: string, name: string) => JSON.stringify({ ...JSON.parse(message), to: name });
  const offer = say(a, 'out', to(OFFER, 'b'));
  expect(say(b, 'in', OFFER).signals).toEqual([{ type: 'other', label: 'delivery of a message of a' }]);
  const answer = say(b, 'out', to(ANSWER, 'a'));
  expect([offer, answer]).toMatchObject([
    { from: 'a', to: 'b', signals: [{ type: 'offer', pc: 'a+b' }] },
    { from: 'b', to: 'a', signals: [{ type: 'answer', pc: 'a+b' }] },
  ]);
});

it('what it remembers of many strangers is bounded, and what is new is still understood', () => {
  const memory = createMemory();
  const MANY = 25_000;
  const [a, b] = ['a', 'b'].map((client) => createRecogniser({ client, server: 'server', memory })) as [
    Decoder,
    Decoder,
  ];
  for (let i = 0; i < MANY; i += 1) {
    const candidate = `candidate:${i} 1 udp 1 192.0.2.1 ${i} typ host ufrag u${i}`;
    say(a, 'out', JSON.stringify({ from: `s${i}`, callId: `c${i}`, candidate }));
  }
  for (const one of [memory.names, memory.senders, memory.clients]) expect(one.size).toBeLessThanOrEqual(20_000);
  expect(memory.senders.has(MANY)).toBe(true);
  say(a, 'out', OFFER);
  expect(say(b, 'in', OFFER).signals).toEqual([{ type: 'other', label: 'delivery of a message of a' }]);
});

describe('bodies of HTTP', () => {
  const exchange = (decoder: Decoder, head: HttpHead, sent: string, status: number, got: string, location?: string) => {
    const headers = location === undefined ? {} : { location };
    return [
      decoder.decode({ data: sent, encoding: 'text', direction: 'out', http: head }),
      decoder.decode({ data: got, encoding: 'text', direction: 'in', http: { ...head, status, headers } }),
    ].map(({ protocol, signals }) => [protocol, ...signals.map((one) => ('label' in one ? one.label : one.type))]);
  };
  const headers = { 'content-type': 'application/sdp', authorization: 'Bearer secret' };

  it('are WHIP: what follows on the address of the session belongs to it', () => {
    const decoder = createRecogniser({ client: 'app', server: 'server' });
    const url = 'https://x.test/live/whip';
    const [offer, answer] = [SDP('actpass', 1), SDP('active', 2)];
    expect(exchange(decoder, { method: 'POST', url, headers }, offer, 201, answer, '/s/1')).toEqual([
      ['whip', 'request', 'offer'],
      ['whip', 'response', 'answer'],
    ]);
    const gone = exchange(decoder, { method: 'DELETE', url: 'https://x.test/s/1', headers: {} }, '', 200, '');
    expect(gone).toEqual([
      ['whip', 'request', 'bye'],
      ['whip', 'response'],
    ]);
  });

  it('keep no credentials, and what is no signaling is only named', () => {
    const decoder = createRecogniser({ client: 'app', server: 'server' });
    const head: HttpHead = { method: 'POST', url: 'https://x.test/offer', headers };
    const decoded = decoder.decode({ data: OFFER, encoding: 'text', direction: 'out', http: head });
    expect(JSON.stringify(decoded)).not.toContain('secret');
    expect(
      exchange(decoder, { method: 'GET', url: 'https://x.test/app.js?v=1', headers: {} }, '', 200, 'let x;'),
    ).toEqual([
      ['http', 'GET /app.js'],
      ['http', '200 GET /app.js'],
    ]);
  });

  it('uploads of statistics are named as such', () => {
    const decoder = createRecogniser({ client: 'app', server: 'server' });
    const head: HttpHead = { method: 'POST', url: 'https://x.test/rtcstats', headers: {} };
    expect(exchange(decoder, head, OFFER, 200, '')).toEqual([
      ['http', 'telemetry with 1 description'],
      ['http', '200 POST /rtcstats'],
    ]);
  });
});
