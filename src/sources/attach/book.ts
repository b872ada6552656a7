/** The peer connections that are followed: the newest, by page and by name. */
import type { PcId } from '../../core/event.ts';
import { newPeer, type PageRef, type Peer } from './peer.ts';

export interface Book {
  /** The connection with that number in its page, a new one if it was not heard of; undefined for one that was let go. */
  of(page: PageRef, local: number): Peer | undefined;
  /** The document is gone: gives its connections, which are not in the book any more under their numbers. */
  leave(pageKey: string): readonly Peer[];
  named(pc: PcId): Peer | undefined;
  /** The oldest first. */
  all(): readonly Peer[];
}

/** So many are followed at once. */
export const MOST_PEERS = 500;

interface Page {
  readonly peers: Map<number, Peer>;
  /** The largest number so far: what is below and not there was let go. */
  highest: number;
}

/** `letGo` is told of a connection that was followed and is still open. */
export function createBook(letGo: (peer: Peer) => void): Book {
  const byPage = new Map<string, Page>();
  const byName = new Map<PcId, Peer>();
  let count = 0;

  /** One that is closed, if there is one; else the oldest. */
  function makeRoom(): void {
    const peers = [...byName.values()];
    const out = peers.find(({ open }) => !open) ?? peers[0];
    if (out === undefined) return;
    byName.delete(out.pc);
    byPage.get(out.page.key)?.peers.delete(out.local);
    if (out.open) letGo(out);
  }

  return {
    of(page, local) {
      const here = byPage.get(page.key) ?? { peers: new Map<number, Peer>(), highest: 0 };
      byPage.set(page.key, here);
      const known = here.peers.get(local);
      if (known !== undefined || local <= here.highest) return known;
      here.highest = local;
      count += 1;
      const peer = newPeer(`pc${count}`, page, local);
      if (byName.size >= MOST_PEERS) makeRoom();
      here.peers.set(local, peer);
      byName.set(peer.pc, peer);
      return peer;
    },
    leave(pageKey) {
      const peers = [...(byPage.get(pageKey)?.peers.values() ?? [])];
      byPage.delete(pageKey);
      return peers;
    },
    named: (pc) => byName.get(pc),
    all: () => [...byName.values()],
  };
}
