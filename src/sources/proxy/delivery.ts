/** One message that two clients of a proxy are seen with: as its sender sends it, and as it is delivered. */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import type { Decoded } from '../../protocols/protocol.ts';
import type { Memory } from '../../protocols/recogniser/decoder.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';

/** Where nobody has a name on the wire, and one other client is there: it is the one that is meant. */
export function renamed(decoded: Decoded, client: PartyId, anonymous: PartyId, other: PartyId): Decoded {
  const name = (party: PartyId | undefined) =>
    party === anonymous ? { party: other } : party === undefined ? {} : { party };
  const [before, after] = [pairId(client, anonymous), pairId(client, other)];
  const signals = decoded.signals.map(
    (signal): Signal => ('pc' in signal && signal.pc === before ? { ...signal, pc: after } : signal),
  );
  const { party: from } = name(decoded.from);
  const { party: to } = name(decoded.to);
  return { ...decoded, ...(from !== undefined && { from }), ...(to !== undefined && { to }), signals };
}

/** What a frame is called that another client has sent, and that is passed on to this one; undefined if it is not. */
export function deliveryOf(
  { from, signals }: Decoded,
  direction: 'in' | 'out',
  client: PartyId,
  memory: Memory,
): string | undefined {
  const found = signals.flatMap(foundIn);
  memory.frames += 1;
  const number = memory.frames;
  memory.delivery.add({ number, conn: client, out: direction === 'out', found });
  if (direction === 'out' && found.length > 0) memory.senders.set(number, from ?? client);
  const origin = memory.delivery.copyOf(number);
  return origin === undefined
    ? undefined
    : `delivery of a message of ${memory.senders.get(origin) ?? 'another client'}`;
}

/** Only what nobody else would say in the same words counts; which peer connection it is for is each decoder's own idea. */
export function foundIn(signal: Signal): FoundSignal[] {
  switch (signal.type) {
    case 'offer':
    case 'answer':
    case 'pranswer':
      return [{ type: signal.type, sdp: signal.sdp }];
    case 'candidate': {
      const { candidate, mid, mLine, ufrag } = signal;
      const section = { ...(mid !== undefined && { mid }), ...(mLine !== undefined && { mLine }) };
      return [{ type: 'candidate', candidate, ...section, ...(ufrag !== undefined && { ufrag }) }];
    }
    default:
      return [];
  }
}
