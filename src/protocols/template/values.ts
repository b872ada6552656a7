/** The values of variables while a message is written. */
import type { PartyId } from '../../core/event.ts';
import type { ClientOptions, Signal } from '../protocol.ts';
import type { Lookup } from './build.ts';
import type { Memory } from './memory.ts';
import type { Template } from './template.ts';

export interface Speaker {
  /** Variables for a message to this peer with this signal; fresh ones are the same within one message. */
  lookup(peer?: PartyId, signal?: Signal, also?: ReadonlyMap<string, unknown>): Lookup;
}

const ROOM = 'renego';

export function createSpeaker(template: Template, options: ClientOptions, memory: Memory): Speaker {
  let count = 0;
  const newId = options.newId ?? countingId();
  const fresh: Readonly<Record<string, () => unknown>> = {
    txn: () => newId(12),
    uuid: () => uuid(newId),
    seq: () => {
      count += 1;
      return count;
    },
  };

  function call(peer: PartyId | undefined): unknown {
    const known = memory.recall('call', peer);
    if (known !== undefined) return known;
    const made = newId();
    memory.keep(new Map([['call', made]]), peer);
    return made;
  }

  return {
    lookup(peer, signal, also) {
      const made = new Map<string, unknown>();
      const about: Readonly<Record<string, unknown>> = {
        ...(signal && contentOf(signal)),
        ...(peer !== undefined && { peer: memory.wireId(peer), to: memory.wireId(peer) }),
        self: memory.wireId(memory.self),
        from: memory.wireId(memory.self),
        as: options.as,
        room: options.room ?? template.values.room ?? ROOM,
        url: options.url,
        now: options.now,
      };
      return (name) => {
        if (also?.has(name)) return also.get(name);
        if (Object.hasOwn(about, name)) return about[name];
        if (name === 'call') return call(peer);
        const make = fresh[name];
        if (make !== undefined && !made.has(name)) made.set(name, make());
        return made.get(name) ?? memory.recall(name, peer) ?? options.params?.[name];
      };
    },
  };
}

function contentOf(signal: Signal): Readonly<Record<string, unknown>> {
  switch (signal.type) {
    case 'offer':
    case 'answer':
    case 'pranswer':
      return { sdp: signal.sdp, desc: { type: signal.type, sdp: signal.sdp } };
    case 'rollback':
      return { sdp: '', desc: { type: 'rollback', sdp: '' } };
    case 'candidate':
    case 'end-of-candidates': {
      const candidate = signal.type === 'candidate' ? signal.candidate : '';
      const index = signal.type === 'candidate' ? signal.mLine : undefined;
      const target = {
        ...(signal.mid !== undefined && { sdpMid: signal.mid }),
        ...(index !== undefined && { sdpMLineIndex: index }),
        ...(signal.ufrag !== undefined && { usernameFragment: signal.ufrag }),
      };
      return {
        ice: { candidate, ...target },
        candidate,
        ...(signal.mid !== undefined && { mid: signal.mid }),
        ...(index !== undefined && { index }),
        ...(signal.ufrag !== undefined && { ufrag: signal.ufrag }),
      };
    }
    default:
      return {};
  }
}

/** Where nobody hands in identifiers (a test): counted ones. */
function countingId(): (length?: number) => string {
  let count = 0;
  return (length = 16) => {
    count += 1;
    return String(count).padStart(length, '0');
  };
}

/** Random a-z0-9 in the form of a UUID of version 4. */
function uuid(newId: (length?: number) => string): string {
  const hex = [...newId(32)].map((letter) => (Number.parseInt(letter, 36) % 16).toString(16));
  hex[12] = '4';
  hex[16] = '8';
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20, 32)].join('-');
}
