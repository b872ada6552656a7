/**
 * renego at an ion-sfu: the first offer of what we publish goes with the join, and what others publish comes as offers of the
 * server's on a second peer connection.
 */
import type { PartyId, Signal } from '../../core/event.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { createIonDecoder } from './decoder.ts';
import { call, PUBLISHER, readIon, SUBSCRIBER, targetFor } from './wire.ts';

export const CAPABILITIES: Capabilities = {
  trickle: true,
  renegotiation: true,
  restart: 'offer',
  bye: false,
  endOfCandidates: false,
};
const NO_RESTART = 'ion-sfu restarts ICE of what it sends only by itself: its protocol has no message that asks for it';
const SUBSCRIBES: Capabilities = { ...CAPABILITIES, offers: 'them', restart: { why: NO_RESTART } };

export function createIonClient({ as, room }: ClientOptions): Client {
  const decoder = createIonDecoder({ client: as });
  let answered = false;
  let asked = 0;
  /** The server knows nothing of a subscriber before we have joined. */
  const early: string[] = [];

  const send = (raw: string): ClientOutput => {
    // The decoder has to see what was asked to read what is answered.
    decoder.decode({ data: raw, encoding: 'text', direction: 'out' });
    return { do: 'send', raw };
  };

  function offer(sdp: string): readonly ClientOutput[] {
    asked += 1;
    const desc = { type: 'offer', sdp };
    if (asked > 1) return [send(call('offer', { desc }, asked))];
    const config = { NoSubscribe: false };
    return [send(call('join', { sid: room, uid: as, offer: desc, config }, asked)), ...early.splice(0).map(send)];
  }

  function trickle(signal: Extract<Signal, { type: 'candidate' }>, to: PartyId): readonly ClientOutput[] {
    const { candidate, mid, mLine, ufrag } = signal;
    const init = {
      candidate,
      ...(mid !== undefined && { sdpMid: mid }),
      ...(mLine !== undefined && { sdpMLineIndex: mLine }),
      ...(ufrag !== undefined && { usernameFragment: ufrag }),
    };
    const raw = call('trickle', { target: targetFor(to), candidate: init });
    if (asked > 0) return [send(raw)];
    early.push(raw);
    return [];
  }

  return {
    opened: () =>
      room === undefined
        ? [{ do: 'refused', why: 'ion-sfu has no session without a name', hint: 'Name it with --room.' }]
        : [
            // Nobody is in before the first offer, which is the join.
            { do: 'joined', as },
            { do: 'presence', who: PUBLISHER, change: 'join', offers: 'us' },
            { do: 'presence', who: SUBSCRIBER, change: 'join', offers: 'them' },
          ],
    received(frame) {
      const message = readIon(frame);
      const { from = PUBLISHER, signals } = decoder.decode({ ...frame, direction: 'in' });
      if (message?.is === 'error') {
        if (!answered) return [{ do: 'refused', why: `ion-sfu refuses: ${message.why}` }];
        return [{ do: 'problem', code: 'ION_SFU_ERROR', detail: message.why }];
      }
      const told = signals.filter((signal) => 'sdp' in signal || /^(?:candidate|end-of-candidates)$/.test(signal.type));
      answered ||= message?.is === 'result';
      return told.map((signal): ClientOutput => ({ do: 'signal', from, signal }));
    },
    encode(signal, to) {
      switch (signal.type) {
        case 'offer':
          return to === PUBLISHER ? offer(signal.sdp) : undefined;
        case 'answer':
          return to === SUBSCRIBER ? [send(call('answer', { desc: { type: 'answer', sdp: signal.sdp } }))] : undefined;
        case 'candidate':
          return trickle(signal, to);
        case 'end-of-candidates':
          // Pion, which is at the other end, needs no word of it.
          return [];
        default:
          return undefined;
      }
    },
    capabilities: (to) => (to === SUBSCRIBER ? SUBSCRIBES : { ...CAPABILITIES, offers: 'us' }),
  };
}
