/** Sentences about sections: the same one about many is told once, with whose it is. */
import { list } from '../sdp/diff/words.ts';

/** A sentence, and the section it is about. */
export interface SectionSentence {
  readonly mid: string | null;
  readonly sentence: string;
}

/** The first of those that say the same, and the mids of all. */
export interface ToldOnce<T> {
  readonly one: T;
  readonly mids: readonly string[];
}

/** In the order of the first of each. `key` is what else tells them apart. */
export function toldOnce<T extends SectionSentence>(
  all: readonly T[],
  key: (one: T) => string = () => '',
): readonly ToldOnce<T>[] {
  const found = new Map<string, { readonly one: T; readonly mids: Set<string> }>();
  for (const one of all) {
    const of = `${key(one)}\n${one.sentence}`;
    const told = found.get(of) ?? { one, mids: new Set<string>() };
    found.set(of, told);
    if (one.mid !== null) told.mids.add(one.mid);
  }
  return [...found.values()].map(({ one, mids }) => ({ one, mids: [...mids] }));
}

/** The sentence; of more than one section with their mids: `Drops header extension mid (mids 0, 1 and 2).` */
export function withMids<T extends SectionSentence>({ one: { sentence }, mids }: ToldOnce<T>): string {
  return mids.length < 2 ? sentence : sentence.replace(/\.?$/, ` (mids ${list(mids)})$&`);
}
