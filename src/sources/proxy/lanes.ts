/** Names for the clients of a proxy: `app`, `app-2`, …; the name of one that has left is given to the next. */
import type { PartyId } from '../../core/event.ts';

export interface Lane {
  readonly party: PartyId;
  /** Never given twice. */
  readonly link: string;
}

export interface Lanes {
  /** A new connection. `key` is what other connections of the same client carry too (an Engine.IO session id). */
  open(key?: string): Lane;
  close(lane: Lane): void;
  /** The client that a request without a connection of its own belongs to. */
  of(key: string): Lane;
}

/** How many keys of clients without a connection are remembered. */
const MOST_KEYS = 1000;

export function createLanes(): Lanes {
  const taken = new Map<PartyId, number>();
  const uses = new Map<PartyId, number>();
  const byKey = new Map<string, Lane>();

  function fresh(): Lane {
    let number = 1;
    while (taken.has(nameOf(number))) number += 1;
    const party = nameOf(number);
    const use = (uses.get(party) ?? 0) + 1;
    uses.set(party, use);
    taken.set(party, 1);
    return { party, link: use === 1 ? party : `${party}.${use}` };
  }

  function remembered(key: string): Lane | undefined {
    const lane = byKey.get(key);
    if (lane === undefined) return undefined;
    byKey.delete(key);
    byKey.set(key, lane);
    return lane;
  }

  function remember(key: string, lane: Lane): Lane {
    byKey.set(key, lane);
    const oldest = byKey.keys().next().value;
    if (byKey.size > MOST_KEYS && oldest !== undefined) {
      const gone = byKey.get(oldest);
      byKey.delete(oldest);
      if (gone !== undefined) release(gone.party);
    }
    return lane;
  }

  function release(party: PartyId): void {
    const left = (taken.get(party) ?? 1) - 1;
    if (left > 0) taken.set(party, left);
    else taken.delete(party);
  }

  return {
    open(key) {
      const known = key === undefined ? undefined : remembered(key);
      if (known === undefined) return fresh();
      taken.set(known.party, (taken.get(known.party) ?? 0) + 1);
      return known;
    },
    close: ({ party }) => release(party),
    of: (key) => remembered(key) ?? remember(key, fresh()),
  };
}

const nameOf = (number: number): PartyId => (number === 1 ? 'app' : `app-${number}`);
