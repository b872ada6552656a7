/** One change instead of the same change in every section. */
import type { Change } from '../change.ts';
import type { DiffContext, Draft, SectionPair } from './context.ts';
import { midName, sectionChange, sessionChange } from './context.ts';
import { list } from './words.ts';

/** A change of one section which may be the same in others: its sentence does not name the section. */
export interface SectionDraft extends Draft {
  readonly pair: SectionPair;
}

/**
 * Puts drafts with the same values and sentence together. Said of all of `universe` (two or more), they become one
 * change of the session with path `suffix`; else one change per section.
 */
export function collapse(
  context: DiffContext,
  suffix: string,
  drafts: readonly SectionDraft[],
  universe: readonly SectionPair[] = context.live,
): Change[] {
  const groups = new Map<string, SectionDraft[]>();
  for (const draft of drafts) {
    const key = JSON.stringify([draft.class, draft.before, draft.after, draft.sentence]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [draft]);
    else group.push(draft);
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0];
    if (first === undefined) return [];
    if (group.length === universe.length && group.length > 1)
      return [sessionChange(context, suffix, merged(group, first))];
    return group.map((draft) => sectionChange(context, draft.pair, suffix, draft));
  });
}

function merged(group: readonly SectionDraft[], first: SectionDraft): Draft {
  return {
    ...first,
    inCommitted: first.inCommitted ?? first.pair.beforeIsCommitted,
    linesBefore: group.flatMap((draft) => draft.linesBefore),
    linesAfter: group.flatMap((draft) => draft.linesAfter),
  };
}

/** ` in 'mid 0' and 'mid 2'`, or nothing where it is all of them. */
export function inSections(pairs: readonly SectionPair[], universe: readonly SectionPair[]): string {
  return pairs.length === universe.length ? '' : ` in ${list(pairs.map((pair) => midName(pair.after)))}`;
}
