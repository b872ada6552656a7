/**
 * Reads the frames of one connection to a LiveKit server. There are two peer connections on it: we offer on `publisher`,
 * the server on `subscriber`.
 */
import type { ParticipantInfo, SessionDescription, TrickleRequest } from '@livekit/protocol';
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { clip, parseJson, readCandidateInit } from '../json.ts';
import type { Decoded, Decoder, Frame } from '../protocol.ts';
import { provocation } from './provoke.ts';
import { messages, type Read, readFrame } from './wire.ts';

export const PUBLISHER: PartyId = 'publisher';
export const SUBSCRIBER: PartyId = 'subscriber';

/** What one message says, and to do with which of the two; undefined for the session as a whole. */
interface Said {
  readonly peer?: PartyId;
  readonly signals: readonly Signal[];
}

export function createLivekitDecoder({ client }: { readonly client: PartyId }): Decoder {
  /** Participants who are there, so that an update of one is not its coming. */
  const present = new Set<string>();
  /** The session is there, in frames of this kind. */
  let joined: Frame['encoding'] | undefined;
  const pcs = { [PUBLISHER]: pairId(client, PUBLISHER), [SUBSCRIBER]: pairId(client, SUBSCRIBER) };
  const pcOf = (peer: PartyId): string => pcs[peer] ?? '';

  function description(value: SessionDescription, type: 'offer' | 'answer', peer: PartyId): Said {
    return { peer, signals: [{ type, pc: pcOf(peer), sdp: value.sdp, ...(value.id > 0 && { id: String(value.id) }) }] };
  }

  function trickle({ candidateInit, target, final }: TrickleRequest): Said {
    const peer = target === messages().SignalTarget.PUBLISHER ? PUBLISHER : SUBSCRIBER;
    const one = readCandidateInit(parseJson(candidateInit), 'trickle', pcOf(peer));
    if (!final) return { peer, signals: [one] };
    const end: Signal = { type: 'end-of-candidates', pc: pcOf(peer) };
    return { peer, signals: one.type === 'candidate' ? [one, end] : [one.type === 'other' ? end : one] };
  }

  function presence(list: readonly ParticipantInfo[]): readonly Signal[] {
    const { ParticipantInfo_State } = messages();
    return list.slice(0, 200).flatMap(({ identity, state }): readonly Signal[] => {
      const gone = state === ParticipantInfo_State.DISCONNECTED;
      const who = clip(identity);
      if (who === '' || gone !== present.has(who)) return [];
      if (gone) present.delete(who);
      else if (present.size < 1_000) present.add(who);
      return [{ type: 'presence', who, change: gone ? 'leave' : 'join' }];
    });
  }

  const byes = (): readonly Signal[] => [PUBLISHER, SUBSCRIBER].map((peer) => ({ type: 'bye', pc: pcOf(peer) }));

  function request(message: Extract<Read, { request: unknown }>['request']): Said {
    switch (message.case) {
      case 'offer':
        return description(message.value, 'offer', PUBLISHER);
      case 'answer':
        return description(message.value, 'answer', SUBSCRIBER);
      case 'trickle':
        return trickle(message.value);
      case 'leave':
        return { signals: [{ type: 'request', method: 'leave' }, ...byes()] };
      case 'addTrack': {
        const kind = messages().TrackType[message.value.type]?.toLowerCase() ?? 'track';
        return {
          peer: PUBLISHER,
          signals: [{ type: 'request', method: `addTrack ${kind}`, id: clip(message.value.cid) }],
        };
      }
      default:
        return { signals: [{ type: 'request', method: message.case ?? 'nothing' }] };
    }
  }

  function response(message: Extract<Read, { response: unknown }>['response']): Said {
    const told = (method: string, ...more: readonly Signal[]): Said => ({
      signals: [{ type: 'notify', method: clip(method) }, ...more],
    });
    switch (message.case) {
      case 'answer':
        return description(message.value, 'answer', PUBLISHER);
      case 'offer':
        return description(message.value, 'offer', SUBSCRIBER);
      case 'trickle':
        return trickle(message.value);
      case 'join':
        return told(`join ${message.value.room?.name ?? ''}`, ...presence(message.value.otherParticipants));
      case 'update':
        return told('update', ...presence(message.value.participants));
      case 'trackPublished':
        return {
          peer: PUBLISHER,
          signals: [{ type: 'notify', method: 'trackPublished', id: clip(message.value.cid) }],
        };
      case 'leave': {
        const { DisconnectReason, LeaveRequest_Action } = messages();
        const { action, reason } = message.value;
        const ends = action !== LeaveRequest_Action.RESUME;
        return told(`leave ${LeaveRequest_Action[action]} ${DisconnectReason[reason]}`, ...(ends ? byes() : []));
      }
      case 'requestResponse': {
        const { reason, message: why } = message.value;
        const ok = reason === messages().RequestResponse_Reason.OK;
        const method = `requestResponse ${messages().RequestResponse_Reason[reason]} ${why}`.trim();
        return { signals: [{ type: 'response', method: clip(method), ok }] };
      }
      default:
        return told(message.case ?? 'nothing');
    }
  }

  return {
    provoke: (what) => provocation(what, joined),
    decode(frame): Decoded {
      const read = readFrame(frame);
      if ('fault' in read) return { signals: [{ type: 'other', label: read.fault }] };
      if ('response' in read && /^(?:join|reconnect)$/.test(read.response.case ?? '')) joined = frame.encoding;
      const { peer, signals } = 'request' in read ? request(read.request) : response(read.response);
      if (peer === undefined) return { signals };
      return frame.direction === 'out' ? { from: client, to: peer, signals } : { from: peer, to: client, signals };
    },
  };
}
