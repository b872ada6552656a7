import { describe, expect, it } from 'vitest';
import { chooseProtocol } from '../../src/protocols/detect.ts';
import { protocolNamed } from '../../src/protocols/index.ts';
import type { Client, ClientOutput, Frame } from '../../src/protocols/protocol.ts';
import { socketIo } from '../../src/protocols/socket-io.ts';

const GREETING = '0{"sid":"e1","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
const SDP = { type: 'offer', sdp: 'v=0\r\na=setup:actpass\r\n' };
const frame = (data: string): Frame => ({ data, encoding: 'text', direction: 'in' });
const event = (...list: unknown[]): Frame => frame(`42${JSON.stringify(list)}`);
const sends = (outputs: readonly ClientOutput[] = []): string[] =>
  outputs.flatMap((output) => (output.do === 'send' ? [output.raw] : []));
const notes = (outputs: readonly ClientOutput[]): string[] =>
  outputs.flatMap((output) => (output.do === 'note' ? [output.text] : []));

/** A client that is connected, and all that it has sent on the way. */
function connected(params: Record<string, string> = {}): { client: Client; said: string[]; outputs: ClientOutput[] } {
  const client = socketIo.client({ as: 'renego', room: 'lobby', now: 0, params });
  const outputs = [client.opened(), client.received(frame(GREETING)), client.received(frame('40{"sid":"me"}'))].flat();
  return { client, said: sends(outputs), outputs };
}

describe('any Socket.IO server', () => {
  it('is chosen by address or greeting where it is to be joined; what only reads leaves it to the recogniser', () => {
    expect(protocolNamed('socket.io')).toBe(socketIo);
    for (const url of ['ws://h/socket.io/', 'ws://h/x?EIO=3&transport=websocket']) {
      expect(chooseProtocol({ url, joining: true })).toMatchObject({ protocol: socketIo, because: 'by its address' });
    }
    expect(chooseProtocol({ frame: frame(GREETING), joining: true })?.protocol).toBe(socketIo);
    expect(chooseProtocol({ frame: frame(GREETING) })).toBeUndefined();
    expect(chooseProtocol({ url: 'ws://h/', joining: true })).toBeUndefined();
  });

  it('begins as the commonest shape, and answers in the form it is spoken to, saying why', () => {
    const { client, said } = connected();
    expect(said).toEqual(['40', '42["join","lobby"]']);
    const joined = client.received(event('user-connected', 'b2'));
    expect(notes(joined)).toEqual([
      "room shape socket.io-rooms, chosen by the event 'user-connected'; --param shape=… overrules",
    ]);
    expect(joined).toContainEqual(expect.objectContaining({ do: 'presence', who: 'b2' }));
    const heard = client.received(event('offer', { target: 'me', from: 'b2', sdp: SDP }));
    expect(heard.filter((output) => output.do === 'signal')).toMatchObject([{ from: 'b2', signal: { type: 'offer' } }]);
    expect(sends(heard)).toEqual([]);
    const answer = client.encode({ type: 'answer', pc: 'b2+renego', sdp: 'v=0\r\n' }, 'b2');
    expect(JSON.parse(sends(answer)[0]?.slice(2) ?? '')).toMatchObject(['answer', { target: 'b2', sdp: {} }]);
    const candidate = client.encode({ type: 'candidate', pc: 'b2+renego', candidate: 'candidate:1', mid: '0' }, 'b2');
    expect(JSON.parse(sends(candidate)[0]?.slice(2) ?? '')).toMatchObject(['ice-candidate', { target: 'b2' }]);
  });

  it.each([
    [{ from: 'b2', offer: SDP }, 'to'],
    [{ from: 'b2', targetSocketId: 'me', offer: SDP }, 'targetSocketId'],
    [{ from: 'b2', sdp: SDP }, 'target'],
  ])('addresses as it is spoken to: %j', (content, key) => {
    const { client } = connected();
    client.received(event('offer', content));
    const answer = client.encode({ type: 'answer', pc: 'b2+renego', sdp: 'v=0\r\n' }, 'b2');
    expect(JSON.parse(sends(answer)[0]?.slice(2) ?? '')).toMatchObject(['answer', { [key]: 'b2' }]);
  });

  it('turns to the shape whose events come, and repeats nothing', () => {
    const { client } = connected();
    const turned = client.received(event('user:joined', { email: 'b', id: 'b2' }));
    expect(notes(turned)[0]).toContain('socket.io-call');
    const now = client.received(event('room:join', { email: 'renego', room: 'lobby' }));
    expect([...sends(turned), ...sends(now)]).toEqual(['42["room:join",{"email":"renego","room":"lobby"}]']);
    const offer = client.encode({ type: 'offer', pc: 'b2+renego', sdp: 'v=0\r\n' }, 'b2');
    expect(sends(offer)[0]).toContain('"user:call"');
  });

  it('tries how other shapes join while nothing is heard, and stops when something is', () => {
    const { client, outputs } = connected();
    expect(outputs).toContainEqual({ do: 'wake', id: 'room shape', after: 2500 });
    expect(sends(client.woken?.('room shape'))).toEqual(['42["join-room","lobby"]']);
    expect(sends(client.woken?.('room shape'))).toEqual(['42["create or join","lobby"]']);
    const created = client.received(event('joined', 'lobby', 'me'));
    expect(notes(created)[0]).toContain("codelab, chosen by the event 'joined'");
    expect(sends(created)).toEqual(['42["message","got user media"]']);
    expect(client.woken?.('room shape')).toEqual([]);
    expect(client.capabilities?.('peer', 'x').bye).toBe(true);
  });

  it('takes names of events and the shape from the user', () => {
    const { client, said } = connected({ event: 'enter', offer: 'call-user', answer: 'call-made', joined: 'hello' });
    expect(said.at(-1)).toBe('42["enter","lobby"]');
    expect(client.received(event('hello', 'b2'))).toContainEqual(expect.objectContaining({ do: 'presence' }));
    expect(sends(client.encode({ type: 'offer', pc: 'x', sdp: 'v=0\r\n' }, 'b2'))[0]).toContain(
      '["call-user",{"to":"b2"',
    );
    const { said: other } = connected({ shape: 'codelab' });
    expect(other.at(-1)).toBe('42["create or join","lobby"]');
  });

  it('reads what no shape has by what is in it', () => {
    const decoder = socketIo.decoder({ client: 'renego', server: 'server' });
    expect(decoder.decode(event('call-made', { from: 'b2', offer: SDP })).signals).toMatchObject([
      { type: 'offer', pc: 'b2+renego' },
    ]);
    expect(decoder.decode(event('user:joined', { email: 'b', id: 'b3' })).signals).toMatchObject([
      { type: 'presence', who: 'b3' },
    ]);
  });
});
