/** One message that two clients of a proxy are seen with: as its sender sends it, and as it is delivered. */
import { type PartyId, pairId, type Signal } from '../../core/event.ts';
import { remember } from '../../protocols/bounded.ts';
import type { Decoded } from '../../protocols/protocol.ts';
import { type Memory, originOf } from '../../protocols/recogniser/decoder.ts';
import type { FoundSignal } from '../../protocols/recogniser/recognise.ts';
import type { FarEnd } from './rooms.ts';

/** Where nobody has a name on the wire: the one who is meant gets one. */
export function renamed(decoded: Decoded, client: PartyId, unnamed: PartyId, far: FarEnd): Decoded {
  const before = pairId(client, unnamed);
  const signals = decoded.signals.map(
    (signal): Signal => ('pc' in signal && signal.pc === before ? { ...signal, pc: far.pc } : signal),
  );
  const { from, to } = decoded;
  return {
    ...decoded,
    ...(from === unnamed && { from: far.party }),
    ...(to === unnamed && { to: far.party }),
    signals,
  };
}

/** Who has sent the frame that is passed on to this client, and whether it is for the first time; undefined if nobody has. */
export function senderOf(
  { from, signals }: Decoded,
  direction: 'in' | 'out',
  client: PartyId,
  memory: Memory,
): { readonly party: PartyId; readonly isFirst: boolean } | undefined {
  const found = signals.flatMap(foundIn);
  memory.frames += 1;
  const number = memory.frames;
  memory.delivery.add({ number, conn: client, out: direction === 'out', found });
  if (direction === 'out' && found.length > 0)
    remember(memory.senders, number, { party: from ?? client, pcs: [] }, MOST_SENDERS);
  const origin = originOf(memory, number);
  if (origin === undefined) return undefined;
  const isFirst = memory.delivery.copyOf(number) !== undefined;
  return { party: memory.senders.get(origin)?.party ?? 'another client', isFirst };
}

/** Beyond it the oldest are forgotten. */
const MOST_SENDERS = 20_000;

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
