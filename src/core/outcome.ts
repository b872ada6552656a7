/** What became of a round: what the first one settled, what every later one changed for the call, or why it came to nothing. */

import { describeAgreement } from '../sdp/agreement.ts';
import type { Model, Round } from './model.ts';
import { agreementOf, completedBefore, effectsOf } from './settled.ts';

export interface Outcome {
  /** `answer #1 from b (event 4) settles`, `superseded by event 9`. */
  readonly head: string;
  /** Sentences about sections, or about the session (mid null). */
  readonly sentences: readonly { readonly mid: string | null; readonly sentence: string }[];
}

export function outcomeOf(model: Model, round: Round): Outcome {
  const agreement = agreementOf(round);
  if (agreement === undefined || round.answer === undefined) return { head: fateOf(round), sentences: [] };
  const { number, from, seq } = round.answer;
  const answer = `answer #${number} from ${from} (event ${seq})`;
  if (completedBefore(model, round) === undefined)
    return { head: `${answer} settles:`, sentences: describeAgreement(agreement) };
  const effects = effectsOf(model, round) ?? [];
  return effects.length === 0
    ? { head: `${answer}: nothing changes for the call`, sentences: [] }
    : { head: `${answer}; for the call:`, sentences: effects };
}

function fateOf({ state, endedBy }: Round): string {
  const by = endedBy === undefined ? '' : ` by event ${endedBy}`;
  if (state === 'superseded') return `superseded${by}`;
  if (state === 'rolled-back') return `rolled back${by}`;
  return state === 'failed' ? `failed${by}` : 'not answered';
}
