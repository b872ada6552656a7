/** A second real peer on a server of ours: it answers everyone, and says nothing of the messages others tell already. */
import type { PartyId } from '../core/event.ts';
import type { Engine } from '../engines/engine.ts';
import { mdn } from '../protocols/mdn.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { createPeer } from './peer.ts';
import type { Source } from './source.ts';

export function createEcho(options: { url: string; engine: Engine; as: PartyId; protocol?: Protocol }): Source {
  return createPeer({ protocol: mdn, ...options, media: ['audio', 'video', 'data'], answerOnly: true, silent: true });
}
