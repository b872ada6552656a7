import { describe, expect, it, test } from 'vitest';
import { gstSimpleServer } from '../../src/protocols/gst-simple-server.ts';
import type { Client, ClientOptions } from '../../src/protocols/protocol.ts';
import { count, decodeCapture, incoming, outgoing, sent } from './captured.ts';

const offer = { type: 'offer', sdp: 'v=0\r\n' } as const;
const candidate = {
  type: 'candidate',
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  mid: '0',
  mLine: 0,
} as const;

function client(more: Partial<ClientOptions> = {}): Client {
  const us = gstSimpleServer.client({ as: 'me', now: 0, ...more });
  us.opened();
  return us;
}

it('reads a captured session of a page with GStreamer: words and JSON on one socket, candidates without a mid', () => {
  const heard = decodeCapture('gst-simple-server', gstSimpleServer);
  expect(count(heard)).toEqual({ request: 3, response: 3, offer: 2, candidate: 40, answer: 2 });
  const theirs = heard.filter(({ out }) => !out).flatMap(({ signals }) => signals);
  const first = theirs.find(({ type }) => type === 'candidate');
  expect(first).toMatchObject({ pc: 'a+gst1', mLine: 0 });
  expect(first).not.toHaveProperty('mid');
});

test.each([
  ['ROOM_PEER_MSG ann {"ice":{"candidate":""}}', [{ type: 'end-of-candidates', pc: 'ann+me' }]],
  ['ROOM_PEER_MSG ann OFFER_REQUEST', [{ type: 'request', method: 'OFFER_REQUEST', pc: 'ann+me' }]],
  ['ROOM_PEER_MSG', [{ type: 'other', label: '' }]],
  ['{"hello":1}', [{ type: 'other', label: 'hello' }]],
  ['{"sdp":', [{ type: 'other', label: 'not JSON' }]],
  ['hello there', [{ type: 'other', label: 'text' }]],
  ['WAVE', [{ type: 'other', label: 'WAVE' }]],
])('reads %s', (text, signals) => {
  expect(gstSimpleServer.decoder({ client: 'me', server: 's' }).decode(incoming(text)).signals).toEqual(signals);
});

describe('the client', () => {
  it('says hello, asks for a session, and calls when it has one', () => {
    const us = gstSimpleServer.client({ as: 'me', now: 0, to: 'gst1' });
    expect(sent(us.opened())).toEqual(['HELLO me']);
    expect(us.received(incoming('HELLO'))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'send', raw: 'SESSION gst1' },
    ]);
    expect(us.received(incoming('SESSION_OK'))).toEqual([{ do: 'presence', who: 'gst1', change: 'join' }]);
  });

  it('asks again for a session with somebody who is not there yet', () => {
    const us = client({ to: 'gst1' });
    us.received(incoming('HELLO'));
    expect(us.received(incoming("ERROR peer 'gst1' not found"))).toMatchObject([
      { do: 'problem', code: 'SERVER_ERROR' },
      { do: 'wake', id: 'session' },
    ]);
    expect(sent(us.woken?.('session'))).toEqual(['SESSION gst1']);
    us.received(incoming('SESSION_OK'));
    expect(us.woken?.('session')).toEqual([]);
  });

  it('is refused where its name is', () => {
    expect(client().received(incoming('ERROR invalid peer uid'))).toMatchObject([{ do: 'refused' }]);
    expect(gstSimpleServer.client({ as: 'a b', now: 0 }).opened()).toMatchObject([{ do: 'refused' }]);
  });

  it('takes who calls for the peer: nobody says who it is', () => {
    const us = client();
    us.received(incoming('HELLO'));
    expect(us.received(incoming({ sdp: offer }))).toEqual([
      { do: 'signal', from: 'peer', signal: { ...offer, pc: 'me+peer' } },
      { do: 'presence', who: 'peer', change: 'join' },
    ]);
    expect(us.received(incoming({ ice: { candidate: candidate.candidate, sdpMLineIndex: 0 } }))).toMatchObject([
      { do: 'signal', from: 'peer', signal: { type: 'candidate', mLine: 0 } },
    ]);
    expect(us.received(incoming('OFFER_REQUEST'))).toMatchObject([{ do: 'wanted', from: 'peer' }]);
    expect(sent(us.ask?.('offer', 'peer', { pc: '', media: [] }))).toEqual(['OFFER_REQUEST']);
  });

  it('addresses everything in a room', () => {
    const us = client({ room: 'r1' });
    expect(sent(us.received(incoming('HELLO')))).toEqual(['ROOM r1']);
    expect(us.received(incoming('ROOM_OK ann bob'))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'presence', who: 'ann', change: 'join' },
      { do: 'presence', who: 'bob', change: 'join' },
    ]);
    expect(us.received(incoming('ROOM_PEER_LEFT bob'))).toEqual([{ do: 'presence', who: 'bob', change: 'leave' }]);
    const [said] = sent(us.encode({ ...offer, pc: 'ann+me' }, 'ann'));
    expect(said).toBe(`ROOM_PEER_MSG ann ${JSON.stringify({ sdp: offer })}`);
    expect(us.received(incoming(`ROOM_PEER_MSG ann ${JSON.stringify({ sdp: offer })}`))).toMatchObject([
      { do: 'signal', from: 'ann' },
    ]);
  });

  it('reads back what it writes, once in session', () => {
    const us = client({ to: 'gst1' });
    const decoder = gstSimpleServer.decoder({ client: 'me', server: 's' });
    decoder.decode(outgoing('SESSION gst1'));
    decoder.decode(incoming('SESSION_OK'));
    const pc = 'gst1+me';
    for (const signal of [{ ...offer, pc }, { ...candidate, pc }, { type: 'rollback', pc } as const]) {
      const [raw] = sent(us.encode(signal, 'gst1'));
      expect(decoder.decode(outgoing(raw)).signals).toEqual([signal]);
    }
    expect(us.encode({ type: 'bye', pc }, 'gst1')).toBeUndefined();
    expect(us.encode({ type: 'end-of-candidates', pc }, 'gst1')).toEqual([]);
  });
});
