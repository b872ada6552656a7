/** A peer in the protocol it is told, or in one that it finds out: whoever knows already uses `createChosenPeer`. */
import { createChosenPeer, type Peer } from './chosen-peer.ts';
import type { PeerOptions } from './peer-options.ts';
import { createProtocolChoice } from './protocol-choice.ts';

export type { Peer } from './chosen-peer.ts';
export type { PeerOptions } from './peer-options.ts';

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createPeer(options: PeerOptions): Peer {
  return createChosenPeer(options, createProtocolChoice(options.url, options.protocol));
}
