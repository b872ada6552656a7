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
  /** It is over. A client that had connections has left with the last one; `refused`: it never came about. */
  close(lane: Lane, refused?: boolean): void;
  /** The client that a request without a connection of its own belongs to, also if it has left by now. */
  of(key: string): Lane;
  /** Another key of the same client. */
  also(key: string, lane: Lane): void;
  /** Whoever has this key has gone, if no connection of it is open. */
  left(key: string): void;
  /** Whoever has this key asks for something: it has not left, whatever became of its connection. */
  seen(key: string): void;
}

interface Client {
  readonly lane: Lane;
  connections: number;
  keys: number;
}

/** How many keys of clients without a connection are remembered. */
const MOST_KEYS = 1000;

export function createLanes(): Lanes {
  const named = new Map<PartyId, Client>();
  const uses = new Map<PartyId, number>();
  /** Those that can be met again. */
  const byLink = new Map<string, Client>();
  const byKey = new Map<string, Client>();

  function fresh(): Client {
    let number = 1;
    while (named.has(nameOf(number))) number += 1;
    const party = nameOf(number);
    const use = (uses.get(party) ?? 0) + 1;
    uses.set(party, use);
    const client = { lane: { party, link: use === 1 ? party : `${party}.${use}` }, connections: 0, keys: 0 };
    named.set(party, client);
    byLink.set(client.lane.link, client);
    return client;
  }

  function remembered(key: string): Client | undefined {
    const client = byKey.get(key);
    if (client === undefined) return undefined;
    byKey.delete(key);
    byKey.set(key, client);
    return client;
  }

  function remember(key: string, client: Client): Client {
    client.keys += 1;
    byKey.set(key, client);
    const [oldest] = byKey;
    if (byKey.size > MOST_KEYS && oldest !== undefined) {
      byKey.delete(oldest[0]);
      oldest[1].keys -= 1;
      forget(oldest[1]);
    }
    return client;
  }

  function forget(client: Client): void {
    if (client.connections > 0 || client.keys > 0) return;
    leave(client);
    byLink.delete(client.lane.link);
  }

  function leave(client: Client): void {
    if (named.get(client.lane.party) === client) named.delete(client.lane.party);
  }

  const of = (key: string): Client => remembered(key) ?? remember(key, fresh());

  function seen(key: string): void {
    const client = byKey.get(key);
    if (client !== undefined && !named.has(client.lane.party)) named.set(client.lane.party, client);
  }

  return {
    open(key) {
      if (key !== undefined) seen(key);
      const client = key === undefined ? fresh() : of(key);
      client.connections += 1;
      return client.lane;
    },
    close({ link }, refused = false) {
      const client = byLink.get(link);
      if (client === undefined) return;
      client.connections -= 1;
      if (client.connections === 0 && !refused) leave(client);
      forget(client);
    },
    of: (key) => of(key).lane,
    also(key, { link }) {
      const client = byLink.get(link);
      if (client !== undefined && !byKey.has(key)) remember(key, client);
    },
    left(key) {
      const client = byKey.get(key);
      if (client?.connections === 0) leave(client);
    },
    seen,
  };
}

const nameOf = (number: number): PartyId => (number === 1 ? 'app' : `app-${number}`);
