import { describe, expect, it } from 'vitest';
import { ionSfu } from '../../src/protocols/ion-sfu.ts';
import { incoming, sent } from './captured.ts';

const client = (room?: string) => ionSfu.client({ as: 'me', now: 0, ...(room !== undefined && { room }) });
const offer = { type: 'offer', pc: 'p', sdp: 'v=0\r\n' } as const;
const candidate = {
  type: 'candidate',
  pc: 'p',
  candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
  mid: '0',
} as const;
const desc = (type: string) => ({ type, sdp: 'v=0\r\n' });

describe('the client', () => {
  it('offers with its join, and tells the two peer connections apart', () => {
    const us = client('room');
    expect(us.opened()).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'presence', who: 'publisher', change: 'join', offers: 'us' },
      { do: 'presence', who: 'subscriber', change: 'join', offers: 'them' },
    ]);
    expect(us.encode(candidate, 'publisher')).toEqual([]);
    expect(sent(us.encode(offer, 'publisher') ?? [])).toMatchObject([
      { method: 'join', id: 1, params: { sid: 'room', uid: 'me', offer: desc('offer') } },
      { method: 'trickle', params: { target: 0, candidate: { candidate: candidate.candidate, sdpMid: '0' } } },
    ]);
    expect(us.received(incoming({ jsonrpc: '2.0', id: 1, result: desc('answer') }))).toMatchObject([
      { do: 'signal', from: 'publisher', signal: { type: 'answer' } },
    ]);
    expect(us.received(incoming({ jsonrpc: '2.0', method: 'offer', params: desc('offer') }))).toMatchObject([
      { do: 'signal', from: 'subscriber', signal: { type: 'offer', pc: 'me+subscriber' } },
    ]);
    expect(us.encode(offer, 'subscriber')).toBeUndefined();
    expect(sent(us.encode({ ...offer, type: 'answer' }, 'subscriber') ?? [])).toMatchObject([
      { method: 'answer', params: { desc: desc('answer') } },
    ]);
    expect(sent(us.encode(candidate, 'subscriber') ?? [])).toMatchObject([
      { method: 'trickle', params: { target: 1 } },
    ]);
    expect(sent(us.encode(offer, 'publisher') ?? [])).toMatchObject([
      { method: 'offer', id: 2, params: { desc: desc('offer') } },
    ]);
    const trickle = {
      jsonrpc: '2.0',
      method: 'trickle',
      params: { target: 1, candidate: { candidate: candidate.candidate } },
    };
    expect(us.received(incoming(trickle))).toMatchObject([{ from: 'subscriber', signal: { type: 'candidate' } }]);
  });

  it('is refused without a room, and by the server before it is in', () => {
    expect(client().opened()).toMatchObject([{ do: 'refused', hint: 'Name it with --room.' }]);
    const us = client('room');
    us.encode(offer, 'publisher');
    const no = { jsonrpc: '2.0', id: 1, error: { code: 500, message: 'no such session' } };
    expect(us.received(incoming(no))).toEqual([{ do: 'refused', why: 'ion-sfu refuses: no such session' }]);
    us.received(incoming({ jsonrpc: '2.0', id: 1, result: desc('answer') }));
    expect(us.received(incoming(no))).toMatchObject([{ do: 'problem', code: 'ION_SFU_ERROR' }]);
  });

  it('says why ICE of what it receives is not restarted', () => {
    const restart = client('room').capabilities?.('subscriber', 'p').restart;
    expect(restart).toMatchObject({ why: expect.stringContaining('no message that asks for it') as string });
  });
});

it('connects to /ws, unless the address says more', () => {
  const at = (url: string) => ionSfu.address?.({ as: 'me', now: 0, url }).url;
  expect(at('ws://h:7000')).toBe('ws://h:7000/ws');
  expect(at('ws://h:7000/other?x=1')).toBe('ws://h:7000/other?x=1');
});
