/** Candidates inside the description: how many of each type came and went (RFC 8839). One change for all sections. */
import type { Change } from '../change.ts';
import type { Candidate } from '../sdp.ts';
import type { DiffContext, SectionPair } from './context.ts';
import { multisetDifference, sectionChange, sessionChange } from './context.ts';

interface SectionDifference {
  readonly pair: SectionPair;
  readonly removed: readonly { readonly value: Candidate; readonly line: number }[];
  readonly added: readonly { readonly value: Candidate; readonly line: number }[];
  readonly ended: boolean;
  readonly reopened: boolean;
}

/** Class candidates. Sentences count candidates; `before` and `after` list them. */
export function diffCandidates(context: DiffContext): Change[] {
  const differences = context.live.map(differenceOf).filter(isDifferent);
  const [first] = differences;
  if (first === undefined) return [];
  const removed = differences.flatMap((each) => each.removed);
  const added = differences.flatMap((each) => each.added);
  const ended = differences.flatMap((each) => (each.ended ? [each.pair.after.endOfCandidates] : []));
  const reopened = differences.flatMap((each) => (each.reopened ? [each.pair.committed.endOfCandidates] : []));
  const draft = {
    class: 'candidates' as const,
    before: { candidates: removed.map((each) => text(each.value)), ended: reopened.length > 0 },
    after: { candidates: added.map((each) => text(each.value)), ended: ended.length > 0 },
    sentence: sentenceOf(added, removed, ended.length > 0, reopened.length > 0),
    linesBefore: [...removed.map((each) => each.line), ...reopened],
    linesAfter: [...added.map((each) => each.line), ...ended],
    inCommitted: true,
  };
  if (differences.length > 1) return [sessionChange(context, 'candidates', draft)];
  return [sectionChange(context, first.pair, 'candidates', draft)];
}

function differenceOf(pair: SectionPair): SectionDifference {
  const before = pair.committed.candidates;
  const after = pair.after.candidates;
  const hadEnd = pair.committed.endOfCandidates !== undefined;
  const hasEnd = pair.after.endOfCandidates !== undefined;
  return {
    pair,
    removed: multisetDifference(before, after, (each) => text(each.value)),
    added: multisetDifference(after, before, (each) => text(each.value)),
    ended: hasEnd && !hadEnd,
    reopened: hadEnd && !hasEnd,
  };
}

function isDifferent(difference: SectionDifference): boolean {
  return difference.removed.length > 0 || difference.added.length > 0 || difference.ended || difference.reopened;
}

/** What identifies a candidate: not its foundation, priority or extensions (rules C.2). */
function text(candidate: Candidate): string {
  const related =
    candidate.relatedAddress === undefined
      ? ''
      : ` raddr ${candidate.relatedAddress} rport ${candidate.relatedPort ?? ''}`;
  const tcp = candidate.tcpType === undefined ? '' : ` ${candidate.tcpType}`;
  const address = `${candidate.address} ${candidate.port}`;
  return `${candidate.component} ${candidate.transport}${tcp} ${address} ${candidate.type}${related}`;
}

type Found = readonly { readonly value: Candidate }[];

function sentenceOf(added: Found, removed: Found, ended: boolean, reopened: boolean): string {
  const parts = [...counts(added, '+'), ...counts(removed, '−')];
  if (ended) parts.push('gathering ended');
  if (reopened) parts.push('gathering open again');
  return `Candidates: ${parts.join(', ')}.`;
}

/** `+4 host (2 mDNS)`; host, srflx, prflx, relay in this order, then others. */
function counts(candidates: Found, sign: string): string[] {
  const types = ['host', 'srflx', 'prflx', 'relay', 'other'];
  return types.flatMap((type) => {
    const some = candidates.filter(({ value }) => (types.includes(value.type) ? value.type : 'other') === type);
    if (some.length === 0) return [];
    const hidden = some.filter(({ value }) => value.address.toLowerCase().endsWith('.local')).length;
    return [
      `${sign}${some.length} ${type}${hidden > 0 ? ` (${hidden === some.length ? 'mDNS' : `${hidden} mDNS`})` : ''}`,
    ];
  });
}
