/** What is found out of connections by their address, their subprotocol and their first frames. */
import { expect, test } from 'vitest';
import { createListening } from '../../src/protocols/listening.ts';
import type { Frame } from '../../src/protocols/protocol.ts';

const SDP =
  'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:u\r\na=setup:actpass\r\n';
const frame = (message: unknown): Frame => ({ data: JSON.stringify(message), encoding: 'text', direction: 'out' });
const rpc = (message: object) => ({ jsonrpc: '2.0', ...message });

/** The protocol after each frame. */
function heard(url: string, subprotocol: string | undefined, ...messages: readonly unknown[]): (string | undefined)[] {
  const listening = createListening({
    ...{ url, frames: 4, decoder: (protocol) => protocol.decoder({ client: 'app', server: 'server' }) },
    ...(subprotocol !== undefined && { subprotocol }),
  });
  return [undefined, ...messages].map((message) => {
    if (message !== undefined) listening.hear(frame(message));
    return listening.protocol?.name;
  });
}

test('an address that many systems have tells nothing until a frame agrees', () => {
  const join = rpc({
    id: 1,
    method: 'join',
    params: { sid: 'r', uid: 'a', offer: { type: 'offer', sdp: SDP }, config: { NoSubscribe: true } },
  });
  expect(heard('wss://x.test/ws', undefined, { hello: 1 }, join)).toEqual([undefined, undefined, 'ion-sfu']);
  const other = { kind: 'call', payload: { sdp: SDP } };
  expect(heard('wss://x.test/ws', undefined, other, other)).toEqual([undefined, undefined, undefined]);
});

test('an address of a kind of its own is believed, until there is signaling that the protocol does not find', () => {
  const url = 'wss://x.test/peerjs?key=peerjs&id=a&token=b';
  expect(heard(url, undefined, { type: 'HEARTBEAT' })).toEqual(['peerjs', 'peerjs']);
  expect(heard(url, undefined, { hello: 1 }, { kind: 'call', wrapped: { description: SDP } })).toEqual([
    ...['peerjs', 'peerjs', undefined],
  ]);
});

test('the first frames decide over the address', () => {
  const create = { janus: 'create', transaction: 't' };
  expect(heard('wss://x.test/peerjs?key=peerjs&id=a&token=b', undefined, create)).toEqual(['peerjs', 'janus']);
  expect(heard('wss://x.test/', 'janus-protocol', create)).toEqual(['janus', 'janus']);
});

test('later frames change nothing any more', () => {
  const noise = { hello: 1 };
  expect(
    heard('wss://x.test/', undefined, noise, noise, noise, noise, { janus: 'create', transaction: 't' }).at(-1),
  ).toBe(undefined);
});

test('a protocol that is found late has read what came before', () => {
  const listening = createListening({
    ...{
      url: 'wss://x.test/',
      frames: 16,
      decoder: (protocol) => protocol.decoder({ client: 'app', server: 'server' }),
    },
  });
  const say = (message: unknown, direction: 'in' | 'out'): Frame => ({ ...frame(message), direction });
  const messages = [
    say({ name: 'ann', date: 1, id: 7, type: 'username' }, 'out'),
    say({ type: 'id', id: 7 }, 'in'),
    say(
      {
        type: 'new-ice-candidate',
        target: 'bob',
        candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 1 typ host' },
      },
      'out',
    ),
  ];
  const told = messages.map((message) => {
    listening.hear(message);
    return listening.decoder?.decode(message).from;
  });
  expect(told.at(-1)).toBe('ann');
});
