import { describe, expect, it, test } from 'vitest';
import { roomAddress } from '../../src/protocols/apprtc/client.ts';
import { apprtc } from '../../src/protocols/apprtc.ts';
import type { Client, HttpResponse } from '../../src/protocols/protocol.ts';
import { incoming, outgoing, sent } from './captured.ts';

const PC = 'me+peer';
const offer = { type: 'offer', sdp: 'v=0\r\n' } as const;
const params = { room_id: 'r1', client_id: '42', wss_url: 'ws://h/ws', wss_post_url: 'http://h/post' };
const response = (id: string, body: unknown, status = 200): HttpResponse => ({
  id,
  status,
  headers: {},
  body: JSON.stringify(body),
  url: 'http://h/join/r1',
});

function client(more: object = {}): Client {
  const us = apprtc.client({ as: 'me', now: 0, url: 'http://h', room: 'r1' });
  us.opened();
  us.responded?.(response('join', { result: 'SUCCESS', params: { ...params, is_initiator: 'true', ...more } }));
  return us;
}

test.each([
  ['https://appr.tc/r/some%20room', undefined, { base: 'https://appr.tc', room: 'some%20room' }],
  ['wss://h:1/app/', 'x', { base: 'https://h:1/app', room: 'x' }],
  ['http://h', undefined, undefined],
  ['nowhere', 'x', undefined],
])('the room in %s', (url, room, expected) => {
  expect(roomAddress(url, room)).toEqual(expected);
});

describe('the client', () => {
  it('asks the room server, opens the socket it names, and registers', () => {
    const us = apprtc.client({ as: 'me', now: 0, url: 'http://h', room: 'r1' });
    expect(us.opened()).toMatchObject([{ do: 'request', id: 'join', method: 'POST', url: 'http://h/join/r1' }]);
    const body = { result: 'SUCCESS', params: { ...params, is_initiator: 'true', messages: [] } };
    expect(us.responded?.(response('join', body))).toEqual([{ do: 'open', url: 'ws://h/ws' }]);
    expect(us.opened()).toEqual([
      { do: 'send', raw: '{"cmd":"register","roomid":"r1","clientid":"42"}' },
      { do: 'joined', as: 'me' },
      { do: 'presence', who: 'peer', change: 'join' },
    ]);
  });

  it('speaks by HTTP as the initiator, whose offer may have to wait', () => {
    const us = client();
    expect(us.capabilities?.('peer', PC)).toMatchObject({ offers: 'us', restart: 'offer' });
    expect(us.encode({ ...offer, pc: PC }, 'peer')).toMatchObject([
      {
        do: 'request',
        method: 'POST',
        url: 'http://h/message/r1/42',
        body: JSON.stringify({ sdp: 'v=0\r\n', type: 'offer' }),
      },
    ]);
    expect(us.responded?.(response('message 2', { result: 'SUCCESS' }))).toEqual([]);
    expect(us.responded?.(response('message 2', { result: 'UNKNOWN_CLIENT' }))).toMatchObject([
      { do: 'problem', code: 'MESSAGE_REFUSED', detail: expect.stringMatching(/UNKNOWN_CLIENT/) },
    ]);
    expect(us.responded?.(response('leave 3', 'gone', 404))).toEqual([]);
  });

  it('hears first what was said before it came, and only answers then', () => {
    const us = client({
      is_initiator: 'false',
      messages: [JSON.stringify(offer), '{"type":"candidate","candidate":7}'],
    });
    expect(us.opened().slice(2)).toEqual([
      { do: 'signal', from: 'peer', signal: { ...offer, pc: PC } },
      { do: 'presence', who: 'peer', change: 'join' },
    ]);
    expect(sent(us.encode({ type: 'answer', sdp: 'v=0\r\n', pc: PC }, 'peer'))).toEqual([
      { cmd: 'send', msg: '{"sdp":"v=0\\r\\n","type":"answer"}' },
    ]);
    expect(us.capabilities?.('peer', PC)).toMatchObject({ offers: 'them', restart: { why: expect.any(String) } });
  });

  it('is the initiator once the other one is gone', () => {
    const us = client({ is_initiator: 'false' });
    expect(us.received(incoming({ msg: '{"type":"bye"}', error: '' }))).toMatchObject([{ signal: { type: 'bye' } }]);
    expect(us.capabilities?.('peer', PC)).toMatchObject({ offers: 'us' });
  });

  it('leaves the room before the socket', () => {
    expect(client().leave?.()).toMatchObject([
      { do: 'request', method: 'POST', url: 'http://h/leave/r1/42' },
      { do: 'request', method: 'DELETE', url: 'http://h/post/r1/42' },
    ]);
    expect(apprtc.client({ as: 'me', now: 0 }).leave?.()).toEqual([]);
  });

  test.each([
    [{ result: 'FULL' }, 200, /two are in the room/],
    [{ result: 'UNKNOWN_ROOM' }, 200, /UNKNOWN_ROOM/],
    [{ result: 'SUCCESS', params: { client_id: '1' } }, 200, /names no WebSocket/],
    ['x', 500, /HTTP 500/],
  ])('is refused by %j', (body, status, why) => {
    const us = apprtc.client({ as: 'me', now: 0, url: 'http://h', room: 'r1' });
    us.opened();
    expect(us.responded?.(response('join', body, status))).toMatchObject([
      { do: 'refused', why: expect.stringMatching(why) },
    ]);
  });

  it('needs a room, and tells what Collider complains of', () => {
    expect(apprtc.client({ as: 'me', now: 0, url: 'http://h' }).opened()).toMatchObject([{ do: 'refused' }]);
    expect(client().received(incoming({ msg: '', error: 'no' }))).toEqual([
      { do: 'problem', code: 'COLLIDER_ERROR', detail: 'no' },
    ]);
  });

  it('reads back what it writes, either way', () => {
    const decoder = apprtc.decoder({ client: 'me', server: 's' });
    const candidate = { type: 'candidate', pc: PC, candidate: 'candidate:1', mid: '0', mLine: 0 } as const;
    for (const signal of [{ ...offer, pc: PC }, candidate, { type: 'bye', pc: PC } as const]) {
      for (const [output] of ['true', 'false'].map(
        (is_initiator) => client({ is_initiator }).encode(signal, 'peer') ?? [],
      )) {
        const http = { method: 'POST', url: 'http://h/message/r1/42', headers: {} };
        const frame =
          output?.do === 'request'
            ? { ...outgoing(output.body ?? ''), http }
            : outgoing(output?.do === 'send' ? output.raw : '');
        expect(decoder.decode(frame).signals).toEqual([signal]);
      }
    }
    expect(client().encode({ type: 'end-of-candidates', pc: PC }, 'peer')).toEqual([]);
    expect(client().encode({ type: 'rollback', pc: PC }, 'peer')).toBeUndefined();
  });
});

it('is recognised by its answer, its envelopes and its address', () => {
  expect(apprtc.detect({ frame: incoming({ result: 'SUCCESS', params }) })).toBeGreaterThan(0.9);
  expect(apprtc.detect({ frame: incoming({ msg: JSON.stringify(offer), error: '' }) })).toBeGreaterThan(0.5);
  expect(apprtc.detect({ frame: incoming({ msg: 'hello' }) })).toBe(0);
  expect(apprtc.detect({ url: 'https://appr.tc/r/x' })).toBeGreaterThan(0.5);
  expect(apprtc.detect({ url: 'https://appr.tc/' })).toBe(0);
});
