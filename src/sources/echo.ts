/** A second real peer on a server of ours: it answers everyone, and says nothing of the messages others tell already. */
import type { PartyId } from '../core/event.ts';
import type { Engine } from '../engines/engine.ts';
import { mdn } from '../protocols/mdn.ts';
import type { Protocol } from '../protocols/protocol.ts';
import { createChosenPeer } from './chosen-peer.ts';
import { given } from './given-protocol.ts';
import type { Source } from './source.ts';

export function createEcho({
  protocol = mdn,
  ...options
}: {
  url: string;
  engine: Engine;
  as: PartyId;
  protocol?: Protocol;
}): Source {
  const media = ['audio', 'video', 'data'] as const;
  return createChosenPeer({ ...options, media, answerOnly: true, silent: true }, given(protocol));
}
