/** What recorded sides did that an engine which follows the specifications never does: nobody can have it do that again. */
import { changesOf } from './changes.ts';
import type { Description, Round } from './model.ts';

const restartsIce = (description: Description): boolean =>
  changesOf(description).some((change) => change.class === 'ice-restart');

/** The answer to an offer that restarts ICE has the credentials from before (against RFC 8839 4.4.1.1.1). */
export function keepsCredentials({ offer, answer }: Round): boolean {
  return answer !== undefined && restartsIce(offer) && !restartsIce(answer) && !isNew(offer) && !isNew(answer);
}

const isNew = (description: Description): boolean => changesOf(description).some((change) => change.class === 'new-pc');

/** M-lines that the offer has stopped and the answer has not (against RFC 3264 6). */
export function keptOpen({ offer, answer }: Round): readonly number[] {
  return (answer?.sdp.media ?? []).flatMap(({ index, rejected }) =>
    !rejected && offer.sdp.media[index]?.rejected === true ? [index] : [],
  );
}

/** M-lines that are offered with the mid they had when the answer of `before` rejected them (against RFC 9429 5.2.2). */
export function offeredAgain({ offer }: Round, before: Round | undefined): readonly number[] {
  return (before?.answer?.sdp.media ?? []).flatMap(({ index, rejected }) => {
    const [then, now] = [before?.offer.sdp.media[index], offer.sdp.media[index]];
    const same = then !== undefined && now !== undefined && then.mid?.value === now.mid?.value;
    return rejected && same && !then.rejected && !now.rejected ? [index] : [];
  });
}
