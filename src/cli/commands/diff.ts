/** `renego diff`: what changed between two descriptions, or in every round of a session. */
import type { Description } from '../../core/model.ts';
import { outcomeOf } from '../../core/outcome.ts';
import type { Change } from '../../sdp/change.ts';
import { type Compared, comparePair, compareRound, compareWithBase } from '../compare.ts';
import { comparedText } from '../compared-text.ts';
import { roundsOf, type Subject, subjectOf } from '../descriptions.ts';
import { EXIT } from '../exit-codes.ts';
import { type Context, columnsOf } from '../io.ts';
import type { Loaded } from '../load.ts';

interface DiffFlags {
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly agreement?: boolean;
  readonly markdown?: boolean;
}

export async function run(context: Context, sources: readonly string[], flags: DiffFlags): Promise<number> {
  const subject = await subjectOf(sources, context.io);
  const compared = comparisons(subject, flags);
  if (flags.json === true) {
    context.io.stdout.write(`${JSON.stringify(report(subject, compared, flags))}\n`);
  } else {
    context.io.stdout.write(await printed(compared, flags, context));
  }
  return compared.every(({ equal }) => equal) ? EXIT.ok : EXIT.different;
}

async function printed(compared: readonly Compared[], flags: DiffFlags, { io, ascii }: Context): Promise<string> {
  if (flags.markdown === true) return (await import('../compared-markdown.ts')).comparedMarkdown(compared, flags);
  return comparedText(compared, flags, { ascii, columns: columnsOf(io, 0) });
}

function comparisons(subject: Subject, flags: DiffFlags): readonly Compared[] {
  switch (subject.of) {
    case 'pair':
      return [comparePair(subject.before, subject.after, flags)];
    case 'one':
      return [compareWithBase(subject.picked, flags)];
    case 'session':
      return sessionRounds(subject.loaded, flags);
  }
}

function sessionRounds({ model, path }: Loaded, flags: DiffFlags): readonly Compared[] {
  return roundsOf(model).map((round) => {
    const compared = compareRound(round, path, flags);
    return flags.raw === true || flags.agreement === true
      ? compared
      : { ...compared, outcome: outcomeOf(model, round) };
  });
}

/** Schema 1: `equal` and `changes` always; of a session also which round they belong to. */
function report(subject: Subject, compared: readonly Compared[], flags: DiffFlags): object {
  const changes: readonly Change[] = compared.flatMap((one) => one.changes);
  const whole = { schema: 1, equal: compared.every(({ equal }) => equal), changes };
  if (subject.of !== 'session') return { ...whole, ...extras(compared[0], flags) };
  const rounds = compared.map((one) => ({
    offer: one.after?.round?.offer.seq ?? null,
    base: seqOf(one.before),
    answer: one.round?.answer?.seq ?? null,
    state: one.round?.state ?? null,
    equal: one.equal,
    changes: one.changes,
    ...(one.outcome !== undefined && { outcome: one.outcome }),
    ...extras(one, flags),
  }));
  return { ...whole, rounds };
}

function seqOf(description: Description | undefined): number | null {
  return description?.seq ?? null;
}

function extras(one: Compared | undefined, flags: DiffFlags): object {
  return {
    ...(flags.raw === true && { lines: one?.edits.filter(({ op }) => op !== 'same') ?? [] }),
    ...(flags.agreement === true && { agreement: one?.agreement ?? null }),
  };
}
