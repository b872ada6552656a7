/** What of a recording an engine cannot be made to do again, in sentences. */
import { changesOf } from '../../core/changes.ts';
import { descriptionName } from '../../core/label.ts';
import type { Description, Round } from '../../core/model.ts';
import { toldOnce, withMids } from '../../core/told-once.ts';
import { keepsCredentials, keptOpen, offeredAgain } from '../../core/unruly.ts';
import type { Change } from '../../sdp/change.ts';

/** `before` is the round before it that was done, too. */
export function omittedIn(round: Round, before: Round | undefined): readonly string[] {
  const { offer, answer, number } = round;
  const early = [...provisionalIn(round), ...unrulyIn(round, before), ...reordered(round, before)];
  if (number === 1) return early;
  const notDone = (said: Description, undoable: ReadonlySet<Change['class']>): readonly string[] =>
    toldOnce(changesOf(said).filter(({ class: kind }) => undoable.has(kind))).map(
      (told) => `Not done again in ${descriptionName(said)}: ${withMids(told)}`,
    );
  return [
    ...early,
    ...notDone(offer, UNDOABLE),
    ...(answer === undefined ? [] : notDone(answer, new Set<Change['class']>(['new-pc']))),
  ];
}

/** Changes that no operation of ours leads to. */
const UNDOABLE: ReadonlySet<Change['class']> = new Set([
  'simulcast',
  'bandwidth',
  'codec-pt',
  'codec-param',
  'header-ext',
  'order',
  'format',
  'mux',
  'bundle',
  'new-pc',
]);

function provisionalIn({ provisional }: Round): readonly string[] {
  return provisional.map(
    (one) => `The provisional answer of ${one.from} (event ${one.seq}) is left out: only the final one is given.`,
  );
}

/** What an engine does in another way, because it follows the specifications. */
function unrulyIn(round: Round, before: Round | undefined): readonly string[] {
  const { offer, answer } = round;
  const where = (description: Description): string => {
    const name = descriptionName(description);
    return `${name[0]?.toUpperCase()}${name.slice(1)} (event ${description.seq})`;
  };
  const kept = keepsCredentials(round) && answer !== undefined;
  const open = answer === undefined ? [] : keptOpen(round);
  return [
    ...(kept ? [`${where(answer)} keeps its ICE credentials in a restart; an engine answers with new ones.`] : []),
    ...open.map(
      (index) =>
        `${where(answer as Description)} leaves m-line ${index} open, which the offer has stopped; an engine stops it too.`,
    ),
    ...offeredAgain(round, before).map(
      (index) =>
        `${where(offer)} offers m-line ${index} with its old mid after it was rejected; an engine has stopped it for good, and puts something new in its place.`,
    ),
  ];
}

/** Data in front of media that came with it: the engine puts data last. `before` is the round that was done before. */
function reordered({ offer }: Round, before: Round | undefined): readonly string[] {
  const fresh = offer.sdp.media.filter(({ index, rejected }) => {
    const then = before?.answer?.sdp.media[index];
    return !rejected && (then === undefined || then.rejected);
  });
  const data = fresh.findIndex(({ kind }) => kind === 'application');
  const behind = data < 0 ? [] : fresh.slice(data + 1);
  if (behind.length === 0) return [];
  const lines = behind.map(({ index }) => index).join(', ');
  return [
    `Not done again in ${descriptionName(offer)}: data in m-line ${fresh[data]?.index} stands before media that is added with it (m-line ${lines}); the engine puts data last.`,
  ];
}
