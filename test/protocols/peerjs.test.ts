import { describe, expect, it, test } from 'vitest';
import { peerServerUrl } from '../../src/protocols/peerjs/client.ts';
import { peerjs } from '../../src/protocols/peerjs.ts';
import type { Client, ClientOptions } from '../../src/protocols/protocol.ts';
import { count, decodeCapture, incoming, outgoing, sent } from './captured.ts';

const MEDIA = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
const DATA = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
const offer = (connectionId: string, src = 'bob', type = 'media') => ({
  type: 'OFFER',
  src,
  dst: 'me',
  payload: { sdp: { type: 'offer', sdp: MEDIA }, type, connectionId },
});
const client = (more: Partial<ClientOptions> = {}): Client =>
  peerjs.client({ as: 'me', now: 0, url: 'ws://127.0.0.1:9000/myapp', media: ['audio'], ...more });

describe('the decoder', () => {
  it('reads two captured connections of one pair as two peer connections', () => {
    const heard = decodeCapture('peerjs', peerjs);
    expect(count(heard)).toEqual({ response: 2, offer: 4, answer: 4, candidate: 24 });
    const pcs = heard.flatMap(({ signals }) => signals.flatMap((one) => ('pc' in one ? [one.pc] : [])));
    expect([...new Set(pcs)]).toEqual(['dc_ssu1w0qzddo', 'mc_3yz5c4wsmg9']);
    expect(heard[5]).toMatchObject({ conn: 'b', from: '82fc1ea5-9275-48bc-8dff-26fc7b32bc01', to: 'bob' });
  });

  test.each([
    [{ type: 'LEAVE', src: 'bob' }, [{ type: 'notify', method: 'LEAVE' }]],
    [{ type: 'WAVE' }, [{ type: 'other', label: 'WAVE' }]],
    [{ type: 'OFFER', src: 'bob', payload: {} }, [{ type: 'other', label: 'OFFER without a description' }]],
    [{ type: 'ERROR', payload: { msg: 'no' } }, [{ type: 'response', method: 'ERROR', ok: false }]],
    [[], [{ type: 'other', label: 'JSON, but not an object' }]],
  ])('%j', (message, signals) => {
    expect(peerjs.decoder({ client: 'me', server: 's' }).decode(incoming(message)).signals).toEqual(signals);
  });
});

test.each([
  ['ws://h:9000/myapp', 'ws://h:9000/myapp/peerjs?key=k&id=me'],
  ['http://h:9000/', 'ws://h:9000/peerjs?key=k&id=me'],
  ['https://h/a/peerjs?key=x&token=t', 'wss://h/a/peerjs?key=k&token=t&id=me'],
  ['no address', undefined],
])('the WebSocket of %s', (url, expected) => {
  expect(peerServerUrl(url, { key: 'k', id: 'me' })).toBe(expected);
});

describe('the client', () => {
  it('says who it is in the address, is let in by OPEN, and beats', () => {
    const us = client({ to: 'bob' });
    const [open] = us.opened();
    expect(open).toMatchObject({ do: 'open' });
    expect(us.opened()).toEqual([]);
    const { searchParams } = new URL(open?.do === 'open' ? open.url : '');
    expect([...searchParams.keys()]).toEqual(['key', 'id', 'token', 'version']);
    expect(us.received(incoming({ type: 'OPEN' }))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'wake', id: 'heartbeat', after: 5_000 },
      { do: 'presence', who: 'bob', change: 'join' },
    ]);
    expect(sent(us.woken?.('heartbeat'))).toEqual([{ type: 'HEARTBEAT' }]);
    expect(sent(us.leave?.())).toEqual([{ type: 'LEAVE' }]);
  });

  test.each([
    [{ type: 'ID-TAKEN', payload: { msg: 'ID is taken' } }, /the name me is taken/],
    [{ type: 'ERROR', payload: { msg: 'Invalid key provided' } }, /Invalid key/],
    [{ type: 'ERROR' }, /reports an error/],
  ])('is refused by %j', (message, why) => {
    expect(client().received(incoming(message))).toMatchObject([{ do: 'refused', why: expect.stringMatching(why) }]);
    expect(client({ url: 'nowhere' }).opened()).toMatchObject([{ do: 'refused' }]);
  });

  it('offers what PeerJS takes for a call, or for a data connection', () => {
    const us = client();
    const pc = us.newPc?.('bob') ?? '';
    expect(pc).toMatch(/^mc_/);
    expect(sent(us.encode({ type: 'offer', pc, sdp: MEDIA }, 'bob'))).toEqual([
      {
        type: 'OFFER',
        dst: 'bob',
        payload: { sdp: { type: 'offer', sdp: MEDIA }, type: 'media', connectionId: pc, metadata: {} },
      },
    ]);
    const data = client({ media: ['data'], params: { serialization: 'json' } });
    const dc = data.newPc?.('bob') ?? '';
    expect(sent(data.encode({ type: 'offer', pc: dc, sdp: DATA }, 'bob'))).toMatchObject([
      { payload: { type: 'data', label: 'renego', reliable: true, serialization: 'json', connectionId: dc } },
    ]);
  });

  it('answers under the name the connection came with', () => {
    const us = client();
    us.received(incoming({ type: 'OPEN' }));
    expect(us.received(incoming(offer('dc_1', 'bob', 'data')))).toMatchObject([
      { do: 'signal', from: 'bob', signal: { type: 'offer', pc: 'dc_1' } },
      { do: 'presence', who: 'bob', change: 'join' },
    ]);
    expect(sent(us.encode({ type: 'answer', pc: 'dc_1', sdp: DATA }, 'bob'))).toMatchObject([
      { type: 'ANSWER', dst: 'bob', payload: { type: 'data', connectionId: 'dc_1' } },
    ]);
    expect(us.encode({ type: 'end-of-candidates', pc: 'dc_1' }, 'bob')).toEqual([]);
    expect(us.encode({ type: 'rollback', pc: 'dc_1' }, 'bob')).toBeUndefined();
  });

  it('tells a second connection of the same peer apart, and ends all of them when it leaves', () => {
    const us = client();
    us.received(incoming(offer('mc_1')));
    expect(us.received(incoming(offer('mc_2')))).toMatchObject([{ do: 'signal', from: 'bob' }, { who: 'bob' }]);
    expect(sent(us.encode({ type: 'answer', pc: 'mc_2', sdp: MEDIA }, 'bob'))).toMatchObject([
      { dst: 'bob', payload: { connectionId: 'mc_2' } },
    ]);
    expect(us.received(incoming({ type: 'LEAVE', src: 'bob' }))).toEqual([
      { do: 'signal', from: 'bob', signal: { type: 'bye', pc: 'mc_1' } },
      { do: 'signal', from: 'bob', signal: { type: 'bye', pc: 'mc_2' } },
    ]);
  });

  it('says goodbye only where nothing else is open with that peer', () => {
    const us = client();
    us.received(incoming(offer('mc_1')));
    us.received(incoming(offer('mc_2')));
    expect(us.encode({ type: 'bye', pc: 'mc_1' }, 'bob')).toEqual([]);
    expect(sent(us.encode({ type: 'bye', pc: 'mc_2' }, 'bob'))).toEqual([{ type: 'LEAVE', dst: 'bob' }]);
    us.received(incoming(offer('mc_3')));
    us.received(incoming(offer('mc_4')));
    us.ended?.('bob', 'mc_3');
    expect(sent(us.encode({ type: 'bye', pc: 'mc_4' }, 'bob'))).toEqual([{ type: 'LEAVE', dst: 'bob' }]);
  });

  it('ends the call whose offer nobody came for', () => {
    const us = client();
    const pc = us.newPc?.('ghost') ?? '';
    us.encode({ type: 'offer', pc, sdp: MEDIA }, 'ghost');
    expect(us.received(incoming({ type: 'EXPIRE', src: 'ghost', dst: 'me' }))).toMatchObject([
      { do: 'problem', code: 'PEER_UNREACHABLE' },
      { do: 'signal', from: 'ghost', signal: { type: 'bye', pc } },
    ]);
  });

  it('reads back its goodbye', () => {
    const decoder = peerjs.decoder({ client: 'me', server: 's' });
    decoder.decode(incoming(offer('mc_1')));
    expect(decoder.decode(outgoing({ type: 'LEAVE', dst: 'bob' })).signals).toEqual([{ type: 'bye', pc: 'mc_1' }]);
  });
});

it('can do no second offer, and is recognised by its address', () => {
  expect(peerjs.capabilities.restart).toMatchObject({ why: expect.stringMatching(/closes the one that is there/) });
  expect(peerjs.detect({ url: 'wss://0.peerjs.com/peerjs?key=peerjs&id=x' })).toBeGreaterThan(0.5);
  expect(peerjs.detect({ url: 'wss://h/x' })).toBe(0);
  expect(peerjs.detect({ url: 'nonsense' })).toBe(0);
  expect(peerjs.detect({ frame: incoming({ type: 'OPEN', payload: { x: 1 } }) })).toBe(0);
  expect(peerjs.detect({})).toBe(0);
});

test('a client says its name in the address', () => {
  expect(peerjs.clientOf?.('ws://127.0.0.1:9000/peerjs?key=peerjs&id=ann&token=x')).toBe('ann');
  expect(peerjs.clientOf?.('ws://127.0.0.1:9000/peerjs')).toBeUndefined();
  expect(peerjs.clientOf?.('no address')).toBeUndefined();
});
