import { describe, expect, it, test } from 'vitest';
import type { Client } from '../../src/protocols/protocol.ts';
import { readSimplePeer, readWish, writeWishes } from '../../src/protocols/simple-peer/signal.ts';
import { simplePeer } from '../../src/protocols/simple-peer.ts';
import { incoming, outgoing, sent } from './captured.ts';

const PC = 'me+peer';
const offer = (ufrag = 'aaaa') => ({ type: 'offer', sdp: `v=0\r\na=ice-ufrag:${ufrag}\r\n` }) as const;
const client = (): Client => simplePeer.client({ as: 'me', now: 0 });
const RENEGOTIATE = { type: 'renegotiate', renegotiate: true };
const call = { pc: PC, media: [] };

describe('a message', () => {
  test.each([
    [offer(), ['offer']],
    [{ type: 'answer', sdp: 'v=0' }, ['answer']],
    [{ candidate: { candidate: 'candidate:1', sdpMid: '0' } }, ['candidate']],
    [RENEGOTIATE, ['renegotiate']],
    [{ renegotiate: true, transceiverRequest: { kind: 'audio' } }, ['renegotiate', 'transceiverRequest audio']],
    [{ transceiverRequest: true }, ['transceiverRequest']],
    [{ sdp: 7 }, ['description without SDP']],
    [{ type: 'x', candidate: null }, ['type, candidate']],
    [[], ['no object']],
    [{}, ['an empty object']],
  ])('%j', (value, expected) => {
    const read = readSimplePeer(value, PC);
    expect(read.map((one) => (one.type === 'other' ? one.label : 'method' in one ? one.method : one.type))).toEqual(
      expected,
    );
  });

  it('asks for an offer, or for a section in it', () => {
    expect([RENEGOTIATE, offer(), 7].map(readWish)).toEqual([{}, undefined, undefined]);
    expect(writeWishes(['data'])).toEqual([RENEGOTIATE]);
    expect(writeWishes(['audio', 'video', 'data']).map(readWish)).toEqual([{ media: 'audio' }, { media: 'video' }]);
    expect(readWish({ transceiverRequest: { kind: 'smell' } })).toEqual({});
  });
});

describe('the client', () => {
  it('offers and restarts where it offered first, and is asked to', () => {
    const us = client();
    expect(us.capabilities?.('peer', PC).offers).toBeUndefined();
    expect(sent(us.encode({ ...offer(), pc: PC }, 'peer'))).toEqual([offer()]);
    expect(us.capabilities?.('peer', PC)).toMatchObject({ offers: 'us', restart: 'offer' });
    expect(us.received(incoming(RENEGOTIATE))).toMatchObject([{ do: 'wanted', from: 'peer', iceRestart: false }]);
    expect(us.received(incoming({ type: 'transceiverRequest', transceiverRequest: { kind: 'video' } }))).toMatchObject([
      { do: 'wanted', media: 'video' },
    ]);
  });

  it('asks where the other side offered first, and does not hear wishes', () => {
    const us = client();
    expect(us.received(incoming(offer()))).toMatchObject([{ do: 'signal', signal: { type: 'offer', pc: PC } }]);
    expect(us.capabilities?.('peer', PC)).toMatchObject({ offers: 'them', restart: 'ask' });
    expect(us.received(incoming(RENEGOTIATE))).toEqual([]);
    expect(sent(us.ask?.('offer', 'peer', call))).toEqual([RENEGOTIATE]);
    expect(sent(us.ask?.('offer', 'peer', { pc: PC, media: ['video'] }))).toEqual([
      { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } },
    ]);
  });

  it('says when a restart that was asked for did not happen, and only then', () => {
    const us = client();
    us.received(incoming(offer()));
    us.ask?.('restart-ice', 'peer', call);
    expect(us.received(incoming(offer()))).toMatchObject([
      { do: 'signal' },
      { do: 'problem', code: 'RESTART_NOT_DONE' },
    ]);
    expect(us.received(incoming(offer()))).toMatchObject([{ do: 'signal' }]);
    us.ask?.('restart-ice', 'peer', call);
    expect(us.received(incoming(offer('bbbb')))).toMatchObject([{ do: 'signal' }]);
  });

  it('sends nothing that would destroy the other peer', () => {
    const us = client();
    expect(us.encode({ type: 'end-of-candidates', pc: PC, mid: '0' }, 'peer')).toEqual([]);
    expect(us.encode({ type: 'bye', pc: PC }, 'peer')).toBeUndefined();
    expect(us.encode({ type: 'rollback', pc: PC }, 'peer')).toBeUndefined();
  });

  it('does not hear itself over a relay that sends to all', () => {
    const us = client();
    const [output] = us.encode({ ...offer(), pc: PC }, 'peer') ?? [];
    const raw = output?.do === 'send' ? output.raw : '';
    const decoder = simplePeer.decoder({ client: 'me', server: 'server' });
    expect(decoder.decode(outgoing(raw)).signals).toMatchObject([{ type: 'offer' }]);
    expect(us.received(incoming(raw))).toEqual([]);
    expect(decoder.decode(incoming(raw)).signals).toEqual([{ type: 'other', label: 'own message, echoed' }]);
  });
});

it('is recognised by its own members, and not by those of others', () => {
  const sure = (value: unknown) => simplePeer.detect({ frame: incoming(value) });
  expect(sure(RENEGOTIATE)).toBeGreaterThan(0.9);
  expect(sure(offer())).toBeGreaterThan(0.5);
  expect(sure({ ...offer(), to: 'bob' })).toBe(0);
  expect(sure({ type: 'candidate', candidate: 'candidate:1' })).toBe(0);
  expect(sure({ type: 'offer', sdp: { sdp: 'v=0' } })).toBe(0);
  expect(sure('hello')).toBe(0);
  expect(simplePeer.detect({})).toBe(0);
});

describe('whoever is in between', () => {
  const decoder = () => simplePeer.decoder({ client: 'app', server: 'server' });

  test.each([
    ['out', 'client'],
    ['in', 'server'],
  ] as const)(
    'asks the initiator to offer again, which is all there is for a restart: an offer that goes %s comes from the %s',
    (direction, to) => {
      const watched = decoder();
      expect(watched.provoke?.('offer')).toMatchObject({ why: expect.stringContaining('nobody has offered') });
      watched.decode({ data: JSON.stringify(offer()), encoding: 'text', direction });
      expect(watched.provoke?.('offer')).toEqual({ to, raw: JSON.stringify(RENEGOTIATE) });
      expect(watched.provoke?.('restart-ice')).toEqual(watched.provoke?.('offer'));
    },
  );
});
