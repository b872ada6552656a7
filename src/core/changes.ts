/** What a description changes, compared with the right predecessor (rules C.1). */
import type { Change, ChangeClass } from '../sdp/change.ts';
import { diffing } from '../sdp/diff.ts';
import { finished, type Steps } from '../sdp/steps.ts';
import type { Description } from './model.ts';
import { outlineOf } from './outline.ts';
import { createRecent } from './recent.ts';
import { parsingOf } from './sent-description.ts';

/** Descriptions whose changes are kept for a while. */
const KEPT = 1000;

const cache = createRecent<Description, readonly Change[]>(KEPT);

/** The changes against `description.base`, computed when they are asked for. [] if there is nothing to compare with, or nothing changed. */
export function changesOf(description: Description): readonly Change[] {
  return cache.get(description) ?? finished(comparing(description));
}

/** The same in steps. */
export function* comparing(description: Description): Steps<readonly Change[]> {
  let changes = cache.get(description);
  if (changes === undefined) {
    changes = description.base === undefined ? [] : yield* compare(description, description.base);
    cache.set(description, changes);
  }
  return changes;
}

/** What an answer and an earlier offer have in common: an answer is always narrower than an offer, so the rest says nothing. */
const ABOUT_TRANSPORT: ReadonlySet<ChangeClass> = new Set([
  'ice-restart',
  'new-pc',
  'transport-moved',
  'section-rejected',
]);

function* compare(
  description: Description,
  { media, transport }: NonNullable<Description['base']>,
): Steps<readonly Change[]> {
  const changes = yield* diffing(yield* parsingOf(media), yield* parsingOf(description), {
    transport: yield* parsingOf(transport),
    answerToOffer: media.type !== 'offer' && description.type === 'offer',
    recyclable: recyclableIn(transport),
  });
  if (description.type === 'offer') return changes;
  const narrowed = ({ beforeIn }: Change) => (beforeIn === 'committed' ? transport : media).type === 'offer';
  return changes.filter((change) => ABOUT_TRANSPORT.has(change.class) || !narrowed(change));
}

/** Indexes of m-lines with port 0 in the last committed offer or in its answer (guard G6). */
function recyclableIn({ round }: Description): ReadonlySet<number> {
  const free = new Set<number>();
  for (const description of [round?.offer, round?.answer]) {
    if (description === undefined) continue;
    for (const [index, section] of outlineOf(description).sections.entries()) if (section.rejected) free.add(index);
  }
  return free;
}
