/** What a description says that was not said before, in the few words that fit on a row of the ladder. */
import { finished, type Steps } from '../sdp/steps.ts';
import { summarise, summariseFirst } from '../sdp/summary.ts';
import { comparing } from './changes.ts';
import type { Description } from './model.ts';
import { parsingOf } from './sent-description.ts';

/** As long as the description is there: comparing takes long, and a filter asks every label of a session. */
const told = new WeakMap<Description, readonly string[]>();

/** What is new in it, in a few words each. Of a first offer: what it wants; of a first answer nothing. Settled once it was reduced. */
export function news(description: Description): readonly string[] {
  return newsInTime(description) ?? [];
}

/** Works it out in steps, so that `news` needs no time. */
export function* telling(description: Description): Steps<void> {
  if (!told.has(description)) tell(description, yield* newsSteps(description));
}

/** How far it is with those that there was no time for. */
const begun = new WeakMap<Description, Steps<readonly string[]>>();

/** The same; undefined if `hasTime` says that there is none before it is known. Asking again goes on from there. */
export function newsInTime(description: Description, hasTime?: () => boolean): readonly string[] | undefined {
  const known = told.get(description);
  if (known !== undefined) return known;
  const steps = begun.get(description) ?? newsSteps(description);
  if (hasTime === undefined) return tell(description, finished(steps));
  begun.set(description, steps);
  while (hasTime()) {
    const step = steps.next();
    if (step.done === true) return tell(description, step.value);
  }
  return undefined;
}

function tell(description: Description, parts: readonly string[]): readonly string[] {
  told.set(description, parts);
  begun.delete(description);
  return parts;
}

function* newsSteps(description: Description): Steps<readonly string[]> {
  const { base, type, repeats, reflects, round } = description;
  if (repeats !== undefined || reflects !== undefined) return [];
  const fresh = round?.cause === 'new-pc' && type === 'offer' ? ['new PeerConnection'] : [];
  if (base === undefined) return type === 'offer' ? [...fresh, summariseFirst(yield* parsingOf(description))] : [];
  const summary = summarise(yield* comparing(description));
  return summary.includes('new PeerConnection') ? [summary] : [...fresh, summary];
}
