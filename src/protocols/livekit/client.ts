/** renego in a LiveKit room: we offer what we publish, the server offers what there is to subscribe to. */
import type { JoinResponse, SignalRequest, SignalResponse } from '@livekit/protocol';
import type { PartyId, Signal } from '../../core/event.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { rtcAddress } from './address.ts';
import { createLivekitDecoder, PUBLISHER, SUBSCRIBER } from './decoder.ts';
import { addTrack, offeredTracks } from './tracks.ts';
import { base64Of, messages, readFrame } from './wire.ts';

type Offer = Extract<Signal, { sdp: string }>;

const PING = 'ping';
const PUBLISHED = 'published';
/** How long an offer waits until the server has taken note of its tracks. */
const PUBLISH_MS = 5_000;

const FOR_CALLS: ReadonlySet<string> = new Set(['offer', 'answer', 'candidate', 'end-of-candidates', 'bye']);

export const CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  bye: true,
  endOfCandidates: true,
};
const PUBLISHES: Capabilities = { ...CAPABILITIES, offers: 'us' };
const SUBSCRIBES: Capabilities = { ...CAPABILITIES, offers: 'them', restart: 'ask' };

export function createLivekitClient(options: ClientOptions): Client {
  const decoder = createLivekitDecoder({ client: options.as });
  const text = options.params?.format === 'json';
  let session: { sid: string; token: string } | undefined;
  let dialled = false;
  let resuming = false;
  let left = false;
  let pingMs = 0;
  let pings = 0;
  let offers = 0;
  /** The id of the server's offer that is open. */
  let theirs = 0;
  /** Tracks the server knows of, and those it has been told of. */
  const published = new Set<string>();
  const announced = new Set<string>();
  let held: Offer | undefined;
  let answer: string | undefined;

  function send(message: SignalRequest['message']): ClientOutput {
    const request = new (messages().SignalRequest)({ message } as never);
    if (text) return { do: 'send', raw: request.toJsonString() };
    return { do: 'send', raw: base64Of(request.toBinary()), encoding: 'base64' };
  }

  const describe = (type: 'offer' | 'answer', sdp: string, id: number, midToTrackId: Record<string, string> = {}) =>
    new (messages().SessionDescription)({ type, sdp, id, midToTrackId });

  /** Once nothing is waited for any more: the offer that was held back. */
  function release(force: boolean): readonly ClientOutput[] {
    if (!held || (!force && offeredTracks(held.sdp).some(({ cid }) => !published.has(cid)))) return [];
    const { sdp } = held;
    held = undefined;
    offers += 1;
    const mids = Object.fromEntries(offeredTracks(sdp).map(({ mid, cid }) => [mid, cid]));
    return [send({ case: 'offer', value: describe('offer', sdp, offers, mids) })];
  }

  function offer(signal: Offer): readonly ClientOutput[] {
    held = signal;
    const fresh = offeredTracks(signal.sdp).filter(({ cid }) => !announced.has(cid));
    for (const { cid } of fresh) announced.add(cid);
    const told = fresh.map((track) => send({ case: 'addTrack', value: addTrack(track) }));
    return [
      ...told,
      ...(fresh.length > 0 ? [{ do: 'wake', id: PUBLISHED, after: PUBLISH_MS } as const] : release(false)),
    ];
  }

  function joined(join: JoinResponse): readonly ClientOutput[] {
    session = { sid: join.participant?.sid ?? '', token: session?.token ?? '' };
    pingMs = Math.min(Math.max(join.pingInterval, 1), 60) * 1_000;
    return [
      ...iceServers(join.iceServers),
      { do: 'joined', as: options.as },
      { do: 'wake', id: PING, after: pingMs },
      { do: 'presence', who: PUBLISHER, change: 'join' },
      { do: 'presence', who: SUBSCRIBER, change: 'join' },
    ];
  }

  const iceServers = (list: JoinResponse['iceServers']): readonly ClientOutput[] => {
    const servers = list.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== '' && { username }),
      ...(credential !== '' && { credential }),
    }));
    return servers.length > 0 ? [{ do: 'ice-servers', servers }] : [];
  };

  /** The session goes on: the server offers anew to the subscriber, and what we publish is restarted by us. */
  function resumed(list: JoinResponse['iceServers']): readonly ClientOutput[] {
    const { SyncState, UpdateSubscription } = messages();
    const value = new SyncState({
      subscription: new UpdateSubscription({ subscribe: true }),
      ...(answer !== undefined && { answer: describe('answer', answer, theirs) }),
    });
    return [
      ...iceServers(list),
      { do: 'joined', as: options.as },
      send({ case: 'syncState', value }),
      ...(offers > 0 ? [{ do: 'wanted', from: PUBLISHER, iceRestart: true } as const] : []),
    ];
  }

  function asked(message: SignalResponse['message']): readonly ClientOutput[] {
    switch (message.case) {
      case 'join':
        return joined(message.value);
      case 'reconnect':
        resuming = false;
        return resumed(message.value.iceServers);
      case 'trackPublished':
        if (published.size < 1_000) published.add(message.value.cid);
        return release(false);
      case 'offer':
        theirs = message.value.id;
        return [];
      case 'refreshToken':
        if (session) session = { ...session, token: message.value };
        return [];
      case 'requestResponse': {
        const { RequestResponse_Reason } = messages();
        const { reason, message: why } = message.value;
        if (reason === RequestResponse_Reason.OK || reason === RequestResponse_Reason.QUEUED) return [];
        const name = RequestResponse_Reason[reason] ?? String(reason);
        return [{ do: 'problem', code: `LIVEKIT_${name}`, detail: why || `the server refuses a request: ${name}` }];
      }
      case 'leave':
        return toldToLeave(message.value);
      default:
        return [];
    }
  }

  function toldToLeave({ action, reason }: Extract<SignalResponse['message'], { case: 'leave' }>['value']) {
    const { DisconnectReason, LeaveRequest_Action } = messages();
    const why = DisconnectReason[reason] ?? String(reason);
    if (action === LeaveRequest_Action.RESUME) return resume();
    const problem: ClientOutput = { do: 'problem', code: 'LIVEKIT_LEAVE', detail: `the server sends us away: ${why}` };
    if (session) return [problem];
    return [{ do: 'refused', why: `the server sends us away: ${why}`, hint: 'Look at --param token.' } as const];
  }

  function resume(): readonly ClientOutput[] {
    if (!session) return [];
    resuming = true;
    return [{ do: 'open', url: rtcAddress(options, session) }];
  }

  const goodbye = (): readonly ClientOutput[] => {
    if (left || !session) return [];
    left = true;
    const { DisconnectReason, LeaveRequest, LeaveRequest_Action } = messages();
    const reason = DisconnectReason.CLIENT_INITIATED;
    return [send({ case: 'leave', value: new LeaveRequest({ action: LeaveRequest_Action.DISCONNECT, reason }) })];
  };

  function encode(signal: Signal, to: PartyId): readonly ClientOutput[] | undefined {
    const { SignalTarget, TrickleRequest } = messages();
    const target = to === PUBLISHER ? SignalTarget.PUBLISHER : SignalTarget.SUBSCRIBER;
    switch (signal.type) {
      case 'offer':
        return to === PUBLISHER ? offer(signal) : undefined;
      case 'answer':
        if (to !== SUBSCRIBER) return undefined;
        answer = signal.sdp;
        return [send({ case: 'answer', value: describe('answer', signal.sdp, theirs) })];
      case 'candidate':
      case 'end-of-candidates': {
        const candidateInit = JSON.stringify(initOf(signal));
        const final = signal.type === 'end-of-candidates';
        return [send({ case: 'trickle', value: new TrickleRequest({ candidateInit, target, final }) })];
      }
      case 'bye':
        // There is one goodbye for both.
        return goodbye();
      default:
        return undefined;
    }
  }

  return {
    opened() {
      const first = !dialled;
      dialled = true;
      return first ? [{ do: 'open', url: rtcAddress(options) }] : [];
    },
    received(frame) {
      const read = readFrame({ ...frame, direction: 'in' });
      const { from, signals } = decoder.decode({ ...frame, direction: 'in' });
      if (!('response' in read)) return [];
      const outputs = asked(read.response);
      const told = signals.filter(({ type }) => FOR_CALLS.has(type));
      const party = (signal: Signal): PartyId =>
        from ?? ('pc' in signal && signal.pc?.includes(SUBSCRIBER) ? SUBSCRIBER : PUBLISHER);
      return [...outputs, ...told.map((signal): ClientOutput => ({ do: 'signal', from: party(signal), signal }))];
    },
    woken(id) {
      if (id === PUBLISHED) return release(true);
      if (id !== PING) return [];
      pings += 1;
      const timestamp = BigInt(options.now + pings * pingMs);
      const value = new (messages().Ping)({ timestamp });
      return [send({ case: 'pingReq', value }), { do: 'wake', id: PING, after: pingMs }];
    },
    encode,
    capabilities: (to) => (to === SUBSCRIBER ? SUBSCRIBES : PUBLISHES),
    ask(what, to) {
      if (to !== SUBSCRIBER) return undefined;
      // It offers by itself as soon as there is something to subscribe to.
      if (what === 'offer') return [];
      // The way LiveKit's own clients get there: the session is taken up again on another socket.
      return resuming ? undefined : resume();
    },
    leave: goodbye,
  };
}

function initOf(signal: Extract<Signal, { type: 'candidate' | 'end-of-candidates' }>): object {
  return {
    candidate: signal.type === 'candidate' ? signal.candidate : '',
    ...(signal.mid !== undefined && { sdpMid: signal.mid }),
    ...(signal.type === 'candidate' && signal.mLine !== undefined && { sdpMLineIndex: signal.mLine }),
    ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
  };
}
