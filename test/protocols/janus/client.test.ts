import { expect, it } from 'vitest';
import { janus } from '../../../src/protocols/janus/index.ts';
import type { Client, ClientOptions, ClientOutput } from '../../../src/protocols/protocol.ts';

type Message = Record<string, unknown> & { janus: string; transaction: string };

const sdp = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';

function join(params: Record<string, string>, options: Partial<ClientOptions> = {}) {
  const client: Client = janus.client({ as: 'renego', now: 0, params, ...options });
  const sent: Message[] = [];
  const outputs: ClientOutput[] = [];
  const take = (all: readonly ClientOutput[] | undefined): readonly ClientOutput[] => {
    for (const output of all ?? []) {
      if (output.do === 'send') sent.push(JSON.parse(output.raw) as Message);
      else outputs.push(output);
    }
    return all ?? [];
  };
  const hear = (message: object) =>
    take(client.received({ data: JSON.stringify(message), encoding: 'text', direction: 'in' }));
  const last = () => sent.at(-1) as Message;
  const succeed = (id: number) => hear({ janus: 'success', transaction: last().transaction, data: { id } });
  const event = (sender: number, data: object, more: object = {}) =>
    hear({ janus: 'event', session_id: 7, sender, plugindata: { plugin: 'janus.plugin.x', data }, ...more });
  take(client.opened());
  return { client, sent, outputs, take, hear, last, succeed, event };
}

it('calls the EchoTest, restarts, is answered, hangs up and destroys the session', () => {
  const { client, sent, outputs, take, hear, last, succeed, event } = join({ secret: 's', token: 't' });
  expect(last()).toMatchObject({ janus: 'create', apisecret: 's', token: 't' });
  succeed(7);
  expect(last()).toMatchObject({ janus: 'attach', plugin: 'janus.plugin.echotest', session_id: 7 });
  expect(outputs).toEqual([{ do: 'wake', id: 'keepalive', after: 25_000 }]);
  succeed(11);
  expect(outputs.slice(1)).toEqual([
    { do: 'joined', as: 'renego' },
    { do: 'presence', who: 'echotest', change: 'join' },
  ]);
  take(client.encode({ type: 'offer', pc: 'p', sdp }, 'echotest'));
  expect(last()).toMatchObject({ janus: 'message', handle_id: 11, body: { audio: true, video: false } });
  expect(last().jsep).toEqual({ type: 'offer', sdp });
  take(client.encode({ type: 'candidate', pc: 'p', candidate: 'candidate:1', mid: '0', mLine: 0 }, 'echotest'));
  expect(last()).toMatchObject({ janus: 'trickle', candidate: { candidate: 'candidate:1', sdpMid: '0' } });
  take(client.encode({ type: 'end-of-candidates', pc: 'p', mid: '0' }, 'echotest'));
  expect(last()).toMatchObject({ janus: 'trickle', candidate: { completed: true } });
  expect(event(11, { echotest: 'event', result: 'ok' }, { jsep: { type: 'answer', sdp } })).toEqual([
    { do: 'signal', from: 'echotest', signal: { type: 'answer', pc: 'echotest+renego', sdp } },
  ]);
  expect(take(client.woken?.('keepalive')).map((output) => output.do)).toEqual(['send', 'wake']);
  expect(last()).toMatchObject({ janus: 'keepalive', session_id: 7 });
  take(client.encode({ type: 'bye', pc: 'p' }, 'echotest'));
  expect(last()).toMatchObject({ janus: 'hangup', handle_id: 11 });
  expect(hear({ janus: 'hangup', session_id: 7, sender: 11, reason: 'Close PC' })).toEqual([]);
  take(client.leave?.());
  expect(last()).toMatchObject({ janus: 'destroy', session_id: 7 });
  expect(new Set(sent.map(({ transaction }) => transaction)).size).toBe(sent.length);
});

it('hears when Janus hangs up, and begins another session when it forgot this one', () => {
  const { client, outputs, take, hear, last, succeed } = join({});
  succeed(7);
  succeed(11);
  take(client.encode({ type: 'offer', pc: 'p', sdp }, 'echotest'));
  const bye = { do: 'signal', from: 'echotest', signal: { type: 'bye', pc: 'echotest+renego' } };
  expect(hear({ janus: 'hangup', session_id: 7, sender: 11, reason: 'DTLS alert' })).toEqual([bye]);
  hear({ janus: 'timeout', session_id: 7 });
  expect(outputs.at(-1)).toMatchObject({ do: 'problem', code: 'JANUS_TIMEOUT' });
  expect(last()).toMatchObject({ janus: 'create' });
  expect(last()).not.toHaveProperty('session_id');
});

it('says why Janus refuses, before we are in and after', () => {
  const early = join({});
  early.hear({ janus: 'error', transaction: early.last().transaction, error: { code: 403, reason: 'Unauthorized' } });
  expect(early.outputs).toEqual([
    { do: 'refused', why: 'Janus error 403: Unauthorized', hint: expect.stringContaining('secret') },
  ]);
  const late = join({});
  late.succeed(7);
  late.succeed(11);
  late.event(11, { echotest: 'event', error_code: 413, error: 'Invalid element' });
  expect(late.outputs.at(-1)).toEqual({
    do: 'problem',
    code: 'JANUS_413',
    detail: 'Janus error 413: Invalid element',
  });
  const unknown = join({ plugin: 'streaming' });
  expect(unknown.outputs).toEqual([
    {
      do: 'refused',
      why: "renego does not know the plugin 'streaming'",
      hint: 'It knows echotest, videocall, videoroom: --param plugin=…',
    },
  ]);
});

it('publishes in a VideoRoom, and subscribes to feeds on handles of their own, where Janus offers', () => {
  const { client, outputs, take, last, succeed, event } = join(
    { plugin: 'videoroom', feed: 'all', pin: 'p', display: 'me' },
    { room: '1234' },
  );
  succeed(7);
  succeed(11);
  expect(last().body).toEqual({ request: 'join', room: 1234, pin: 'p', ptype: 'publisher', display: 'me' });
  const publishers = [{ id: 5, display: 'alice' }];
  event(11, { videoroom: 'joined', room: 1234, id: 9, private_id: 3, publishers });
  expect(outputs.slice(1)).toEqual([
    { do: 'joined', as: 'renego' },
    { do: 'presence', who: 'videoroom', change: 'join' },
    { do: 'presence', who: 'alice', change: 'join' },
  ]);
  expect(client.capabilities?.('videoroom', 'p')).toMatchObject({ offers: 'us', restart: 'offer' });
  expect(client.capabilities?.('alice', 'p')).toMatchObject({ offers: 'them', restart: 'ask' });

  succeed(12);
  expect(last()).toMatchObject({ handle_id: 12, body: { request: 'join', ptype: 'subscriber', private_id: 3 } });
  const offered = event(
    12,
    { videoroom: 'attached', room: 1234, streams: [{ feed_id: 5, feed_display: 'alice' }] },
    { jsep: { type: 'offer', sdp } },
  );
  expect(offered).toEqual([{ do: 'signal', from: 'alice', signal: { type: 'offer', pc: 'alice+renego', sdp } }]);
  take(client.encode({ type: 'answer', pc: 'p', sdp }, 'alice'));
  expect(last()).toMatchObject({ handle_id: 12, body: { request: 'start' }, jsep: { type: 'answer' } });

  take(client.encode({ type: 'offer', pc: 'p', sdp }, 'videoroom'));
  expect(last()).toMatchObject({ handle_id: 11, body: { request: 'configure', audio: true, video: false } });
  take(client.ask?.('restart-ice', 'alice', { pc: 'p', media: [] }));
  expect(last()).toMatchObject({ handle_id: 12, body: { request: 'configure', restart: true } });
  expect(client.ask?.('restart-ice', 'videoroom', { pc: 'p', media: [] })).toBeUndefined();

  expect(event(11, { videoroom: 'event', leaving: 5 }).slice(0, 2)).toEqual([
    { do: 'presence', who: 'alice', change: 'leave' },
    { do: 'signal', from: 'alice', signal: { type: 'bye', pc: 'alice+renego' } },
  ]);
  expect(last()).toMatchObject({ janus: 'detach', handle_id: 12 });
  take(client.encode({ type: 'bye', pc: 'p' }, 'videoroom'));
  expect(last().body).toEqual({ request: 'unpublish' });
});

it('subscribes to one feed without entering as a publisher, and again when asked', () => {
  const { client, outputs, take, last, succeed, event } = join({ plugin: 'videoroom', feed: '5' });
  succeed(7);
  succeed(12);
  expect(last().body).toEqual({ request: 'join', room: 1234, ptype: 'subscriber', streams: [{ feed: 5 }] });
  event(12, { videoroom: 'attached', streams: [{ feed_id: 5, feed_display: 'al' }] }, { jsep: { type: 'offer', sdp } });
  expect(outputs.slice(1).map((output) => output.do)).toEqual(['joined', 'presence', 'signal']);
  take(client.encode({ type: 'bye', pc: 'p' }, 'feed 5'));
  expect(last()).toMatchObject({ janus: 'detach', handle_id: 12 });
  take(client.ask?.('offer', 'feed 5', { pc: 'p', media: [] }));
  expect(last()).toMatchObject({ janus: 'attach' });
});

it('calls and is called through the VideoCall plugin', () => {
  const { client, outputs, take, last, succeed, event } = join({ plugin: 'videocall' });
  succeed(7);
  succeed(11);
  expect(last().body).toEqual({ request: 'register', username: 'renego' });
  event(11, { videocall: 'event', result: { event: 'registered', username: 'renego' } });
  expect(last().body).toEqual({ request: 'list' });
  event(11, { videocall: 'event', result: { list: ['bob', 'renego'] } });
  expect(outputs.at(-1)).toEqual({ do: 'presence', who: 'bob', change: 'join' });

  take(client.encode({ type: 'offer', pc: 'p', sdp }, 'bob'));
  expect(last().body).toEqual({ request: 'call', username: 'bob' });
  event(11, { videocall: 'event', result: { event: 'calling', username: 'bob' } });
  expect(event(11, { result: { event: 'accepted', username: 'bob' } }, { jsep: { type: 'answer', sdp } })).toEqual([
    { do: 'signal', from: 'bob', signal: { type: 'answer', pc: 'bob+renego', sdp } },
  ]);
  take(client.encode({ type: 'offer', pc: 'p', sdp }, 'bob'));
  expect(last().body).toEqual({ request: 'set' });
  expect(client.encode({ type: 'offer', pc: 'p', sdp }, 'carol')).toBeUndefined();
  const hangup = event(11, { result: { event: 'hangup', username: 'bob', reason: 'Remote WebRTC hangup' } });
  expect(hangup.at(-1)).toEqual({ do: 'signal', from: 'bob', signal: { type: 'bye', pc: 'bob+renego' } });

  event(11, { result: { event: 'incomingcall', username: 'carol' } }, { jsep: { type: 'offer', sdp } });
  expect(outputs.slice(-2)).toEqual([
    { do: 'presence', who: 'carol', change: 'join' },
    { do: 'signal', from: 'carol', signal: { type: 'offer', pc: 'carol+renego', sdp } },
  ]);
  take(client.encode({ type: 'answer', pc: 'p', sdp }, 'carol'));
  expect(last().body).toEqual({ request: 'accept' });
  take(client.encode({ type: 'bye', pc: 'p' }, 'carol'));
  expect(last().body).toEqual({ request: 'hangup' });
  take(client.woken?.('list'));
  expect(last().body).toEqual({ request: 'list' });
});
