/** What a connection has told so far: who renego is, who else is there, and the values that messages left behind. */
import type { PartyId } from '../../core/event.ts';
import { KNOWN, type Template } from './template.ts';

/** More than any real room has; beyond it a hostile server only loses precision. */
const MAX_PEERS = 1_000;
const MAX_VALUES = 10_000;

export type Values = ReadonlyMap<string, unknown>;

export interface Memory {
  /** What `--as` says, whatever the server calls us. */
  readonly self: PartyId;
  /** Whom a description was last exchanged with. */
  talker: PartyId | undefined;
  readonly peers: ReadonlySet<PartyId>;
  /** How far the call with a peer is: `described` once there was an answer, `again` while a later offer is open. */
  readonly rounds: Map<PartyId, 'described' | 'again'>;
  /** How we are called on the wire. */
  name(self: unknown): void;
  /** False if that was known. */
  came(peer: PartyId): boolean;
  left(peer: PartyId): boolean;
  /** The value that stands for this party on the wire: a number may be one. */
  wireId(party: PartyId): unknown;
  /** An identifier of the wire as a party; undefined for what is none. */
  party(value: unknown): PartyId | undefined;
  /** Keeps all variables of a message that are the template's own. */
  keep(values: Values, peer: PartyId | undefined): void;
  /** A variable of the template's own; what this peer said goes before what others said. */
  recall(name: string, peer: PartyId | undefined): unknown;
  /** The peer whose messages left these values behind. */
  peerOf(values: Values): PartyId | undefined;
}

const isOwn = (name: string): boolean => name === 'call' || !(name in KNOWN);

export function createMemory(template: Template, client: PartyId): Memory {
  /** How the server calls us. To the user renego is called as he said. */
  let own: unknown;
  const peers = new Set<PartyId>();
  const rounds = new Map<PartyId, 'described' | 'again'>();
  const ids = new Map<PartyId, unknown>();
  const shared = new Map<string, unknown>();
  const ofPeer = new Map<PartyId, Map<string, unknown>>();

  function party(value: unknown): PartyId | undefined {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
    if (value === '') return undefined;
    if (own !== undefined && String(value) === String(own)) return client;
    if (typeof value !== 'string' && ids.size < MAX_VALUES) ids.set(String(value), value);
    return String(value);
  }

  return {
    talker: undefined,
    rounds,
    peers,
    self: client,
    name(value) {
      if (party(value) === undefined) return;
      own = value;
      peers.delete(String(value));
    },
    came(peer) {
      if (peer === client || peers.has(peer) || peers.size >= MAX_PEERS) return false;
      peers.add(peer);
      return true;
    },
    left(peer) {
      ofPeer.delete(peer);
      rounds.delete(peer);
      return peers.delete(peer);
    },
    wireId: (id) => (id === client ? (own ?? id) : (ids.get(id) ?? id)),
    party,
    keep(values, peer) {
      const own = [...values].filter(([name, value]) => isOwn(name) && value !== undefined);
      for (const [name, value] of own) if (shared.has(name) || shared.size < MAX_VALUES) shared.set(name, value);
      if (peer === undefined || own.length === 0) return;
      const kept = ofPeer.get(peer) ?? new Map<string, unknown>();
      for (const [name, value] of own) kept.set(name, value);
      if (ofPeer.has(peer) || ofPeer.size < MAX_PEERS) ofPeer.set(peer, kept);
    },
    recall(name, peer) {
      const theirs = peer === undefined ? undefined : ofPeer.get(peer)?.get(name);
      // A call is with one peer: its identifier is never that of another call.
      return theirs ?? (name === 'call' ? undefined : (shared.get(name) ?? template.values[name]));
    },
    peerOf(values) {
      const own = [...values].filter(([name, value]) => isOwn(name) && value !== undefined && value !== null);
      if (own.length === 0) return undefined;
      const found = [...ofPeer].filter(([, kept]) => own.some(([name, value]) => kept.get(name) === value));
      return found.length === 1 ? found[0]?.[0] : undefined;
    },
  };
}
