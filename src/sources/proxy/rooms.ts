/**
 * Who talks with whom where nobody has a name on the wire. Until a message of one client has come out at another, it is a
 * guess: the only other one that asked for the same address. A client whose far end does not pass through this proxy, and
 * one whose far end may be several, has a far end of its own name.
 */
import { type PartyId, type PcId, pairId } from '../../core/event.ts';

export interface FarEnd {
  readonly party: PartyId;
  /** Kept as long as the client is connected, also when it turns out who the far end is. */
  readonly pc: PcId;
}

export interface Rooms {
  enter(party: PartyId, url: string): void;
  leave(party: PartyId): void;
  /** What `sender` has sent came out at this client. */
  met(party: PartyId, sender: PartyId): void;
  /** A description came to it that no client of this proxy has sent. */
  hearsAnother(party: PartyId): void;
  /** Whom its messages are for; `unnamed`: what the protocol calls somebody without a name. */
  farEnd(party: PartyId, unnamed: PartyId): FarEnd;
}

interface Guest {
  /** Who comes back may be there before it has left. */
  connections: number;
  readonly url: string;
  pc: PcId | undefined;
  /** Known; `null`: somebody who does not pass here. */
  far: PartyId | null | undefined;
}

export function createRooms(): Rooms {
  const guests = new Map<PartyId, Guest>();

  function guess(party: PartyId, { url, far }: Guest): PartyId | undefined {
    if (far !== undefined) return far ?? undefined;
    const [near, elsewhere]: [PartyId[], PartyId[]] = [[], []];
    // Asked at every message: two at the same address are enough to know that it cannot be told.
    for (const [name, one] of guests) {
      if (name === party || one.far !== undefined) continue;
      (one.url === url ? near : elsewhere).push(name);
      if (near.length > 1) return undefined;
    }
    const [only, more] = near.length > 0 ? near : elsewhere;
    return more === undefined ? only : undefined;
  }

  return {
    enter(party, url) {
      const connections = (guests.get(party)?.connections ?? 0) + 1;
      guests.set(party, { connections, url, pc: undefined, far: undefined });
    },
    leave(party) {
      const guest = guests.get(party);
      if (guest === undefined) return;
      guest.connections -= 1;
      if (guest.connections > 0) return;
      guests.delete(party);
      for (const one of guests.values()) {
        if (one.far !== party) continue;
        one.far = undefined;
        one.pc = undefined;
      }
    },
    met(party, sender) {
      const [one, other] = [guests.get(party), guests.get(sender)];
      if (one === undefined || other === undefined || one === other || one.far === sender) return;
      one.far = sender;
      other.far = party;
      // The one who was heard has spoken first.
      one.pc = other.pc;
    },
    hearsAnother(party) {
      const guest = guests.get(party);
      if (guest !== undefined) guest.far ??= null;
    },
    farEnd(party, unnamed) {
      const guest = guests.get(party);
      const own = guests.size > 1 ? `${unnamed} of ${party}` : unnamed;
      if (guest === undefined) return { party: own, pc: pairId(party, own) };
      const name = guess(party, guest) ?? own;
      guest.pc ??= pairId(party, name);
      return { party: name, pc: guest.pc };
    },
  };
}
