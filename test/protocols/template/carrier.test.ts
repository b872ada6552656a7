import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Client, ClientOutput, Frame } from '../../../src/protocols/protocol.ts';
import { fromBase64, gunzip, gzip, toBase64, utf8 } from '../../../src/protocols/template/bytes.ts';
import { carrierNamed, carriers } from '../../../src/protocols/template/carrier/index.ts';
import { templateProtocol } from '../../../src/protocols/template/protocol.ts';
import type { TemplateSource } from '../../../src/protocols/template/source.ts';

const SDP = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n';
const frame = (data: string, direction: Frame['direction'] = 'in'): Frame => ({ data, encoding: 'text', direction });
const binary = (bytes: Uint8Array, direction: Frame['direction'] = 'in'): Frame => ({
  data: toBase64(bytes),
  encoding: 'base64',
  direction,
});
const raws = (outputs: readonly ClientOutput[] | undefined): string[] =>
  (outputs ?? []).flatMap((output) => (output.do === 'send' ? [output.raw] : []));

/** A room on this carrier, in which messages are wrapped by `wrap`. */
function client(carrier: string, wrap: (body: object) => unknown, more: Partial<TemplateSource> = {}): Client {
  const messages = {
    offer: wrap({ type: 'offer', to: '{{to}}', from: '{{from}}', sdp: '{{sdp}}' }),
    answer: wrap({ type: 'answer', to: '{{to}}', from: '{{from}}', sdp: '{{sdp}}' }),
  };
  return templateProtocol({ name: 'x', carrier, messages, ...more }).client({ as: 'me', now: 1 });
}
const offer = { type: 'offer', pc: 'bob+me', sdp: SDP } as const;
const answerOf = { type: 'answer', to: 'me', from: 'bob', sdp: SDP };
const heard = { do: 'signal', from: 'bob', signal: { type: 'answer', pc: 'bob+me', sdp: SDP } };

describe('every carrier', () => {
  test.each(carriers.map((carrier) => [carrier.name, carrier] as const))(
    '%s survives what is none of its',
    (_, carrier) => {
      const anyFrame = fc.record<Frame>({
        data: fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `42${text}`),
          fc.constantFrom('51-["x",{"_placeholder":true,"num":0}]', '451-', 'o', 'a[', '40', '2'),
        ),
        encoding: fc.constantFrom('text', 'base64'),
        direction: fc.constantFrom('in', 'out'),
      });
      fc.assert(
        fc.property(fc.array(anyFrame, { maxLength: 6 }), (frames) => {
          const session = carrier.session({});
          for (const one of frames) session.read(one.encoding === 'text' ? one.data : utf8(one.data), one);
        }),
      );
    },
  );

  it('has a name of its own', () => {
    for (const carrier of carriers) expect(carrierNamed(carrier.name)).toBe(carrier);
    expect(carrierNamed('toString')).toBeUndefined();
  });
});

describe('socket.io', () => {
  const event = (body: object) => ['signal', body];
  const OPEN4 = '0{"sid":"e1","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}';
  const OPEN3 = '0{"sid":"e1","upgrades":[],"pingInterval":5000,"pingTimeout":20000}';

  it('4: opens the namespace with auth, answers pings, takes its id from the server', () => {
    const connect = { namespace: '/call', auth: { token: 't' } };
    const me = client('socket.io', event, { connect, self: '{{sid}}', join: [{ send: ['join', '{{self}}'] }] });
    expect(raws(me.opened())).toEqual([]);
    expect(raws(me.received(frame(OPEN4)))).toEqual(['40/call,{"token":"t"}']);
    expect(me.received(frame('40/call,{"sid":"s1"}'))).toEqual([
      { do: 'send', raw: '42/call,["join","s1"]' },
      { do: 'joined', as: 'me' },
    ]);
    expect(raws(me.received(frame('2')))).toEqual(['3']);
    expect(raws(me.leave?.())).toEqual(['41/call,']);
    expect(me.received(frame('44/other,{"message":"no"}'))).toEqual([]);
    expect(me.received(frame('44/call,{"message":"no"}'))).toMatchObject([
      { do: 'problem', detail: expect.stringMatching(/no$/) },
    ]);
  });

  it('2: the server opens the namespace, and the client pings', () => {
    const me = client('socket.io', event, { connect: { version: 3 } });
    expect(me.received(frame(OPEN3))).toEqual([{ do: 'wake', id: 'carrier', after: 5_000 }]);
    expect(me.received(frame('40'))).toEqual([{ do: 'joined', as: 'me' }]);
    expect(me.woken?.('carrier')).toEqual([
      { do: 'send', raw: '2' },
      { do: 'wake', id: 'carrier', after: 5_000 },
    ]);
    expect(me.received(frame('3'))).toEqual([]);
  });

  it('finds out by itself whether the server is a 2 or an early 3', () => {
    const two = client('socket.io', event);
    expect(two.received(frame(OPEN3))).toEqual([{ do: 'wake', id: 'carrier', after: 1_000 }]);
    expect(two.received(frame('40'))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'wake', id: 'carrier', after: 5_000 },
    ]);
    const three = client('socket.io', event);
    three.received(frame(OPEN3));
    expect(raws(three.woken?.('carrier'))).toEqual(['40']);
    expect(three.woken?.('carrier')).toEqual([]);
    expect(three.received(frame('40{"sid":"s"}'))).toEqual([{ do: 'joined', as: 'me' }]);
  });

  it('waits for the acknowledgement of a step, and acknowledges what wants it', () => {
    const join = [{ send: ['join', 'r'], ack: [null, { clients: { $keys: '{{peer}}' } }] }];
    const me = client('socket.io', event, { join, ack: [{ msgType: 'ack' }] });
    me.received(frame(OPEN4));
    expect(raws(me.received(frame('40{"sid":"s"}')))).toEqual(['420["join","r"]']);
    expect(me.received(frame('430[null,{"clients":{"bob":{}}}]'))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'presence', who: 'bob', change: 'join' },
    ]);
    expect(raws(me.received(frame(`4212["signal",${JSON.stringify(answerOf)}]`)))).toEqual(['4312[{"msgType":"ack"}]']);
  });

  it('takes what only says that something arrived for a receipt', () => {
    const messages = { offer: ['offer', '{{to}}', '{{desc}}'], answer: ['answer', '{{to}}', '{{desc}}'] };
    const { decoder } = templateProtocol({ name: 'x', carrier: 'socket.io', ack: [{ msgType: 'ack' }], messages });
    const { decode } = decoder({ client: 'me', server: 'server' });
    decode(frame(OPEN4));
    decode(frame('40{"sid":"s"}'));
    const receipt = { type: 'response', method: 'acknowledgement' };
    expect(decode(frame('437[{"msgType":"ack","msgData":{}}]')).signals).toEqual([{ ...receipt, ok: true }]);
    expect(decode(frame('438[{"msgType":"error","msgData":{"errorText":"no"}}]')).signals).toEqual([receipt]);
  });

  it('refuses to go on when the acknowledgement is another', () => {
    const me = client('socket.io', event, { join: [{ send: ['join'], ack: ['ok'] }] });
    me.received(frame(OPEN4));
    me.received(frame('40{"sid":"s"}'));
    expect(me.received(frame('430["full"]'))).toEqual([{ do: 'refused', why: 'the server answers full' }]);
  });

  it.each([
    [4, (bytes: Uint8Array) => bytes],
    [3, (bytes: Uint8Array) => Uint8Array.from([4, ...bytes])],
  ])('puts binary attachments back where they belong, in Engine.IO %i', (version, framed) => {
    const me = client('socket.io', (body) => ['signal', { $json: body }], { connect: { version } });
    me.received(frame(OPEN4));
    me.received(frame('40{"sid":"s"}'));
    expect(me.received(frame('451-["signal",{"_placeholder":true,"num":0}]'))).toEqual([]);
    expect(me.received(binary(framed(utf8(JSON.stringify(answerOf)))))).toContainEqual(heard);
  });

  it('is read in both directions by a decoder', () => {
    const protocol = templateProtocol({
      name: 'x',
      carrier: 'socket.io',
      join: [{ send: ['join', '{{room}}'], ack: ['{{peers}}'] }],
      messages: { offer: ['offer', '{{desc}}'], answer: ['answer', '{{desc}}'] },
      peer: 'other',
    });
    const decoder = protocol.decoder({ client: 'me', server: 'server' });
    const read = (data: string, direction: Frame['direction']) => decoder.decode(frame(data, direction)).signals;
    expect(read(OPEN4, 'in')).toEqual([{ type: 'other', label: 'Engine.IO open' }]);
    expect(read('40', 'out')).toEqual([{ type: 'other', label: 'Socket.IO connect' }]);
    expect(read('40{"sid":"s"}', 'in')).toEqual([{ type: 'notify', method: 'Socket.IO connected' }]);
    expect(read('420["join","r"]', 'out')).toEqual([{ type: 'request', method: 'join' }]);
    expect(read('430[["other"]]', 'in')).toEqual([
      { type: 'response', method: 'acknowledgement' },
      { type: 'presence', who: 'other', change: 'join' },
    ]);
    expect(read(`42["offer",{"type":"offer","sdp":${JSON.stringify(SDP)}}]`, 'out')).toEqual([
      { type: 'offer', pc: 'me+other', sdp: SDP },
    ]);
    expect(read('42["chat",{"type":"offer"}]', 'in')).toEqual([{ type: 'other', label: 'chat: offer' }]);
  });
});

describe('sockjs and stomp', () => {
  it('wraps JSON in lists', () => {
    const me = client('sockjs', (body) => body, { join: [{ send: { op: 'hi' } }] });
    expect(me.opened()).toEqual([]);
    expect(me.received(frame('o'))).toEqual([
      { do: 'send', raw: '["{\\"op\\":\\"hi\\"}"]' },
      { do: 'joined', as: 'me' },
    ]);
    expect(me.received(frame('h'))).toEqual([]);
    expect(me.received(frame(`a${JSON.stringify([JSON.stringify(answerOf)])}`))).toContainEqual(heard);
  });

  const body = (inner: object) => ({ destination: '/topic/call', body: inner });
  const join = [{ send: { command: 'SUBSCRIBE', id: 's0', destination: '/topic/call' } }];

  it('connects, subscribes and sends', () => {
    const me = client('stomp', body, { join, connect: { auth: { login: 'me' } } });
    expect(raws(me.opened())).toEqual(['CONNECT\naccept-version:1.2\nhost:/\nheart-beat:0,0\nlogin:me\n\n\0']);
    expect(raws(me.received(frame('CONNECTED\nversion:1.2\n\n\0')))).toEqual([
      'SUBSCRIBE\nid:s0\ndestination:/topic/call\n\n\0',
    ]);
    const [sent = ''] = raws(me.encode(offer, 'bob'));
    expect(sent).toMatch(/^SEND\ncontent-type:application\/json\ndestination:\/topic\/call\n\n\{"type":"offer"/);
    const message = `MESSAGE\nsubscription:s0\nmessage-id:1\ndestination:/topic/call\n\n${JSON.stringify(answerOf)}\0`;
    expect(me.received(frame(message))).toContainEqual(heard);
    expect(me.received(frame('\n'))).toEqual([]);
    expect(me.received(frame('ERROR\nmessage:no\\c\\nno\n\n\0'))).toMatchObject([{ do: 'problem', detail: 'no:\nno' }]);
  });

  it('goes inside SockJS', () => {
    const me = client('sockjs+stomp', body, { join });
    expect(raws(me.received(frame('o')))[0]).toMatch(/^\["CONNECT\\n/);
    expect(raws(me.received(frame('a["CONNECTED\\nversion:1.2\\n\\n\\u0000"]')))[0]).toMatch(/^\["SUBSCRIBE\\n/);
  });
});

describe('signalr', () => {
  it('shakes hands, keeps alive and calls methods', () => {
    const me = client('signalr', (body) => ['Signal', 'bob', { $json: body }]);
    expect(raws(me.opened())).toEqual(['{"protocol":"json","version":1}\x1e']);
    expect(me.received(frame('{}\x1e'))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'wake', id: 'carrier', after: 15_000 },
    ]);
    expect(raws(me.woken?.('carrier'))).toEqual(['{"type":6}\x1e']);
    expect(raws(me.encode(offer, 'bob'))[0]).toMatch(/^\{"type":1,"target":"Signal","arguments":\["bob","\{/);
    const call = { type: 1, target: 'Signal', arguments: ['bob', JSON.stringify(answerOf)] };
    expect(me.received(frame(`{"type":6}\x1e${JSON.stringify(call)}\x1e`))).toContainEqual(heard);
    expect(me.received(frame('{"type":7,"error":"bye"}\x1e'))).toMatchObject([{ do: 'problem', detail: 'bye' }]);
  });
});

describe('channels', () => {
  it('phoenix: joins a topic and keeps its references', () => {
    const topic = 'room:1';
    const wrap = (payload: object) => ({ topic, event: 'signal', payload });
    const join = [
      { send: { topic, event: 'phx_join', payload: {} } },
      { expect: { topic, event: 'phx_reply', payload: { status: 'ok' } } },
    ];
    const me = client('phoenix', wrap, { join });
    expect(raws(me.opened())).toEqual(['["1","1","room:1","phx_join",{}]']);
    expect(me.received(frame('["1","1","room:1","phx_reply",{"status":"ok","response":{}}]'))).toEqual([
      { do: 'joined', as: 'me' },
      { do: 'wake', id: 'carrier', after: 30_000 },
    ]);
    expect(raws(me.woken?.('carrier'))).toEqual(['[null,"2","phoenix","heartbeat",{}]']);
    expect(raws(me.encode(offer, 'bob'))[0]).toMatch(/^\["1","3","room:1","signal",\{"type":"offer"/);
    expect(me.received(frame(JSON.stringify([null, null, topic, 'signal', answerOf])))).toContainEqual(heard);
  });

  it('actioncable: subscribes, and packs identifier and data', () => {
    const identifier = { channel: 'Call', room: 'r' };
    const me = client('actioncable', (data) => data, {
      join: [{ send: { command: 'subscribe', identifier } }, { expect: { type: 'confirm_subscription' } }],
      messages: {
        offer: { command: 'message', identifier, data: { sdp: '{{sdp}}' } },
        answer: { send: null, recv: { message: { type: 'answer', from: '{{from}}', sdp: '{{sdp}}' } } },
      },
    });
    expect(me.opened()).toEqual([]);
    expect(raws(me.received(frame('{"type":"welcome"}')))).toEqual([
      '{"command":"subscribe","identifier":"{\\"channel\\":\\"Call\\",\\"room\\":\\"r\\"}"}',
    ]);
    const confirmed = JSON.stringify({ type: 'confirm_subscription', identifier: JSON.stringify(identifier) });
    expect(me.received(frame(confirmed))).toEqual([{ do: 'joined', as: 'me' }]);
    expect(me.received(frame('{"type":"ping","message":1}'))).toEqual([]);
    expect(JSON.parse(raws(me.encode(offer, 'bob'))[0] ?? '')).toMatchObject({ data: JSON.stringify({ sdp: SDP }) });
    expect(me.received(frame(JSON.stringify({ identifier: '{}', message: answerOf })))).toContainEqual(heard);
  });

  it('pusher: subscribes once it is connected, and reads data that is text', () => {
    const wrap = (data: object) => ({ event: 'client-signal', channel: 'presence-r', data });
    const join = [{ send: { event: 'pusher:subscribe', data: { channel: 'presence-r' } } }];
    const me = client('pusher', wrap, { join });
    const hello = { event: 'pusher:connection_established', data: '{"socket_id":"1.2","activity_timeout":120}' };
    expect(raws(me.received(frame(JSON.stringify(hello))))).toEqual([
      '{"event":"pusher:subscribe","data":{"channel":"presence-r"}}',
    ]);
    expect(raws(me.received(frame('{"event":"pusher:ping","data":"{}"}')))).toEqual([
      '{"event":"pusher:pong","data":{}}',
    ]);
    const event = { event: 'client-signal', channel: 'presence-r', data: JSON.stringify(answerOf) };
    expect(me.received(frame(JSON.stringify(event)))).toContainEqual(heard);
    expect(me.received(frame('{"event":"pusher:error","data":{"code":4001,"message":"no app"}}'))).toMatchObject([
      { do: 'problem', detail: 'no app' },
    ]);
  });
});

describe('msgpack and http', () => {
  it('msgpack: writes binary frames that it reads', () => {
    const me = client('msgpack', (body) => body);
    expect(me.opened()).toEqual([{ do: 'joined', as: 'me' }]);
    const [output] = me.encode(offer, 'bob') ?? [];
    expect(output).toMatchObject({ do: 'send', encoding: 'base64' });
    const other = client('msgpack', (body) => body);
    const [back] = other.encode({ ...offer, type: 'answer' }, 'me') ?? [];
    const bytes = fromBase64(back?.do === 'send' ? back.raw : '') ?? new Uint8Array();
    expect(me.received(binary(bytes))).toEqual([]);
    expect(
      templateProtocol({
        name: 'x',
        carrier: 'msgpack',
        messages: { offer: { o: '{{sdp}}' }, answer: { a: '{{sdp}}' } },
      })
        .decoder({ client: 'a', server: 's' })
        .decode(binary(bytes)).signals,
    ).toEqual([{ type: 'other', label: 'answer' }]);
  });

  it('http: requests go out, responses come in, polling is a keepalive', () => {
    const source: TemplateSource = {
      name: 'x',
      carrier: 'http',
      peer: 'device',
      join: [{ send: { path: '/join/{{room}}' } }, { expect: { status: 200, body: { id: '{{self}}' } } }],
      messages: {
        offer: { send: { path: '/data/{{self}}', body: { sdp: '{{sdp}}' } }, recv: { body: { offer: '{{sdp}}' } } },
        answer: { send: null, recv: { status: 200, body: { answer: '{{sdp}}' } } },
      },
      keepalive: { every: '1s', send: { method: 'GET', path: '/data/{{self}}' } },
    };
    const protocol = templateProtocol(source);
    expect(protocol.carrier).toBe('http');
    const me = protocol.client({ as: 'me', now: 1, room: 'r' });
    expect(me.opened()).toEqual([{ do: 'request', id: 'template-1', method: 'POST', url: '/join/r' }]);
    const response = { id: 'template-1', status: 200, headers: {}, body: '{"id":7}', url: 'http://h/join/r' };
    expect(me.responded?.(response)).toMatchObject([{ do: 'joined', as: 'me' }, { do: 'presence' }, { do: 'wake' }]);
    expect(me.woken?.('keepalive')).toMatchObject([{ do: 'request', method: 'GET', url: '/data/7' }, { do: 'wake' }]);
    expect(me.encode(offer, 'device')).toMatchObject([
      {
        do: 'request',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sdp: SDP }),
      },
    ]);
    expect(me.responded?.({ ...response, body: JSON.stringify({ answer: SDP }) })).toMatchObject([
      { do: 'signal', from: 'device', signal: { type: 'answer' } },
    ]);
    expect(me.responded?.({ ...response, status: 0, error: 'connection refused' })).toMatchObject([{ do: 'problem' }]);
    const out: Frame = {
      data: JSON.stringify({ sdp: SDP }),
      encoding: 'text',
      direction: 'out',
      http: { method: 'POST', url: '/data/7', headers: {} },
    };
    const decoder = protocol.decoder({ client: 'me', server: 'server' });
    const into: Frame = {
      data: '{"id":7}',
      encoding: 'text',
      direction: 'in',
      http: { method: 'POST', url: '/join/r', status: 200, headers: {} },
    };
    decoder.decode(into);
    expect(decoder.decode(out)).toMatchObject({ from: 'me', to: 'device', signals: [{ type: 'offer', sdp: SDP }] });
  });
});

describe('bytes', () => {
  it('come back from base64, base64url and gzip', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64(bytes);
        expect(fromBase64(text)).toEqual(bytes);
        expect(fromBase64(text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))).toEqual(bytes);
        expect(gunzip(gzip(bytes))).toEqual(bytes);
      }),
    );
    expect(fromBase64('not base64!')).toBeUndefined();
    expect(gunzip(utf8('plain'))).toBeUndefined();
    expect(gunzip(gzip(utf8('cut')).slice(0, -9))).toBeUndefined();
  });

  it('are not inflated without end', () => {
    expect(gunzip(gzip(new Uint8Array(3_000_000)))?.length).toBe(3_000_000);
    expect(gunzip(gzip(new Uint8Array(30_000_000)))).toBeUndefined();
  });
});

describe('json', () => {
  it('takes a list of objects as several messages, and any other list as one', () => {
    const me = client('json', (body) => body);
    me.opened();
    const second = { ...answerOf, sdp: `${SDP}t=0 0\r\n` };
    expect(me.received(frame(JSON.stringify([answerOf, { type: 'noise' }, second])))).toMatchObject([
      { do: 'presence', who: 'bob' },
      heard,
      { do: 'signal', from: 'bob', signal: { sdp: second.sdp } },
    ]);
    const listed = client('json', (body) => ['signal', body]);
    listed.opened();
    expect(listed.received(frame(JSON.stringify(['signal', answerOf])))).toContainEqual(heard);
  });
});
