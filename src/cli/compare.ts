/** The comparisons of `renego diff`: by meaning, line by line, or an offer with its answer. */
import { changesOf } from '../core/changes.ts';
import type { Description, Round } from '../core/model.ts';
import type { Outcome } from '../core/outcome.ts';
import { type Agreement, type AgreementParties, agree } from '../sdp/agreement.ts';
import type { Change, ChangeClass } from '../sdp/change.ts';
import { diffSdp } from '../sdp/diff.ts';
import { diffLines, type LineEdit } from '../sdp/line-diff.ts';
import type { Direction, Sdp } from '../sdp/sdp.ts';
import { type Picked, pickedFrom } from './descriptions.ts';

export interface CompareFlags {
  readonly raw?: boolean;
  readonly agreement?: boolean;
}

export interface Compared {
  /** Names of both; the first is undefined where there is nothing to compare with. */
  readonly names: readonly [string | undefined, string | undefined];
  readonly before: Description | undefined;
  readonly after: Description | undefined;
  readonly round: Round | undefined;
  readonly changes: readonly Change[];
  readonly equal: boolean;
  /** Every line, for `--raw`. */
  readonly edits: readonly LineEdit[];
  readonly agreement: Agreement | undefined;
  /** What became of the round, where whole rounds are told. */
  readonly outcome?: Outcome;
}

/** Two descriptions, whoever sent them. */
export function comparePair(before: Picked, after: Picked, flags: CompareFlags): Compared {
  const [a, b] = [before.description, after.description];
  const answerToOffer = a.type !== 'offer' && b.type === 'offer';
  const changes = () => diffSdp(a.sdp, b.sdp, { answerToOffer });
  return compared(before, after, b.round, changes, flags);
}

/** A description and the one it follows; with `--agreement` its round's offer and answer. */
export function compareWithBase(picked: Picked, flags: CompareFlags): Compared {
  const { description, path } = picked;
  if (flags.agreement === true && description.round !== undefined) return compareRound(description.round, path, flags);
  const base = description.base?.media;
  const before = base === undefined ? undefined : pickedFrom(path, base);
  return compared(before, picked, description.round, () => changesOf(description), flags);
}

/** A round: its offer and what that follows; with `--agreement` its offer and its answer. */
export function compareRound(round: Round, path: string, flags: CompareFlags): Compared {
  const offer = pickedFrom(path, round.offer);
  if (flags.agreement !== true) return compareWithBase(offer, flags);
  const answer = round.answer === undefined ? undefined : pickedFrom(path, round.answer);
  return compared(offer, answer, round, () => [], flags);
}

function compared(
  before: Picked | undefined,
  after: Picked | undefined,
  round: Round | undefined,
  changesByMeaning: () => readonly Change[],
  flags: CompareFlags,
): Compared {
  const [a, b] = [before?.description, after?.description];
  const both = a !== undefined && b !== undefined;
  const agreement = flags.agreement && both ? agree(a.sdp, b.sdp, partiesOf(a, b)) : undefined;
  const changes = agreement !== undefined && both ? narrowing(a.sdp, b.sdp, agreement) : changesByMeaning();
  const edits = flags.raw && both ? diffLines(textLines(a.sdp), textLines(b.sdp)) : [];
  const equal = flags.raw ? edits.every(({ op }) => op === 'same') : changes.length === 0;
  return { names: [before?.name, after?.name], before: a, after: b, round, changes, equal, edits, agreement };
}

/** Two files are from nobody in particular: then the sides are called by what they do. */
function partiesOf(offer: Description, answer: Description): AgreementParties {
  if (offer.from !== answer.from && offer.round !== undefined && offer.round === answer.round) {
    return { offerer: offer.from, answerer: answer.from };
  }
  return { offerer: 'the offerer', answerer: 'the answerer' };
}

function textLines({ lines }: Sdp): readonly string[] {
  return lines.map(({ text }) => text);
}

/** What an answer takes away from its offer. What is merely the other side's own (credentials, tracks) is none of it. */
const NARROWING: ReadonlySet<ChangeClass> = new Set([
  'section-rejected',
  'codec-set',
  'header-ext',
  'simulcast',
  'bundle',
  'mux',
]);

function narrowing(offer: Sdp, answer: Sdp, agreement: Agreement): readonly Change[] {
  return diffSdp(offer, answer).filter((change) =>
    change.class === 'direction' ? !granted(change.mid, offer, agreement) : NARROWING.has(change.class),
  );
}

const SENDS: ReadonlySet<Direction> = new Set(['sendrecv', 'sendonly']);
const RECEIVES: ReadonlySet<Direction> = new Set(['sendrecv', 'recvonly']);

/** Everything the offer wanted to flow in this section does. */
function granted(mid: string | null, offer: Sdp, { sections }: Agreement): boolean {
  const agreed = sections.find((section) => section.mid === mid);
  const offered = offer.media[agreed?.index ?? -1];
  if (agreed === undefined || offered === undefined) return false;
  return (agreed.toAnswerer || !SENDS.has(offered.direction)) && (agreed.toOfferer || !RECEIVES.has(offered.direction));
}
