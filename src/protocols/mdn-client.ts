/** renego's own part in an MDN room: wait for the id, give our name with exactly that id, wait for the list. */
import type { PartyId, Signal } from '../core/event.ts';
import { createMdnDecoder } from './mdn-decoder.ts';
import { readMessage } from './mdn-wire.ts';
import type { Client, ClientOptions, ClientOutput } from './protocol.ts';

const GREETING = 'greeting';
const GREETING_MS = 10_000;

export function createMdnClient(options: ClientOptions): Client {
  const decoder = createMdnDecoder({ client: options.as });
  let as: PartyId = options.as;
  let phase: 'id' | 'list' | 'in' = 'id';
  let heardSomething = false;

  /** The frame as text; the decoder hears it too, so that it knows whom we talk with. */
  const say = (message: Record<string, unknown>): string => {
    const raw = JSON.stringify(message);
    decoder.decode({ data: raw, encoding: 'text', direction: 'out' });
    return raw;
  };

  const join = (type: string, body: Record<string, unknown>): ClientOutput[] => {
    if (type === 'id' && phase === 'id') {
      phase = 'list';
      // The server crashes on an id it did not give, so it goes back exactly as it came.
      return [{ do: 'send', raw: say({ name: as, date: options.now, id: body.id, type: 'username' }) }];
    }
    if (type === 'rejectusername' && phase !== 'id') {
      if (typeof body.name !== 'string' || body.name === '') {
        return [{ do: 'refused', why: `the server refuses the name "${as}" and offers no other` }];
      }
      const detail = `the name "${as}" is taken; the server calls us "${body.name}"`;
      as = body.name;
      const again: ClientOutput[] = phase === 'in' ? [{ do: 'joined', as }] : [];
      return [{ do: 'problem', code: 'NAME_TAKEN', detail }, ...again];
    }
    if (type === 'userlist' && phase === 'list') {
      phase = 'in';
      return [{ do: 'joined', as }];
    }
    return [];
  };

  return {
    opened: () => (phase === 'id' ? [{ do: 'wake', id: GREETING, after: GREETING_MS }] : []),
    woken(id) {
      if (id !== GREETING || phase !== 'id' || heardSomething) return [];
      const text = `the server has said nothing for ${GREETING_MS / 1000} seconds, and MDN's greets at once: if it is another system, name it with --protocol`;
      return [{ do: 'note', text }];
    },
    received(frame) {
      heardSomething = true;
      const message = readMessage(frame);
      const { from, to, signals } = decoder.decode(frame);
      if ('fault' in message) return [];
      const outputs = join(message.type, message.body);
      for (const signal of signals) {
        const output = heard(signal, as, from, to);
        if (output) outputs.push(output);
      }
      return outputs;
    },
    encode: (signal, to) => encode(signal, as, to, say)?.map((raw) => ({ do: 'send', raw })),
  };
}

/** What a signal means to us: presence for all, the rest only if another sent it to us. */
function heard(
  signal: Signal,
  as: PartyId,
  from: PartyId | undefined,
  to: PartyId | undefined,
): ClientOutput | undefined {
  switch (signal.type) {
    case 'presence':
      return { do: 'presence', who: signal.who, change: signal.change };
    case 'offer':
    case 'answer':
    case 'pranswer':
    case 'rollback':
    case 'candidate':
    case 'end-of-candidates':
    case 'bye':
      if (from === as || (to !== undefined && to !== as)) return undefined;
      if (from !== undefined) return { do: 'signal', from, signal };
      return { do: 'problem', code: 'SENDER_UNKNOWN', detail: `${signal.type} names no sender, and several are here` };
    default:
      return undefined;
  }
}

function encode(
  signal: Signal,
  name: PartyId,
  target: PartyId,
  say: (message: Record<string, unknown>) => string,
): readonly string[] | undefined {
  switch (signal.type) {
    case 'offer':
      return [say({ name, target, type: 'video-offer', sdp: { type: 'offer', sdp: signal.sdp } })];
    case 'answer':
    case 'pranswer':
      return [say({ name, target, type: 'video-answer', sdp: { type: signal.type, sdp: signal.sdp } })];
    case 'candidate':
      return [say(candidateMessage(name, target, signal.candidate, signal))];
    case 'end-of-candidates':
      // The page builds an RTCIceCandidate from it, which throws without a mid.
      return signal.mid === undefined ? [] : [say(candidateMessage(name, target, '', signal))];
    case 'bye':
      return [say({ name, target, type: 'hang-up' })];
    default:
      return undefined;
  }
}

/** `name` is ours: the dialect has no sender here, and servers and pages pass the extra member on unread. */
function candidateMessage(
  name: PartyId,
  target: PartyId,
  candidate: string,
  { mid, mLine, ufrag }: { mid?: string; mLine?: number; ufrag?: string },
): Record<string, unknown> {
  return {
    type: 'new-ice-candidate',
    name,
    target,
    candidate: {
      candidate,
      ...(mid !== undefined && { sdpMid: mid }),
      ...(mLine !== undefined && { sdpMLineIndex: mLine }),
      ...(ufrag !== undefined && { usernameFragment: ufrag }),
    },
  };
}
