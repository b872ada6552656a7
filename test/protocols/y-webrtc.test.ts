import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/protocols/protocol.ts';
import { yWebrtc } from '../../src/protocols/y-webrtc.ts';
import { count, decodeCapture, incoming, outgoing, sent } from './captured.ts';

const NOW = 1_795_243_600_000;
const PC = 'ann+me';
const offer = { type: 'offer', sdp: 'v=0\r\n' } as const;
const published = (data: unknown, topic = 'r') => ({ type: 'publish', topic, data, clients: 2 });
const signal = (from: string, to: string, one: object, token = NOW) =>
  published({ type: 'signal', from, to, token, signal: one });
const announce = (from: string) => published({ type: 'announce', from });
const client = (room: string | undefined = 'r'): Client =>
  yWebrtc.client({ as: 'me', now: NOW, ...(room && { room }) });
const RENEGOTIATE = { type: 'renegotiate', renegotiate: true };

describe('the decoder', () => {
  it('reads a captured call of two members, each message once', () => {
    const heard = decodeCapture('y-webrtc', yWebrtc);
    const [a, b] = [heard.filter(({ conn }) => conn === 'a'), heard.filter(({ conn }) => conn === 'b')];
    expect(count(a)).toEqual({ request: 3, notify: 1, other: 4, presence: 1, offer: 1, candidate: 4, answer: 1 });
    expect(count(b)).toEqual({ request: 3, notify: 1, other: 6, offer: 1, candidate: 4, answer: 1 });
    const pcs = heard.flatMap(({ signals }) => signals.flatMap((one) => ('pc' in one ? [one.pc] : [])));
    expect(new Set(pcs).size).toBe(1);
    expect(a.filter(({ out }) => !out).flatMap(({ signals }) => signals)).toContainEqual({
      type: 'request',
      method: 'transceiverRequest audio',
      pc: pcs[0],
    });
  });

  it('takes what is for others for no signaling of its own, and the encrypted for what it is', () => {
    const decoder = yWebrtc.decoder({ client: 'me', server: 'server' });
    decoder.decode(outgoing(announce('me')));
    expect(decoder.decode(incoming(signal('ann', 'bob', offer)))).toEqual({
      from: 'ann',
      to: 'bob',
      signals: [{ type: 'other', label: 'offer for bob' }],
      copies: { from: 'ann', to: 'bob', signals: [{ type: 'offer', pc: 'ann+bob', sdp: offer.sdp }] },
    });
    expect(decoder.decode(incoming(published('B0FF'))).signals).toMatchObject([
      { label: expect.stringMatching(/password/) },
    ]);
    expect(decoder.decode(incoming(published(7))).signals).toEqual([{ type: 'other', label: 'publish without data' }]);
  });
});

describe('the client', () => {
  it('subscribes, announces itself, and keeps the connection alive', () => {
    const outputs = client().opened();
    expect(sent(outputs)).toMatchObject([
      { type: 'subscribe', topics: ['r'] },
      { type: 'publish', topic: 'r', data: { type: 'announce', from: 'me' } },
    ]);
    expect(outputs).toContainEqual({ do: 'joined', as: 'me' });
    expect(sent(client().woken?.('ping'))).toEqual([{ type: 'ping' }]);
    expect(sent(client().leave?.())).toEqual([{ type: 'unsubscribe', topics: ['r'] }]);
  });

  it('is not let in without a room', () => {
    const us = yWebrtc.client({ as: 'me', now: NOW });
    expect(us.opened()).toMatchObject([{ do: 'refused' }]);
    expect(us.leave?.()).toEqual([]);
  });

  it('tells who comes, and asks to be called where it does not call', () => {
    const us = client();
    us.opened();
    expect(us.received(incoming(announce('me')))).toEqual([]);
    expect(us.received(incoming(announce('ann')))).toMatchObject([
      { do: 'presence', who: 'ann', change: 'join' },
      { do: 'wake', id: 'called ann' },
    ]);
    expect(sent(us.woken?.('called ann'))).toMatchObject([{ data: { type: 'announce' } }]);
    us.encode({ ...offer, pc: PC }, 'ann');
    expect(us.woken?.('called ann')).toEqual([]);
  });

  it('says so when somebody else has its name', () => {
    const us = client();
    us.opened();
    us.received(incoming(announce('me')));
    expect(us.received(incoming(announce('me')))).toMatchObject([{ do: 'problem', code: 'NAME_TAKEN' }]);
  });

  it('hears what is for it: the offer before who it is from, so that nobody is called back', () => {
    const us = client();
    us.opened();
    expect(us.received(incoming(signal('ann', 'bob', offer)))).toEqual([]);
    expect(us.received(incoming(signal('ann', 'me', offer)))).toMatchObject([
      { do: 'signal', from: 'ann', signal: { type: 'offer', pc: PC } },
      { do: 'presence', who: 'ann', change: 'join' },
    ]);
    expect(us.received(incoming({ ...signal('ann', 'me', offer), topic: 'other' }))).toEqual([]);
  });

  it('gives way where offers cross: its tokens are older than those of any page', () => {
    const us = client();
    us.opened();
    const [message] = sent(us.encode({ ...offer, pc: PC }, 'ann')) as { data: { token: number } }[];
    expect(message?.data.token).toBeLessThan(NOW);
    expect(us.received(incoming(signal('ann', 'me', offer)))).toMatchObject([{ do: 'signal', from: 'ann' }]);
  });

  it('insists where the other token is smaller still', () => {
    const us = client();
    us.opened();
    us.encode({ ...offer, pc: PC }, 'ann');
    expect(us.received(incoming(signal('ann', 'me', offer, 1)))).toMatchObject([
      { do: 'problem', code: 'OFFER_IGNORED' },
    ]);
    us.received(incoming(signal('ann', 'me', { type: 'answer', sdp: 'v=0\r\n' })));
    expect(us.received(incoming(signal('ann', 'me', offer, 1)))).toMatchObject([{ do: 'signal' }]);
  });

  it('offers again with a larger token than the other side has answered with: pages reject older ones', () => {
    const us = client();
    us.encode({ ...offer, pc: PC }, 'ann');
    us.received(incoming(signal('ann', 'me', { type: 'answer', sdp: 'v=0\r\n' }, NOW + 7)));
    const [again] = sent(us.encode({ ...offer, pc: PC }, 'ann')) as { data: { token: number } }[];
    expect(again?.data.token).toBeGreaterThan(NOW + 7);
  });

  it('uses one token for everything of an offer, and a larger one for the next', () => {
    const us = client();
    const token = (outputs: ReturnType<Client['encode']>) =>
      (sent(outputs)[0] as { data: { token: number } }).data.token;
    const first = token(us.encode({ ...offer, pc: PC }, 'ann'));
    const candidate = { type: 'candidate', pc: PC, candidate: 'candidate:1', mid: '0', mLine: 0 } as const;
    expect(token(us.encode(candidate, 'ann'))).toBe(first);
    expect(token(us.encode({ ...offer, pc: PC }, 'ann'))).toBeGreaterThan(first);
  });

  it('restarts and renegotiates only where it is the initiator', () => {
    const us = client();
    us.encode({ ...offer, pc: PC }, 'ann');
    expect(us.capabilities?.('ann', PC)).toMatchObject({ offers: 'us', restart: 'offer' });
    expect(us.received(incoming(signal('ann', 'me', RENEGOTIATE)))).toMatchObject([{ do: 'wanted', from: 'ann' }]);
    us.received(incoming(signal('bob', 'me', offer)));
    expect(us.capabilities?.('bob', 'bob+me')).toMatchObject({
      offers: 'them',
      restart: { why: expect.stringMatching(/old credentials/) },
    });
    expect(us.received(incoming(signal('bob', 'me', RENEGOTIATE)))).toEqual([]);
    expect(sent(us.ask?.('offer', 'bob', { pc: 'bob+me', media: [] }))).toMatchObject([
      { data: { to: 'bob', signal: RENEGOTIATE } },
    ]);
  });

  it('says once that a room is encrypted', () => {
    const us = client();
    us.opened();
    expect(us.received(incoming(published('B0FF')))).toMatchObject([{ do: 'problem', code: 'ENCRYPTED' }]);
    expect(us.received(incoming(published('B0FF')))).toEqual([]);
  });
});

describe('whoever is in between', () => {
  it.each([
    ['out', 'client', 'ann', 'me'],
    ['in', 'server', 'me', 'ann'],
  ] as const)('asks the initiator as the other end would: an offer that goes %s', (direction, to, from, initiator) => {
    const decoder = yWebrtc.decoder({ client: 'me', server: 'server' });
    decoder.decode(outgoing(announce('me')));
    expect(decoder.provoke?.('restart-ice')).toMatchObject({ why: expect.stringContaining('nobody has offered') });
    decoder.decode(direction === 'out' ? outgoing(signal('me', 'ann', offer)) : incoming(signal('ann', 'me', offer)));
    const asked = decoder.provoke?.('restart-ice');
    expect(asked).toMatchObject({ to });
    const data = { type: 'signal', from, to: initiator, token: NOW, signal: RENEGOTIATE };
    expect(JSON.parse(asked && 'raw' in asked ? asked.raw : '')).toEqual({ type: 'publish', topic: 'r', data });
  });
});
