/**
 * Compares the meaning of two recordings of one conversation: the same descriptions in the same order, with the same
 * sections, codecs, directions and extensions, the same ICE restarts, the same findings. Not the bytes: credentials,
 * certificates, candidates, names and times differ in every run.
 */
import { descriptionName } from '../core/label.ts';
import type { Description, Model } from '../core/model.ts';
import { align, type Pair, type Step, stepsOf } from './golden/align.ts';
import { effectDifferences, meaningfulChanges } from './golden/descriptions.ts';
import { type Lacking, shapeDifferences } from './golden/shape.ts';
import type { Finding } from './rule.ts';

export interface Golden {
  readonly model: Model;
  readonly findings: readonly Finding[];
}

/** What is not as it was. */
export interface Difference {
  readonly kind: 'missing' | 'unexpected' | 'changed' | 'goodbye' | 'candidates' | 'finding-new' | 'finding-gone';
  /** One plain sentence. */
  readonly sentence: string;
  /** Events of the two recordings; null where it has none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly mid: string | null;
}

export interface Comparison {
  readonly equal: boolean;
  readonly differences: readonly Difference[];
  readonly pairs: readonly Pair[];
}

/** What two engines may differ in. */
export interface Allowance {
  /** Whether a description of `before` was to be done again, all of one call. */
  expected(description: Description): boolean;
  /** Codecs that the engine of `after` does not have. */
  readonly lacking: Lacking;
  /** Whether a finding is about the engine, whatever it is used for. */
  ofEngine(finding: Finding): boolean;
}

/**
 * Compares what two recordings ask for, round by round: for engines of different age, which have other codecs and
 * extensions. New errors count; warnings may come from the engine's age.
 */
export function compareShapes(before: Golden, after: Golden, { expected, lacking, ofEngine }: Allowance): Comparison {
  const wanted = asOneCall(stepsOf(before.model).filter(({ description }) => expected(description)));
  const pairs = align(wanted, stepsOf(after.model));
  const differences = pairs.flatMap((pair): readonly Difference[] => {
    if (pair.before === undefined || pair.after === undefined) return pairDifferences(pair);
    const { description: now } = pair.after;
    const at = { kind: 'changed', before: pair.before.description.seq, after: now.seq, mid: null } as const;
    return shapeDifferences(pair.before, pair.after, lacking).map((sentence) => ({
      ...at,
      sentence: `${descriptionName(now)}: ${sentence}.`,
    }));
  });
  const errors = ({ model, findings }: Golden): Golden => ({
    model,
    findings: findings.filter((finding) => finding.severity === 'error' && !ofEngine(finding)),
  });
  const found = findingDifferences(errors(before), errors(after), pairs).filter(({ kind }) => kind === 'finding-new');
  const all = [...differences, ...found];
  return { equal: all.length === 0, differences: all, pairs };
}

/** As in a recording that begins with the first of them. */
function asOneCall(steps: readonly Step[]): readonly Step[] {
  const first = steps[0]?.role;
  return steps.map((step) => ({ ...step, session: 0, role: step.role === first ? 'A' : 'B' }));
}

/** Notes do not count; a finding that is gone does, because a golden recording may be one of a failure. */
export function compareRecordings(before: Golden, after: Golden): Comparison {
  const pairs = align(stepsOf(before.model), stepsOf(after.model));
  const differences = [
    ...pairs.flatMap(pairDifferences),
    ...trickleDifferences(before.model, after.model),
    ...goodbyeDifferences(before.model, after.model),
    ...findingDifferences(before, after, pairs),
  ];
  return { equal: differences.length === 0, differences, pairs };
}

function pairDifferences({ before, after }: Pair): readonly Difference[] {
  const [then, now] = [before?.description, after?.description];
  const at = { before: then?.seq ?? null, after: now?.seq ?? null, mid: null };
  if (then !== undefined && now === undefined)
    return [
      {
        ...at,
        kind: 'missing',
        sentence: `${descriptionName(then)} is missing: it was event ${then.seq} of the recording.`,
      },
    ];
  if (now !== undefined && then === undefined)
    return [
      { ...at, kind: 'unexpected', sentence: `${descriptionName(now)} (event ${now.seq}) is not in the recording.` },
    ];
  if (then === undefined || now === undefined) return [];
  const name = descriptionName(now);
  return [
    ...meaningfulChanges(then, now).map(
      ({ mid, sentence }): Difference => ({ ...at, mid, kind: 'changed', sentence: `${name}: ${sentence}` }),
    ),
    ...effectDifferences(then, now).map(
      ({ mid, sentence }): Difference => ({ ...at, mid, kind: 'changed', sentence: `${name} ${sentence}.` }),
    ),
    ...refusalDifference(then, now).map(
      (sentence): Difference => ({ ...at, kind: 'changed', sentence: `${name} ${sentence}.` }),
    ),
  ];
}

function refusalDifference(before: Description, after: Description): readonly string[] {
  const [then, now] = [before.status === 'rejected', after.status === 'rejected'];
  if (then === now) return [];
  return [now ? 'is refused, which it was not in the recording' : 'was refused in the recording, and now is not'];
}

/** A side that trickled candidates must do so again; how many they are depends on the machine. */
function trickleDifferences(before: Model, after: Model): readonly Difference[] {
  const [then, now] = [before, after].map(trickling);
  return [...(then ?? [])].flatMap(([role, event]): Difference[] =>
    now?.has(role)
      ? []
      : [
          {
            kind: 'candidates',
            sentence: `No candidates of side ${role}, of which the recording has some.`,
            before: event,
            after: null,
            mid: null,
          },
        ],
  );
}

/** The first candidate of each side that sent any, by session and role. */
function trickling(model: Model): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const [index, session] of [...model.sessions.values()].entries()) {
    const offerer = session.descriptions[0]?.from;
    for (const { from, seq } of session.candidates) {
      const role = `${from === offerer ? 'A' : 'B'} of call ${index + 1}`;
      if (!first.has(role)) first.set(role, seq);
    }
  }
  return first;
}

function goodbyeDifferences(before: Model, after: Model): readonly Difference[] {
  const closed = (model: Model) =>
    [...model.sessions.values()]
      .filter(({ descriptions }) => descriptions.length > 0)
      .map(({ pc, closedBy }) => ({ pc, closedBy }));
  const [then, now] = [closed(before), closed(after)];
  return then.flatMap(({ closedBy }, index): Difference[] => {
    const other = now[index];
    if (other === undefined || (closedBy === undefined) === (other.closedBy === undefined)) return [];
    const sentence =
      closedBy === undefined
        ? `The call ${other.pc} is ended, which it is not in the recording.`
        : `The call ${other.pc} is not ended, as it is in the recording.`;
    return [{ kind: 'goodbye', sentence, before: closedBy ?? null, after: other.closedBy ?? null, mid: null }];
  });
}

/** Findings are the same if rule, section, and the description they blame are; credentials and numbers in texts are not compared. */
function findingDifferences(before: Golden, after: Golden, pairs: readonly Pair[]): readonly Difference[] {
  const place = placesOf(pairs);
  const then = keyed(before.findings, place.before);
  const now = keyed(after.findings, place.after);
  const only = (a: ReadonlyMap<string, Finding>, b: ReadonlyMap<string, Finding>) =>
    [...a].filter(([key]) => !b.has(key)).map(([, finding]) => finding);
  return [
    ...only(now, then).map(
      (finding): Difference => ({
        kind: 'finding-new',
        sentence: `New ${finding.severity} ${finding.rule}: ${finding.message}`,
        before: null,
        after: finding.event,
        mid: finding.mid,
      }),
    ),
    ...only(then, now).map(
      (finding): Difference => ({
        kind: 'finding-gone',
        sentence: `The ${finding.severity} ${finding.rule} of the recording is gone: ${finding.message}`,
        before: finding.event,
        after: null,
        mid: finding.mid,
      }),
    ),
  ];
}

function keyed(findings: readonly Finding[], place: ReadonlyMap<number, string>): ReadonlyMap<string, Finding> {
  const map = new Map<string, Finding>();
  for (const finding of findings) {
    if (finding.severity === 'info') continue;
    map.set(`${finding.rule} ${finding.mid ?? ''} ${place.get(finding.event) ?? ''}`, finding);
  }
  return map;
}

/** Events of paired descriptions under a common name. */
function placesOf(pairs: readonly Pair[]): { before: ReadonlyMap<number, string>; after: ReadonlyMap<number, string> } {
  const list = (side: keyof Pair) =>
    new Map(
      pairs.flatMap((pair, index) =>
        pair[side] === undefined ? [] : [[(pair[side] as Step).description.seq, `#${index}`] as const],
      ),
    );
  return { before: list('before'), after: list('after') };
}
