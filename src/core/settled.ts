/** What a finished round settled, and what that changed for the call: computed when asked for, once. */
import { type Agreement, agreeing } from '../sdp/agreement.ts';
import { type Effect, effectOf } from '../sdp/effect.ts';
import { finished, type Steps } from '../sdp/steps.ts';
import type { Description, Model, Round } from './model.ts';
import { createRecent } from './recent.ts';
import { parsingOf } from './sent-description.ts';

/** Agreements that are kept for a while. */
const KEPT = 500;

/** By answer: a round may lose its answer again, when the other side turns out to have refused it. */
const agreements = createRecent<Description, Agreement>(KEPT);

/** What offer and answer agree on; undefined unless the round is complete. */
export function agreementOf(round: Round): Agreement | undefined {
  return finished(agreementSteps(round));
}

function* agreementSteps({ offer, answer, offerer, answerer, state }: Round): Steps<Agreement | undefined> {
  if (answer === undefined || state !== 'complete') return undefined;
  const before = agreements.get(answer);
  // Who stood in for an end may have been found out since.
  const holds = before?.parties.offerer === offerer && before.parties.answerer === answerer;
  const known = holds
    ? before
    : yield* agreeing(yield* parsingOf(offer), yield* parsingOf(answer), { offerer, answerer });
  agreements.set(answer, known);
  return known;
}

/** The last round of the same session that was completed before this one. Looks back only as far as that is. */
export function completedBefore(model: Model, round: Round): Round | undefined {
  const rounds = model.sessions.get(round.pc)?.rounds ?? [];
  for (let index = round.number - 2; index >= 0; index -= 1) {
    if (rounds[index]?.state === 'complete') return rounds[index];
  }
  return undefined;
}

/** Works out in steps what `agreementOf` and `effectsOf` say of a round, so that they need no time. */
export function* settling(model: Model, round: Round): Steps<void> {
  yield* agreementSteps(round);
  const before = completedBefore(model, round);
  if (before !== undefined) yield* agreementSteps(before);
}

/** What is different for the call since the round; undefined unless the round is complete, [] if nothing is. */
export function effectsOf(model: Model, round: Round): readonly Effect[] | undefined {
  const agreement = agreementOf(round);
  if (agreement === undefined) return undefined;
  const before = completedBefore(model, round);
  return effectOf(before === undefined ? undefined : agreementOf(before), agreement);
}
