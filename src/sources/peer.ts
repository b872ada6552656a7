/** A peer in the protocol it is told, or in one that it finds out: whoever knows already uses `createChosenPeer`. */
import { createChosenPeer } from './chosen-peer.ts';
import type { PeerOptions } from './peer-options.ts';
import { createProtocolChoice } from './protocol-choice.ts';
import type { Source } from './source.ts';

export type { PeerOptions } from './peer-options.ts';

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createPeer(options: PeerOptions): Source {
  return createChosenPeer(options, createProtocolChoice(options.url, options.protocol));
}
