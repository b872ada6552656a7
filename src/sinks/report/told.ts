/** A whole session, told: what every report draws, in the order in which it is read. Wire text in it is printable. */
import { changesOf } from '../../core/changes.ts';
import { createDigest, digestLadderRow } from '../../core/digest.ts';
import type { SessionHeader } from '../../core/event.ts';
import type { LadderRow } from '../../core/ladder.ts';
import type { Description, Model, Round } from '../../core/model.ts';
import { type Outcome, outcomeOf } from '../../core/outcome.ts';
import type { Finding, Severity } from '../../rules/rule.ts';
import type { Change } from '../../sdp/change.ts';

export interface ToldRow extends LadderRow {
  /** The events it stands for. */
  readonly seqs: readonly number[];
  readonly descriptions: readonly Description[];
  readonly findings: readonly Finding[];
}

export interface ToldRound {
  readonly round: Round;
  readonly changes: readonly Change[];
  readonly outcome: Outcome;
}

/** What of a very long session is left out of a report: how many of each. */
export type Left = Readonly<Record<'rows' | 'rounds' | 'findings', number>>;

/** A report of more is read by nobody, and opened by no browser. */
export const MOST: Left = { rows: 5000, rounds: 500, findings: 2000 };

export interface Told {
  readonly header: SessionHeader;
  readonly model: Model;
  readonly parties: readonly string[];
  readonly rows: readonly ToldRow[];
  readonly rounds: readonly ToldRound[];
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly left: Left;
}

/** `findings` as `check` gives them; of all there is the first `most`, of findings the worst. */
export function tell(header: SessionHeader, model: Model, findings: readonly Finding[], most: Left = MOST): Told {
  const rounds = [...model.sessions.values()].flatMap((session) => session.rounds);
  const [rows, count] = rowsOf(model, findings, most.rows);
  return {
    header,
    model,
    parties: model.parties.filter((party) => party !== ''),
    rows,
    rounds: rounds
      .sort((a, b) => a.offer.seq - b.offer.seq)
      .slice(0, most.rounds)
      .map((round) => ({ round, changes: changesOf(round.offer), outcome: outcomeOf(model, round) })),
    findings: [...findings].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]).slice(0, most.findings),
    counts: {
      error: countOf(findings, 'error'),
      warning: countOf(findings, 'warning'),
      info: countOf(findings, 'info'),
    },
    left: {
      rows: Math.max(0, count - most.rows),
      rounds: Math.max(0, rounds.length - most.rounds),
      findings: Math.max(0, findings.length - most.findings),
    },
  };
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

const countOf = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length;

/** The first `most`, and how many there are. */
function rowsOf(model: Model, findings: readonly Finding[], most: number): [readonly ToldRow[], number] {
  const digest = createDigest();
  for (const event of model.events) digest.append(event);
  const byEvent = new Map<number, Finding[]>();
  for (const finding of findings) byEvent.set(finding.event, [...(byEvent.get(finding.event) ?? []), finding]);
  const rows = digest.rows.slice(0, most).flatMap(({ seqs }) => {
    const row = digestLadderRow(model, seqs);
    if (row === undefined) return [];
    const descriptions = seqs.flatMap((seq) => model.described.get(seq) ?? []);
    return [{ ...row, seqs, descriptions, findings: seqs.flatMap((seq) => byEvent.get(seq) ?? []) }];
  });
  return [rows, digest.rows.length];
}

/** What stands where the rest is left out; '' where nothing is. `besides`: what the report itself leaves out. */
export function leftText({ left }: Told, what: keyof Left, besides = 0): string {
  const count = left[what] + besides;
  return count === 0 ? '' : `And ${count} more ${count === 1 ? what.slice(0, -1) : what}: renego view shows all.`;
}

/** What is known of the recording itself: a file of a foreign format may tell neither its tool nor a date. */
export function originOf({ tool, startedAt }: SessionHeader): { readonly tool?: string; readonly startedAt?: string } {
  return { ...(tool !== 'unknown' && { tool }), ...(Date.parse(startedAt) !== 0 && { startedAt }) };
}

/** `2 errors, 1 warning`; `nothing found`. Notes do not count as found. */
export function countsText({ error, warning }: Told['counts']): string {
  const parts = [plural(error, 'error'), plural(warning, 'warning')].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing wrong found' : parts.join(', ');
}

function plural(count: number, word: string): string {
  if (count === 0) return '';
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** `ICE restart`, `renegotiation`; with what became of the round unless it is complete. */
export function roundTitle({ round }: ToldRound): string {
  const fate = round.state === 'complete' ? '' : ` (${round.state})`;
  return `${round.cause}${fate}: offer #${round.offer.number} of ${round.offerer} (event ${round.offer.seq})`;
}
