import { describe, expect, it, test } from 'vitest';
import { endpointIn, groupAddress } from '../../src/protocols/galene/address.ts';
import { galene } from '../../src/protocols/galene.ts';
import type { Client, ClientOptions, HttpResponse } from '../../src/protocols/protocol.ts';
import { incoming, sent } from './captured.ts';

const URL_ = 'http://h:8443/group/test/';
const offer = { type: 'offer', id: 's2', label: 'camera', source: 'u1', username: 'ann', sdp: 'v=0\r\n' };
const response = (status: number, body: unknown): HttpResponse => ({
  id: 'status',
  status,
  headers: {},
  body: JSON.stringify(body),
  url: `${URL_}.status`,
});
const client = (more: Partial<ClientOptions> = {}): Client => galene.client({ as: 'me', now: 0, url: URL_, ...more });

test.each([
  [URL_, undefined, { group: 'test', status: [`${URL_}.status`, `${URL_}.status.json`] }],
  ['http://h/', 'a b', { group: 'a b', status: ['http://h/group/a%20b/.status', 'http://h/group/a%20b/.status.json'] }],
  ['ws://h/ws', 'x', { group: 'x', status: [], socket: 'ws://h/ws' }],
  ['http://h/', undefined, undefined],
  ['h', 'x', undefined],
])('the group in %s', (url, room, expected) => {
  expect(groupAddress(url, room)).toEqual(expected);
});

test.each([
  ['{"endpoint":"wss://h/ws"}', 'wss://h/ws'],
  ['{"endpoint":"/ws"}', 'ws://h:8443/ws'],
  ['{"endpoint":"ftp://h/"}', undefined],
  ['{}', undefined],
  ['<html>', undefined],
])('the socket in %s', (body, expected) => {
  expect(endpointIn(body, `${URL_}.status`)).toBe(expected);
});

describe('the client', () => {
  it('asks for the status, under both of its names, opens the socket and joins', () => {
    const us = client({ params: { password: 'secret' } });
    expect(us.opened()).toMatchObject([{ do: 'request', url: `${URL_}.status` }]);
    expect(us.responded?.(response(404, ''))).toMatchObject([{ do: 'request', url: `${URL_}.status.json` }]);
    expect(us.responded?.(response(200, { endpoint: 'ws://h/ws' }))).toEqual([{ do: 'open', url: 'ws://h/ws' }]);
    expect(sent(us.opened())).toMatchObject([
      { type: 'handshake', version: ['2'] },
      { type: 'join', kind: 'join', group: 'test', username: 'me', password: 'secret' },
    ]);
    const servers = [{ urls: 'stun:h' }];
    const joined = { type: 'joined', kind: 'join', username: 'me2', rtcConfiguration: { iceServers: [...servers, 7] } };
    expect(us.received(incoming(joined))).toMatchObject([
      { do: 'ice-servers', servers },
      { do: 'joined', as: 'me2' },
      { do: 'send', raw: '{"type":"request","request":{"":["audio","video"]}}' },
      { do: 'presence', who: 'galene', change: 'join' },
    ]);
  });

  it('is refused by what is no group, and by the group', () => {
    const us = client();
    us.opened();
    us.responded?.(response(404, ''));
    expect(us.responded?.(response(404, ''))).toMatchObject([{ do: 'refused' }]);
    expect(client({ url: 'http://h/' }).opened()).toMatchObject([{ do: 'refused' }]);
    expect(us.received(incoming({ type: 'joined', kind: 'fail', value: 'not authorised' }))).toMatchObject([
      { do: 'refused', why: 'not authorised' },
    ]);
  });

  it('joins with a token, answers pings, and leaves', () => {
    const us = client({ url: 'ws://h/ws', room: 'test', params: { token: 'jwt' } });
    expect(us.opened()).toEqual([{ do: 'open', url: 'ws://h/ws' }]);
    expect(sent(us.opened())).toMatchObject([{}, { type: 'join', token: 'jwt' }]);
    expect(sent(us.received(incoming({ type: 'ping' })))).toEqual([{ type: 'pong' }]);
    expect(sent(us.leave?.())).toMatchObject([{ type: 'join', kind: 'leave' }]);
  });

  it('offers its own stream to the server, anew as a renegotiation, and restarts when asked to', () => {
    const us = client();
    const pc = us.newPc?.('galene') ?? '';
    const [first] = sent(us.encode({ type: 'offer', pc, sdp: 'v=0\r\n' }, 'galene')) as { id: string }[];
    expect(first).toMatchObject({ type: 'offer', kind: '', label: 'camera' });
    const { id } = first as { id: string };
    expect(pc).toBe(`${id}@me`);
    expect(us.received(incoming({ type: 'answer', id, sdp: 'v=0\r\n' }))).toMatchObject([
      { do: 'signal', from: 'galene', signal: { type: 'answer', pc } },
    ]);
    expect(us.capabilities?.('galene', pc)).toMatchObject({ offers: 'us', restart: 'offer' });
    expect(us.received(incoming({ type: 'renegotiate', id }))).toEqual([
      { do: 'wanted', from: 'galene', iceRestart: true, pc },
    ]);
    expect(sent(us.encode({ type: 'offer', pc, sdp: 'v=0\r\n' }, 'galene'))).toMatchObject([
      { kind: 'renegotiate', id },
    ]);
    expect(sent(us.received(incoming({ type: 'abort', id })))).toEqual([{ type: 'close', id }]);
  });

  it('answers the streams of others, each a peer connection, and asks for their restart', () => {
    const us = client();
    expect(us.received(incoming(offer))).toMatchObject([
      { do: 'signal', from: 'ann', signal: { type: 'offer', pc: 's2@me' } },
    ]);
    expect(us.capabilities?.('ann', 's2@me')).toMatchObject({ offers: 'them', restart: 'ask' });
    expect(sent(us.encode({ type: 'answer', pc: 's2@me', sdp: 'v=0\r\n' }, 'ann'))).toMatchObject([
      { type: 'answer', id: 's2' },
    ]);
    expect(sent(us.ask?.('restart-ice', 'ann', { pc: 's2@me', media: [] }))).toEqual([
      { type: 'renegotiate', id: 's2' },
    ]);
    expect(sent(us.encode({ type: 'bye', pc: 's2@me' }, 'ann'))).toEqual([{ type: 'abort', id: 's2' }]);
    expect(us.received(incoming({ ...offer, id: 's3', replace: 's2' }))).toMatchObject([
      { do: 'signal', from: 'ann', signal: { type: 'bye', pc: 's2@me' } },
      { do: 'signal', from: 'ann', signal: { type: 'offer', pc: 's3@me' } },
    ]);
    expect(us.received(incoming({ type: 'close', id: 's3' }))).toMatchObject([
      { signal: { type: 'bye', pc: 's3@me' } },
    ]);
  });

  it('takes an empty mid for none, as Pion means it', () => {
    const candidate = { candidate: 'candidate:1', sdpMid: '', usernameFragment: null };
    expect(client().received(incoming({ type: 'ice', id: 's2', candidate }))).toMatchObject([
      { signal: { type: 'candidate', mLine: 0 } },
    ]);
  });

  it('tells errors, and hears nothing that is no signal', () => {
    const us = client();
    expect(us.received(incoming({ type: 'usermessage', kind: 'error', value: 'bad' }))).toEqual([
      { do: 'problem', code: 'GALENE_ERROR', detail: 'bad' },
    ]);
    expect(us.received(incoming({ type: 'usermessage', kind: 'filetransfer' }))).toEqual([]);
    expect(us.received(incoming({ type: 'ice', id: 's2' }))).toEqual([]);
    expect(us.received(incoming({ type: 'chat', value: 'v=0' }))).toEqual([]);
  });
});

it('tells the same stream apart on two connections, and knows users by name when they leave', () => {
  const [a, b] = ['a', 'b'].map((name) => galene.decoder({ client: name, server: 's' }));
  expect(a?.decode(incoming({ type: 'answer', id: 's', sdp: 'v=0' })).signals).toMatchObject([{ pc: 's@a' }]);
  expect(b?.decode(incoming(offer))).toMatchObject({ from: 'ann', to: 'b', signals: [{ pc: 's2@b' }] });
  expect(b?.decode(incoming({ type: 'user', kind: 'add', id: 'u1', username: 'ann' })).signals).toHaveLength(1);
  expect(b?.decode(incoming({ type: 'user', kind: 'delete', id: 'u1' })).signals).toEqual([
    { type: 'presence', who: 'ann', change: 'leave' },
  ]);
});

it('is recognised by its handshake and its address', () => {
  expect(galene.detect({ url: URL_ })).toBeGreaterThan(0.5);
  expect(galene.detect({ url: 'http://h/' })).toBe(0);
  expect(galene.detect({ frame: incoming({ type: 'handshake', version: ['2'] }) })).toBeGreaterThan(0.9);
  expect(galene.detect({ frame: incoming({ type: 'handshake' }) })).toBe(0);
  expect(galene.detect({ frame: incoming({ type: 'offer', sdp: 'v=0' }) })).toBe(0);
});

it('lets whoever is in between ask the side that sends the newest stream for a restart of ICE', () => {
  const decoder = galene.decoder({ client: 'app', server: 'server' });
  const asked = () => decoder.provoke?.('restart-ice');
  const told = (to: string, id: string) => ({ to, raw: JSON.stringify({ type: 'renegotiate', id }) });
  expect(asked()).toMatchObject({ why: expect.stringContaining('no stream') });
  const say = (direction: 'in' | 'out', message: object) =>
    decoder.decode({ data: JSON.stringify(message), encoding: 'text', direction });
  say('out', { ...offer, id: 's1' });
  expect(asked()).toEqual(told('client', 's1'));
  say('in', offer);
  expect(asked()).toEqual(told('server', 's2'));
  say('in', { ...offer, id: 's3', replace: 's2' });
  say('in', { type: 'close', id: 's3' });
  expect(asked()).toEqual(told('client', 's1'));
});
