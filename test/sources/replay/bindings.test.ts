import { describe, expect, test } from 'vitest';
import { createBindings } from '../../../src/sources/replay/bindings.ts';

describe('what the other end says now', () => {
  test.each([
    [
      'a number that is given back',
      '{"type":"id","id":17}',
      '{"type":"id","id":99}',
      '{"name":"a","id":17}',
      '{"name":"a","id":99}',
    ],
    [
      'an id in another place',
      '{"data":{"id":7045206375}}',
      '{"data":{"id":11}}',
      '{"session_id":7045206375}',
      '{"session_id":11}',
    ],
    [
      'a Socket.IO packet',
      '0{"sid":"agc6","pingInterval":1}',
      '0{"sid":"zzz9","pingInterval":1}',
      '42["x",{"to":"agc6"}]',
      '42["x",{"to":"zzz9"}]',
    ],
    [
      'JSON in JSON',
      '{"msg":"{\\"id\\":\\"peer-one\\"}"}',
      '{"msg":"{\\"id\\":\\"peer-two\\"}"}',
      '{"msg":"{\\"to\\":\\"peer-one\\"}"}',
      '{"msg":"{\\"to\\":\\"peer-two\\"}"}',
    ],
    [
      'a name used as a key',
      '{"id":"peer-one"}',
      '{"id":"peer-two"}',
      '{"peers":{"peer-one":1}}',
      '{"peers":{"peer-two":1}}',
    ],
    [
      'a token inside an address',
      '{"token":"abc12345"}',
      '{"token":"xyz98765"}',
      '{"url":"/room?t=abc12345"}',
      '{"url":"/room?t=xyz98765"}',
    ],
    [
      'a tag of SIP',
      'To: <sip:b@x>;tag=tag-old-1',
      'To: <sip:b@x>;tag=tag-new-2',
      'BYE sip:b\r\nTo: <sip:b@x>;tag=tag-old-1',
      'BYE sip:b\r\nTo: <sip:b@x>;tag=tag-new-2',
    ],
  ])('%s is used', (_title, then, now, recorded, said) => {
    const bindings = createBindings();
    bindings.learn(then, now);
    expect(bindings.apply(recorded)).toBe(said);
  });

  test('in another order is no new name', () => {
    const bindings = createBindings();
    bindings.learn('{"users":["alice","bob"]}', '{"users":["bob","alice","carol"]}');
    expect(bindings.known.size).toBe(0);
  });

  test('does not rename those whom the replay has named itself', () => {
    const bindings = createBindings();
    const said = '{"type":"announce","from":"caller"}';
    expect(bindings.apply(said)).toBe(said);
    bindings.learn('{"type":"announce","from":"caller"}', '{"type":"announce","from":"callee"}');
    expect(bindings.apply('{"to":"caller"}')).toBe('{"to":"caller"}');
  });

  test('of a message of another type says nothing', () => {
    const bindings = createBindings();
    bindings.learn('{"type":"candidate","id":1234567}', '{"type":"offer","id":7654321}');
    expect([...bindings.known]).toEqual([]);
  });

  test('leaves descriptions and candidates alone', () => {
    const bindings = createBindings();
    bindings.learn('{"sdp":"v=0\\r\\na","id":"recorded"}', '{"sdp":"v=0\\r\\nb","id":"today-id"}');
    expect([...bindings.known]).toEqual([['recorded', 'today-id']]);
    const offer = JSON.stringify({ sdp: 'v=0\r\ns=recorded' });
    expect(bindings.apply(offer)).toBe(offer);
  });

  test('of an address stands in addresses, numbers too', () => {
    const server = createBindings({ relays: true });
    server.learnAddress('ws://then/app?id=alice-then&token=t0k3n1', '/app?id=alice-now&token=t0k3n2');
    expect(server.apply('{"dst":"alice-then"}')).toBe('{"dst":"alice-now"}');
    // What is on its way to a WebSocket comes by polling first.
    const upgraded = '/socket.io/?EIO=4&transport=websocket&sid=recorded1';
    server.learnAddress(`ws://then${upgraded}`, '/socket.io/?EIO=4&transport=polling&t=abcdefgh');
    expect(server.apply('{"upgrades":["websocket"]}')).toBe('{"upgrades":["websocket"]}');
    const client = createBindings();
    client.learn('{"id":184322368188127}', '{"id":9007199254740991}');
    expect(client.applyText('/janus/184322368188127/message')).toBe('/janus/9007199254740991/message');
  });

  test('is bounded, and never throws', () => {
    const bindings = createBindings();
    const deep = (value: string) => `${'['.repeat(2_000)}"${value}"${']'.repeat(2_000)}`;
    bindings.learn(deep('aaaa'), deep('bbbb'));
    expect(() => bindings.apply(deep('aaaa'))).not.toThrow();
    bindings.learn('not JSON', '{"a":1}');
  });

  test('takes texts of any length', () => {
    const bindings = createBindings();
    bindings.learn('{"id":"aaaaaa-1"}', '{"id":"bbbbbb-2"}');
    const long = 'x'.repeat(20_000_000);
    const said = (id: string) => [JSON.stringify({ text: long, id }), `${long} ${id}`];
    expect(said('aaaaaa-1').map(bindings.apply)).toEqual(said('bbbbbb-2'));
    expect(() => bindings.learn(long, long.replace('x', 'y'))).not.toThrow();
  });
});

describe('a server that passes on what it hears', () => {
  const sdp = (ufrag: string) => `v=0\r\na=ice-ufrag:${ufrag}\r\n`;
  const offer = (ufrag: string) => JSON.stringify({ type: 'offer', sdp: sdp(ufrag) });
  const candidate = (ufrag: string) =>
    JSON.stringify({ candidate: `candidate:1 1 udp 1 192.0.2.1 9 typ host ufrag ${ufrag}`, usernameFragment: ufrag });

  test('passes on the description of today, and candidates as those of its generation', () => {
    const relay = createBindings({ relays: true });
    relay.learn(offer('then'), offer('now1'));
    expect(relay.apply(offer('then'))).toBe(offer('now1'));
    relay.learn(candidate('then'), candidate('now1').replace('192.0.2.1', '192.0.2.7'));
    expect(relay.apply(candidate('then'))).toBe(candidate('now1'));
  });

  test('takes a candidate of one generation for none of another', () => {
    const relay = createBindings({ relays: true });
    relay.learn(offer('then1'), offer('now1'));
    relay.learn(candidate('then2'), candidate('now1'));
    expect(relay.apply(candidate('then2'))).toBe(candidate('then2'));
    relay.learn(offer('same'), offer('same'));
    relay.learn(candidate('same'), candidate('now2'));
    expect(relay.apply(candidate('same'))).toBe(candidate('same'));
  });

  test('a client says its own descriptions, whatever the others say', () => {
    const client = createBindings();
    client.learn(offer('then'), offer('now1'));
    expect(client.apply(offer('then'))).toBe(offer('then'));
  });
});
