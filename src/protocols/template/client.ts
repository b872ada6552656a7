/** renego's own part in a system that a template describes. */
import type { PartyId } from '../../core/event.ts';
import type { Client, ClientOptions, ClientOutput, Frame, HttpResponse, Signal } from '../protocol.ts';
import { addressOf } from './address.ts';
import { build, Missing, tryBuild } from './build.ts';
import type { Carried } from './carrier/carrier.ts';
import { countRound, keepValues, understand } from './conversation.ts';
import { payloadOf } from './decoder.ts';
import { heardAs, kindOf } from './heard.ts';
import { createJoining } from './joining.ts';
import { match } from './match.ts';
import { createMemory } from './memory.ts';
import { createMouth, type Mouth } from './mouth.ts';
import { namesIn, type Pattern } from './pattern.ts';
import type { Kind, Template } from './template.ts';
import { createSpeaker } from './values.ts';

const CARRIER = 'carrier';
const KEEPALIVE = 'keepalive';
/** Messages that wait for a value; more candidates than any call has. */
const MAX_HELD = 256;

export function createClient(given: Template, options: ClientOptions): Client {
  // What the user says goes before what the template takes for usual.
  const template: Template = { ...given, values: { ...given.values, ...options.params } };
  const memory = createMemory(template, options.as);
  const speaker = createSpeaker(template, options, memory);
  const carrier = template.carrier.session(addressOf(template, options, speaker).carrier);
  const mouth: Mouth = createMouth(carrier, template);
  const joining = createJoining({
    template,
    memory,
    speaker,
    mouth,
    expected: tellsPresence(template) ? undefined : options.to,
    joined,
  });
  const held: { readonly pattern: Pattern; readonly peer: PartyId; readonly signal: Signal }[] = [];
  let beat = 0;

  function joined(): readonly ClientOutput[] {
    const { keepalive } = template;
    return keepalive ? [{ do: 'wake', id: KEEPALIVE, after: keepalive.every }] : [];
  }

  function take(carried: Carried): readonly ClientOutput[] {
    switch (carried.is) {
      case 'ready':
        memory.keep(new Map(Object.entries(carried.values ?? {})), undefined);
        return joining.begin(carried.values?.sid);
      case 'control':
        return mouth.raw(carried.reply ?? []);
      case 'refused':
        return joining.failed(carried.why, undefined);
      case 'beat':
        beat = carried.every;
        return [{ do: 'wake', id: CARRIER, after: beat }];
      case 'ack':
        return joining.acknowledged(carried.id, carried.value);
      case 'message': {
        const ack = carried.ack !== undefined && template.ack ? acknowledge(carried.ack, template.ack) : [];
        return [...ack, ...message(carried.value)];
      }
    }
  }

  function acknowledge(id: number, pattern: Pattern): readonly ClientOutput[] {
    return mouth.raw(carrier.acknowledge?.(id, build(pattern, speaker.lookup())) ?? []);
  }

  function message(value: unknown): readonly ClientOutput[] {
    const step = joining.heard(value);
    if (step !== undefined) return step;
    for (const { on, send } of template.replies) {
      const found = match(on, value);
      if (found) return say(send, memory.party(found.values.get('peer')), undefined, found.values);
    }
    const error = template.errors.map((pattern) => match(pattern, value)).find((one) => one !== undefined);
    if (error) return joining.failed(error.values.get('why'), value);
    if (keepValues(template, value, memory)) return again();
    const understood = understand(template, memory, value, 'in');
    return understood ? [...heardAs(understood, memory, template), ...again()] : [];
  }

  function say(
    pattern: Pattern,
    peer?: PartyId,
    signal?: Signal,
    also?: ReadonlyMap<string, unknown>,
  ): readonly ClientOutput[] {
    try {
      return mouth.say(build(pattern, speaker.lookup(peer, signal, also)));
    } catch (thrown) {
      if (!(thrown instanceof Missing)) throw thrown;
      if (peer !== undefined && signal !== undefined && held.length < MAX_HELD) held.push({ pattern, peer, signal });
      // Candidates are many, and wait for the same thing.
      if (signal?.type === 'candidate') return [];
      const what = signal === undefined ? 'a message' : signal.type;
      return [{ do: 'problem', code: 'TEMPLATE_VALUE', detail: `${what} waits: ${thrown.message} yet` }];
    }
  }

  /** Says what had to wait for a value, in order, as far as it can be said now. */
  function again(): readonly ClientOutput[] {
    const outputs: ClientOutput[] = [];
    for (let first = held[0]; first !== undefined; first = held[0]) {
      const value = tryBuild(first.pattern, speaker.lookup(first.peer, first.signal));
      if (value === undefined) break;
      held.shift();
      outputs.push(...mouth.say(value));
    }
    return outputs;
  }

  function sayKind(kind: Kind, to: PartyId, signal?: Signal): readonly ClientOutput[] | undefined {
    const pattern = template.messages[kind]?.send;
    if (pattern === undefined) return undefined;
    memory.talker = to;
    countRound(memory, kind, to);
    return say(pattern, to, signal);
  }

  return {
    opened() {
      const { send, ready } = carrier.opened();
      return [...mouth.raw(send), ...(ready ? joining.begin(undefined) : [])];
    },
    received(frame: Frame) {
      const payload = payloadOf(frame);
      if (payload === undefined || mouth.isEcho(payload)) return [];
      return carrier.read(payload, frame).flatMap(take);
    },
    responded(response: HttpResponse) {
      if (response.error !== undefined) return joining.failed(response.error, response);
      return message({ status: response.status, headers: response.headers, body: mouth.bodyOf(response) });
    },
    woken(id) {
      if (id === CARRIER) {
        const payloads = carrier.woken?.();
        return payloads === undefined ? [] : [...mouth.raw(payloads), { do: 'wake', id, after: beat }];
      }
      const { keepalive } = template;
      if (keepalive === undefined || id !== KEEPALIVE) return [];
      return [...say(keepalive.send), { do: 'wake', id, after: keepalive.every }];
    },
    encode(signal, to) {
      const kind = kindOf(signal, template, memory.rounds.get(to));
      if (kind === undefined) return undefined;
      return sayKind(kind, to, signal) ?? (kind === 'eoc' || kind === 'candidate' ? [] : undefined);
    },
    ask: (what, to) => sayKind(what === 'offer' ? 'request' : 'restart', to),
    ended(to) {
      countRound(memory, 'bye', to);
      for (let at = held.length - 1; at >= 0; at -= 1) if (held[at]?.peer === to) held.splice(at, 1);
    },
    leave: () => [...template.leave.flatMap((pattern) => say(pattern)), ...mouth.raw(carrier.closing?.() ?? [])],
  };
}

/** Somewhere in the template it is said who is there. */
function tellsPresence({ messages, join, peer }: Template): boolean {
  const read = join.flatMap((step) => (step.do === 'expect' ? [step.pattern] : (step.ack ?? [])));
  return (
    peer !== undefined ||
    messages.joined !== undefined ||
    messages.peers !== undefined ||
    read.flatMap(namesIn).some((name) => name === 'peer' || name === 'peers')
  );
}
