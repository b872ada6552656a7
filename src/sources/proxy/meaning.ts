/**
 * What a message says, where the log tells it as something without effect: a copy of what was told when it was sent, or a
 * word to somebody who has closed. Rules and editors go by this.
 */
import type { PartyId, Signal } from '../../core/event.ts';
import type { Matcher, Passing } from '../../core/matcher.ts';
import type { Copied } from '../../protocols/protocol.ts';
import type { MessageDraft } from './intervention.ts';

export interface Meaning {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly signals: readonly Signal[];
  /** It has passed here before, on its way to the server. */
  readonly again: boolean;
}

const meanings = new WeakMap<MessageDraft, Meaning>();

export function meaningOf(draft: MessageDraft): Meaning {
  const { from, to, signals } = draft;
  return meanings.get(draft) ?? { from, to, signals, again: false };
}

export const meaningOfCopy = ({ from, to, signals, replayed }: Copied): Meaning => ({
  from,
  to,
  signals,
  again: replayed !== true,
});

/** Gives the draft back, which means this from now on. */
export function meaning(draft: MessageDraft, means: Meaning): MessageDraft {
  meanings.set(draft, means);
  return draft;
}

/** What passes twice, to the server and on from there, is acted on once: on the first way, unless only the second is meant. */
export function means(match: Matcher, passing: Passing, draft: MessageDraft): boolean {
  return match(passing) && !(meaningOf(draft).again && match({ ...passing, out: true, link: '' }));
}
