/**
 * Several peers of ours on one server. What one of them says is told once, when it says it; where it arrives it is told as
 * a delivery of that. So the log has everything in the order in which it happened, also where offers cross.
 */
import { type Draft, type PartyId, pairId, type Signal } from '../core/event.ts';
import { createDelivery } from '../protocols/recogniser/delivery.ts';
import { foundIn, renamed } from './proxy/delivery.ts';
import type { Emit } from './source.ts';

export interface CompanyOptions {
  readonly members: readonly PartyId[];
  /** How the protocol calls the only other party, where nobody has a name on the wire. */
  readonly anonymous?: PartyId | undefined;
}

export interface Company {
  /** What a member tells passes here on its way to `sink`. */
  heard(member: PartyId, sink: Emit): Emit;
}

type Message = Extract<Draft, { kind: 'message' }>;

/** Of that many deliveries it is remembered what they deliver. */
const REMEMBERED = 10_000;

export function createCompany({ members, anonymous }: CompanyOptions): Company {
  const delivery = createDelivery();
  /** What members are called by now: servers hand out names. */
  const names = new Map<PartyId, PartyId>(members.map((member) => [member, member]));
  /** Events by the number of the frame they tell, and what was delivered by the event that says so. */
  const told = new Map<number, number>();
  const origins = new Map<number, number>();
  let frames = 0;

  /** The signals of a message that comes to a member; what another member has said comes as a delivery. */
  function arriving(member: PartyId, { from, signals }: Message, number: number): readonly Signal[] {
    const found = signals.flatMap(foundIn);
    delivery.add({ number, conn: member, out: false, found });
    const copied = delivery.copyOf(number);
    const isTheirs = [...names].some(([other, name]) => other !== member && name === from);
    if (copied === undefined && (found.length > 0 || !isTheirs || signals.length === 0)) return signals;
    return signals.map((signal) => deliveryOf(signal, from, copied === undefined ? undefined : told.get(copied)));
  }

  function message(member: PartyId, draft: Message, sink: Emit): number | undefined {
    frames += 1;
    const number = frames;
    if (draft.dir === 's2c') {
      const signals = arriving(member, draft, number);
      const seq = sink({ ...draft, signals });
      const origin = told.get(delivery.copyOf(number) ?? 0);
      if (seq !== undefined && origin !== undefined) remember(origins, seq, origin);
      return seq;
    }
    names.set(member, draft.from);
    delivery.add({
      number,
      conn: member,
      out: true,
      found: draft.signals.flatMap(foundIn),
    });
    const seq = sink(draft);
    if (seq !== undefined) remember(told, number, seq);
    return seq;
  }

  const other = members.length === 2 ? (member: PartyId) => members.find((one) => one !== member) : () => undefined;

  return {
    heard: (member, sink) => (draft) => {
      const known = named(draft, member, anonymous, other(member));
      const link = draft.link === undefined ? member : `${member} ${draft.link}`;
      if (known.kind === 'message') return message(member, { ...known, link }, sink);
      if (known.kind === 'link') return sink({ ...known, link });
      const of = known.kind === 'apply' && known.of !== undefined ? origins.get(known.of) : undefined;
      return sink(of === undefined ? known : ({ ...known, of } as Draft));
    },
  };
}

function remember(map: Map<number, number>, key: number, value: number): void {
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}

function deliveryOf(signal: Signal, from: PartyId, of: number | undefined): Signal {
  return {
    type: 'other',
    label: `delivery of ${signal.type} of ${from}`,
    carries: signal.type,
    ...('pc' in signal && signal.pc !== undefined && { pc: signal.pc }),
    ...(of !== undefined && { of }),
  };
}

/** With one other member it is the one that is meant, and both ends call their peer connections the same. */
function named(draft: Draft, member: PartyId, anonymous: PartyId | undefined, other: PartyId | undefined): Draft {
  if (anonymous === undefined || other === undefined) return draft;
  if (draft.kind === 'message')
    return { ...draft, ...renamed(draft, member, anonymous, { party: other, pc: pairId(member, other) }) };
  const isOurs = 'pc' in draft && draft.pc === pairId(member, anonymous);
  return isOurs ? { ...draft, pc: pairId(member, other) } : draft;
}
