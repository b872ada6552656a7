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
  close(lane: Lane, key?: string): void;
  /** The client that a request without a connection of its own belongs to. */
  of(key: string): Lane;
  /** Another key of the same client. */
  also(key: string, lane: Lane): void;
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
    if (byKey.size > MOST_KEYS && oldest !== undefined) forget(oldest);
    return lane;
  }

  function forget(key: string): void {
    const lane = byKey.get(key);
    byKey.delete(key);
    if (lane !== undefined) release(lane.party);
  }

  function take(party: PartyId): void {
    taken.set(party, (taken.get(party) ?? 0) + 1);
  }

  function release(party: PartyId): void {
    const left = (taken.get(party) ?? 1) - 1;
    if (left > 0) taken.set(party, left);
    else taken.delete(party);
  }

  return {
    open(key) {
      if (key === undefined) return fresh();
      const lane = remembered(key) ?? remember(key, fresh());
      take(lane.party);
      return lane;
    },
    close({ party }, key) {
      release(party);
      if (key !== undefined) forget(key);
    },
    of: (key) => remembered(key) ?? remember(key, fresh()),
    also(key, lane) {
      if (byKey.has(key)) return;
      take(lane.party);
      remember(key, lane);
    },
  };
}

const nameOf = (number: number): PartyId => (number === 1 ? 'app' : `app-${number}`);
