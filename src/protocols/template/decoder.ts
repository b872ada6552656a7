/** Reads the frames of one connection of a template's system. */
import type { PartyId, Signal } from '../../core/event.ts';
import type { Decoded, Decoder, Frame } from '../protocol.ts';
import { fromBase64 } from './bytes.ts';
import type { Carried, CarrierOptions } from './carrier/carrier.ts';
import { keepValues, nameOf, takeStep, understand } from './conversation.ts';
import { match } from './match.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Pattern } from './pattern.ts';
import { provocation } from './provoke.ts';
import type { Template } from './template.ts';

/** Acknowledgements that are still to come; the oldest are forgotten. */
const MAX_PENDING = 256;

export function createDecoder(template: Template, client: PartyId): Decoder {
  const memory = createMemory(template, client);
  const carrier = template.carrier.session(carrierOptions(template));
  const pending = new Map<number, Pattern>();

  function decodeOne(carried: Carried, direction: Frame['direction']): Decoded {
    switch (carried.is) {
      case 'ready':
        if (template.self && carried.values?.sid !== undefined) nameBySid(template.self, carried.values.sid, memory);
        return { signals: [{ type: 'notify', method: carried.label }] };
      case 'control':
        return { signals: [{ type: 'other', label: carried.label }] };
      case 'refused':
        return { signals: [{ type: 'response', method: 'connect', ok: false }] };
      case 'ack':
        return acknowledged(carried.id, carried.value);
      case 'beat':
        return { signals: [] };
      case 'message':
        return direction === 'out' && carried.ack !== undefined
          ? awaiting(carried.ack, carried.value)
          : message(carried.value, direction);
    }
  }

  function awaiting(id: number, value: unknown): Decoded {
    const step = template.join.find((one) => one.do === 'send' && one.ack && match(one.pattern, value));
    if (step?.do === 'send' && step.ack) {
      pending.set(id, step.ack);
      const [oldest] = pending.keys();
      if (pending.size > MAX_PENDING && oldest !== undefined) pending.delete(oldest);
    }
    return message(value, 'out');
  }

  function acknowledged(id: number, value: unknown): Decoded {
    const pattern = pending.get(id);
    pending.delete(id);
    const step = pattern && takeStep(pattern, value, memory);
    // What says no more than that something arrived.
    const receipt = step === undefined && template.ack !== undefined && match(template.ack, value) !== undefined;
    const response: Signal = { type: 'response', method: 'acknowledgement', ...(receipt && { ok: true }) };
    return { signals: [response, ...(step?.presence ?? [])] };
  }

  function message(value: unknown, direction: Frame['direction']): Decoded {
    const understood = understand(template, memory, value, direction);
    if (understood) {
      const { ends, signals, kind } = understood;
      const between = kind === 'peers' || kind === 'joined' || kind === 'left' ? {} : { from: ends.from, to: ends.to };
      return { ...between, signals: signals.length > 0 ? signals : [{ type: 'notify', method: nameOf(value) }] };
    }
    return direction === 'out' ? said(value) : heard(value);
  }

  function said(value: unknown): Decoded {
    const { join, replies, leave, keepalive } = template;
    const known = [
      ...join.flatMap((step) => (step.do === 'send' ? [step.pattern] : [])),
      ...replies.map(({ send }) => send),
      ...leave,
      ...(keepalive ? [keepalive.send] : []),
    ];
    const found = known.map((pattern) => match(pattern, value)).find((one) => one !== undefined);
    if (found === undefined) return { signals: [other(value)] };
    memory.name(found.values.get('self'));
    memory.keep(found.values, undefined);
    return { signals: [{ type: 'request', method: nameOf(value) }] };
  }

  function heard(value: unknown): Decoded {
    for (const step of template.join) {
      const taken = step.do === 'expect' ? takeStep(step.pattern, value, memory) : undefined;
      if (taken) return { signals: [{ type: 'notify', method: nameOf(value) }, ...taken.presence] };
    }
    if (template.errors.some((pattern) => match(pattern, value))) {
      return { signals: [{ type: 'response', method: nameOf(value), ok: false }] };
    }
    if (keepValues(template, value, memory) || template.replies.some(({ on }) => match(on, value))) {
      return { signals: [{ type: 'notify', method: nameOf(value) }] };
    }
    return { signals: [other(value)] };
  }

  return {
    get wireName() {
      const id = memory.wireId(client);
      return id === client ? undefined : String(id);
    },
    provoke: (what) => provocation(template, memory, carrier, what),
    decode(frame) {
      const payload = payloadOf(frame);
      if (payload === undefined) return { signals: [{ type: 'other', label: 'damaged base64' }] };
      const read = carrier.read(payload, frame).map((carried) => decodeOne(carried, frame.direction));
      const between = read.find((one) => one.from !== undefined);
      const signals = read.flatMap((one) => one.signals);
      return {
        ...(between?.from !== undefined && { from: between.from }),
        ...(between?.to !== undefined && { to: between.to }),
        signals: signals.length > 0 ? signals : [{ type: 'other', label: 'nothing in it' }],
      };
    },
  };
}

const other = (value: unknown): Signal => ({ type: 'other', label: nameOf(value) });

/** What a frame carried: text, or bytes; undefined for base64 that is none. */
export function payloadOf(frame: Frame): string | Uint8Array | undefined {
  return frame.encoding === 'text' ? frame.data : fromBase64(frame.data);
}

/** Where renego is called by the id of its connection. */
export function nameBySid(self: Pattern, sid: unknown, memory: Memory): void {
  if (self.is === 'hole' && self.name === 'sid') memory.name(sid);
}

/** The options of a carrier that only reads. */
function carrierOptions({ connect }: Template): CarrierOptions {
  const { version, namespace } = connect;
  return {
    ...(version !== undefined && { version }),
    ...(namespace?.is === 'literal' && { namespace: String(namespace.value) }),
  };
}
