/** What the visitors of text, bytes, JSON, SIP and XML share. */
import type { Budget } from './budget.ts';
import type { Find, Place } from './found.ts';
import type { Sense } from './senses.ts';

export interface Peeler {
  readonly budget: Budget;
  readonly finds: Find[];
  /** The packings that were opened, outermost first. */
  readonly carriers: Set<string>;
  /** What names of messages said, and the first that said it. */
  readonly said: Map<Sense, { readonly word: string; readonly place: Place }>;
  /** The first name that was come across. */
  name: string | undefined;
  /** What the outermost object looks like, for a message without a name. */
  shape: string | undefined;
  visit(value: unknown, place: Place): void;
  /** Remembers what a message is called, and what that says of the call. */
  hear(word: string, place: Place): void;
}

/** The place of something inside of `up`. */
export function inside(up: Place, more: Omit<Place, 'depth' | 'up' | 'key'> & { readonly key?: string } = {}): Place {
  return { key: '', ...more, up, depth: up.depth + 1 };
}
