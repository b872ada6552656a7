/**
 * What must stand in the JSON of an event that a filter lets through, so that most events of a long session need not be
 * read to be left out. Where this cannot be told for certain, the event is read.
 */

/** In lower case. `anywhere`: in the row of the ladder too, which also says what is not in the event. */
export interface Need {
  readonly text: string;
  readonly anywhere: boolean;
}

/** What a label says of its own, apart from descriptions. */
const OWN_WORDS =
  `link in ms applied candidate candidates refused state failed ours mark note on problem unknown message call
restart ICE add stop mid direction hang up close get statistics set configuration send hold nothing any more every the next
let go drop duplicate edit delay reorder behind what follows by inject to m-line stale end of unreadable rollback offer
answer pranswer type assumed`.toLowerCase();

/** Letters that stand in no number and in no escape, among what JSON writes as it is and no row puts between its words. */
const TELLING = /^(?=.*[g-twyz])[a-z0-9._-]+$/;
/** What may be read as something else than it is: escapes, and letters of which some have an ASCII letter as lower case. */
const UNSURE = /[^\x20-\x7e\r\n]|\\u/i;

/** Undefined where a text may come from elsewhere than the event. `anywhere` as in `Need`. */
export function needOf(text: string, anywhere: boolean): Need | undefined {
  if (!TELLING.test(text) || (anywhere && OWN_WORDS.includes(text))) return undefined;
  return { text, anywhere };
}

/** Whether the event that is kept as this JSON lacks something. The row of a description tells what others said before. */
export function lacks(needs: readonly Need[], line: string): boolean {
  if (needs.length === 0 || UNSURE.test(line)) return false;
  const lower = line.toLowerCase();
  return needs.some(({ text, anywhere }) => !lower.includes(text) && !(anywhere && line.includes('"sdp"')));
}
