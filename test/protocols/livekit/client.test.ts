import {
  AddTrackRequest,
  DisconnectReason,
  ICEServer,
  JoinResponse,
  LeaveRequest,
  LeaveRequest_Action,
  ParticipantInfo,
  ReconnectResponse,
  RequestResponse,
  RequestResponse_Reason,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SignalTarget,
  TrackPublishedResponse,
  TrackType,
  TrickleRequest,
} from '@livekit/protocol';
import { beforeAll, expect, it } from 'vitest';
import { livekit } from '../../../src/protocols/livekit/index.ts';
import type { ClientOutput } from '../../../src/protocols/protocol.ts';

beforeAll(() => livekit.load?.());

const sdp = 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=msid:s track\r\na=sendrecv\r\n';
const pc = 'me+publisher';

function room(params: Record<string, string> = {}) {
  const client = livekit.client({ as: 'me', now: 1_000, url: 'ws://h/', params: { token: 't', ...params } });
  const sent: SignalRequest['message'][] = [];
  const outputs: ClientOutput[] = [];
  function take(all: readonly ClientOutput[] | undefined): readonly ClientOutput[] {
    for (const output of all ?? []) {
      if (output.do !== 'send') outputs.push(output);
      else if (output.encoding === 'base64')
        sent.push(SignalRequest.fromBinary(Buffer.from(output.raw, 'base64')).message);
      else sent.push(SignalRequest.fromJsonString(output.raw).message);
    }
    return all ?? [];
  }
  const hear = (message: SignalResponse['message'], text = false) => {
    const response = new SignalResponse({ message } as never);
    const data = text ? response.toJsonString() : Buffer.from(response.toBinary()).toString('base64');
    return take(client.received({ data, encoding: text ? 'text' : 'base64', direction: 'in' }));
  };
  take(client.opened());
  return { client, sent, outputs, take, hear };
}

function joined(params: Record<string, string> = {}) {
  const one = room(params);
  const participant = new ParticipantInfo({ identity: 'someone', sid: 'PA_1' });
  const iceServers = [
    new ICEServer({ urls: ['stun:s'] }),
    new ICEServer({ urls: ['turn:t'], username: 'u', credential: 'c' }),
  ];
  one.hear({ case: 'join', value: new JoinResponse({ participant, pingInterval: 5, iceServers }) });
  return one;
}

const description = (type: string, id = 0) => new SessionDescription({ type, sdp, id });

it('dials with the token, and joins', () => {
  const { outputs, client } = joined();
  expect(outputs).toEqual([
    { do: 'open', url: 'ws://h/rtc?auto_subscribe=1&protocol=16&sdk=js&access_token=t' },
    { do: 'ice-servers', servers: [{ urls: ['stun:s'] }, { urls: ['turn:t'], username: 'u', credential: 'c' }] },
    { do: 'joined', as: 'me' },
    { do: 'wake', id: 'ping', after: 5_000 },
    { do: 'presence', who: 'publisher', change: 'join' },
    { do: 'presence', who: 'subscriber', change: 'join' },
  ]);
  expect(client.opened()).toEqual([]);
  expect(client.capabilities?.('publisher', pc)).toMatchObject({ offers: 'us', restart: 'offer' });
  expect(client.capabilities?.('subscriber', pc)).toMatchObject({ offers: 'them', restart: 'ask' });
});

it('announces a track, waits until it is taken note of, and offers', () => {
  const { client, sent, outputs, take, hear } = joined();
  take(client.encode({ type: 'offer', pc, sdp }, 'publisher'));
  expect(sent).toMatchObject([{ case: 'addTrack', value: { cid: 'track', type: TrackType.VIDEO } }]);
  expect(sent[0]?.value).toBeInstanceOf(AddTrackRequest);
  expect(outputs.at(-1)).toEqual({ do: 'wake', id: 'published', after: 5_000 });
  hear({ case: 'trackPublished', value: new TrackPublishedResponse({ cid: 'track' }) });
  expect(sent.at(-1)).toMatchObject({ case: 'offer', value: { sdp, id: 1, midToTrackId: { '0': 'track' } } });
  const answer = hear({ case: 'answer', value: description('answer', 1) });
  expect(answer).toEqual([{ do: 'signal', from: 'publisher', signal: { type: 'answer', pc, sdp, id: '1' } }]);
  // A restart has nothing new to announce.
  take(client.encode({ type: 'offer', pc, sdp }, 'publisher'));
  expect(sent.at(-1)).toMatchObject({ case: 'offer', value: { id: 2 } });
  expect(client.encode({ type: 'answer', pc, sdp }, 'publisher')).toBeUndefined();
});

it('offers all the same where the server never says that it knows the track', () => {
  const { client, sent, take } = joined();
  take(client.encode({ type: 'offer', pc, sdp }, 'publisher'));
  take(client.woken?.('published'));
  expect(sent.at(-1)).toMatchObject({ case: 'offer' });
  expect(client.woken?.('published')).toEqual([]);
});

it('answers the offers of the server, and trickles to each of the two', () => {
  const { client, sent, take, hear } = joined();
  const subscriber = 'me+subscriber';
  expect(hear({ case: 'offer', value: description('offer', 7) })).toEqual([
    { do: 'signal', from: 'subscriber', signal: { type: 'offer', pc: subscriber, sdp, id: '7' } },
  ]);
  take(client.encode({ type: 'answer', pc: subscriber, sdp }, 'subscriber'));
  expect(sent.at(-1)).toMatchObject({ case: 'answer', value: { sdp, id: 7 } });
  expect(client.encode({ type: 'offer', pc: subscriber, sdp }, 'subscriber')).toBeUndefined();
  take(
    client.encode({ type: 'candidate', pc: subscriber, candidate: 'candidate:1', mid: '0', mLine: 0 }, 'subscriber'),
  );
  expect(sent.at(-1)).toMatchObject({ case: 'trickle', value: { target: SignalTarget.SUBSCRIBER, final: false } });
  take(client.encode({ type: 'end-of-candidates', pc, mid: '0' }, 'publisher'));
  expect(sent.at(-1)).toMatchObject({ case: 'trickle', value: { target: SignalTarget.PUBLISHER, final: true } });
  const candidateInit = '{"candidate":"candidate:2","sdpMid":"0","sdpMLineIndex":0}';
  const heard = hear({
    case: 'trickle',
    value: new TrickleRequest({ candidateInit, target: SignalTarget.SUBSCRIBER }),
  });
  expect(heard).toMatchObject([
    { from: 'subscriber', signal: { type: 'candidate', candidate: 'candidate:2', mid: '0' } },
  ]);
});

it('pings, in JSON where that is wanted, and says goodbye once', () => {
  const { client, sent, take, hear } = joined({ format: 'json' });
  expect(take(client.woken?.('ping')).map((output) => output.do)).toEqual(['send', 'wake']);
  expect(sent.at(-1)).toMatchObject({ case: 'pingReq', value: { timestamp: 6_000n } });
  expect(hear({ case: 'offer', value: description('offer') }, true)).toMatchObject([{ from: 'subscriber' }]);
  take(client.encode({ type: 'bye', pc }, 'publisher'));
  expect(sent.at(-1)).toMatchObject({ case: 'leave', value: { reason: DisconnectReason.CLIENT_INITIATED } });
  expect(client.leave?.()).toEqual([]);
});

it('restarts the subscriber by taking the session up again, and then what it publishes', () => {
  const { client, sent, outputs, take, hear } = joined();
  take(client.encode({ type: 'offer', pc, sdp }, 'publisher'));
  hear({ case: 'trackPublished', value: new TrackPublishedResponse({ cid: 'track' }) });
  hear({ case: 'offer', value: description('offer', 3) });
  take(client.encode({ type: 'answer', pc: 'me+subscriber', sdp }, 'subscriber'));
  hear({ case: 'refreshToken', value: 'fresh' });
  take(client.ask?.('restart-ice', 'subscriber', { pc, media: [] }));
  expect(outputs.at(-1)).toMatchObject({
    do: 'open',
    url: expect.stringMatching(/access_token=fresh&reconnect=1&sid=PA_1$/),
  });
  expect(client.ask?.('restart-ice', 'subscriber', { pc, media: [] })).toBeUndefined();
  const heard = hear({ case: 'reconnect', value: new ReconnectResponse({}) });
  expect(sent.at(-1)).toMatchObject({ case: 'syncState', value: { answer: { sdp, id: 3 } } });
  expect(heard.at(-1)).toEqual({ do: 'wanted', from: 'publisher', iceRestart: true });
});

it('obeys when it is told to come back, and tells when it is sent away', () => {
  const { outputs, hear } = joined();
  hear({ case: 'leave', value: new LeaveRequest({ action: LeaveRequest_Action.RESUME }) });
  expect(outputs.at(-1)).toMatchObject({ do: 'open' });
  const reason = DisconnectReason.DUPLICATE_IDENTITY;
  const heard = hear({ case: 'leave', value: new LeaveRequest({ action: LeaveRequest_Action.DISCONNECT, reason }) });
  expect(heard).toMatchObject([
    { do: 'problem', code: 'LIVEKIT_LEAVE', detail: 'the server sends us away: DUPLICATE_IDENTITY' },
    { do: 'signal', from: 'publisher', signal: { type: 'bye' } },
    { do: 'signal', from: 'subscriber', signal: { type: 'bye' } },
  ]);
  const early = room();
  early.hear({ case: 'leave', value: new LeaveRequest({ reason: DisconnectReason.ROOM_DELETED }) });
  expect(early.outputs.at(1)).toMatchObject({ do: 'refused', why: expect.stringContaining('ROOM_DELETED') });
  const why = new RequestResponse({ reason: RequestResponse_Reason.NOT_ALLOWED, message: 'no publishing' });
  hear({ case: 'requestResponse', value: why });
  expect(outputs.at(-1)).toEqual({ do: 'problem', code: 'LIVEKIT_NOT_ALLOWED', detail: 'no publishing' });
});
