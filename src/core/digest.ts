/**
 * The log as the rows worth looking at: what merely succeeded or is implied by something else is left out, and candidates
 * that go the same way share a row. Pure; grows with the log, in constant time per event.
 */
import type { Millis, Signal, SignalEvent } from './event.ts';
import { eventAt } from './event-at.ts';
import type { LabelOptions } from './label.ts';
import { type LadderRow, ladderRow } from './ladder.ts';
import type { CandidateRecord, Model } from './model.ts';
import { printable } from './text.ts';

export interface DigestRow {
  readonly kind: 'event' | 'candidates';
  /** The events in it, ascending; the first one stands for all. Rows of candidates may still grow. */
  readonly seqs: readonly number[];
}

export interface Digest {
  /** In the order of their first events. Grows at its end. */
  readonly rows: readonly DigestRow[];
  /** How many events are in no row. */
  readonly hidden: number;
  /** Takes the next event of the log. */
  append(event: SignalEvent): void;
  /** Index of the event's row; of a hidden event that of the row before it; -1 if there is none. */
  rowOf(seq: number): number;
}

export interface Grouped extends DigestRow {
  /** Which of the rows it is, from 0. */
  readonly index: number;
}

interface Run {
  readonly seqs: number[];
  readonly row: Grouped;
  last: Millis;
}

/** A row of candidates holds no more than this, so that showing it costs little whatever a peer sends. */
const LONGEST_RUN = 100;
/** A candidate this long after the last one of its row begins another row. */
const RUN_GAP: Millis = 3000;

/**
 * Which row each event of a log goes into, one after the other; undefined for what is left out. Keeps only the rows that may
 * still grow.
 */
export function createGrouping(): (event: SignalEvent) => Grouped | undefined {
  let count = 0;
  /** Rows of candidates that may still grow, by the way they go. */
  const runs = new Map<string, Run>();
  const told = new Map<string, string>();

  function begin(kind: DigestRow['kind'], seqs: readonly number[]): Grouped {
    count += 1;
    return { kind, seqs, index: count - 1 };
  }

  /** A state that was reached before and not left since is told once. */
  function isNew(event: SignalEvent): boolean {
    if (event.kind !== 'state') return true;
    const key = JSON.stringify([event.from, event.pc, event.of]);
    const value = SAME[event.value] ?? event.value;
    const before = told.get(key);
    told.set(key, value);
    return before !== value || value === 'failed';
  }

  function ofCandidates({ seq, t }: SignalEvent, way: string): Grouped {
    let run = runs.get(way);
    if (run === undefined || run.seqs.length >= LONGEST_RUN || t - run.last > RUN_GAP) {
      const seqs: number[] = [];
      run = { seqs, row: begin('candidates', seqs), last: t };
      runs.set(way, run);
    }
    run.seqs.push(seq);
    run.last = t;
    return run.row;
  }

  return (event) => {
    const way = candidatesWay(event);
    if (way !== undefined) return ofCandidates(event, way);
    if (!isNew(event) || !isNews(event)) return undefined;
    // States come in between all the time; what anybody says or does ends the run.
    if (event.kind !== 'state' || event.value === 'failed') runs.clear();
    return begin('event', [event.seq]);
  };
}

export function createDigest(): Digest {
  const rows: DigestRow[] = [];
  const owners: number[] = [];
  const rowFor = createGrouping();
  let hidden = 0;
  return {
    rows,
    get hidden() {
      return hidden;
    },
    append(event) {
      const row = rowFor(event);
      if (row === undefined) hidden += 1;
      else if (row.index === rows.length) rows.push(row);
      owners[event.seq] = row?.index ?? rows.length - 1;
    },
    rowOf: (seq) => owners[seq] ?? -1,
  };
}

/** Who sends candidates of which session to whom; undefined if the event is anything else than candidates. */
function candidatesWay({ from, to, link, ...event }: SignalEvent): string | undefined {
  if (event.kind !== 'message' || event.signals.length === 0) return undefined;
  const pcs = new Set<string>();
  for (const signal of event.signals) {
    if (signal.type !== 'candidate' && signal.type !== 'end-of-candidates') return undefined;
    pcs.add(signal.pc);
  }
  return JSON.stringify([from, to, link ?? null, ...pcs]);
}

/** ICE goes back and forth between the two (W3C webrtc-pc 5.6.4); for the negotiation they are the same. */
const SAME: Readonly<Record<string, string>> = { completed: 'connected' };

const TOLD_BY_OTHERS: ReadonlySet<string> = new Set(['signaling', 'gathering', 'media', 'dtls']);
const NOTHING_YET: ReadonlySet<string> = new Set(['new', 'connecting']);

/** Says no more than that a request arrived: Janus acknowledges every candidate. */
const isReceipt = (signal: Signal): boolean =>
  signal.type === 'response' && signal.ok === true && signal.status === undefined;

/** The frame around candidates that have rows of their own. */
const carriesCandidate = (signal: Signal): boolean =>
  signal.type === 'other' && (signal.carries === 'candidate' || signal.carries === 'end-of-candidates');

/**
 * False for what merely succeeded (`apply`, `call`, a receipt), and for states that a description or another state tells as well.
 * Failures, problems, what else anybody says and what we are told to do are always news.
 */
export function isNews(event: SignalEvent): boolean {
  if (event.kind === 'apply') return !event.ok;
  if (event.kind === 'call') return event.ok === false;
  if (event.kind === 'message') {
    if (event.signals.length > 0 && event.signals.every(carriesCandidate)) return false;
    return !event.signals.some(isReceipt) || event.signals.length > 1;
  }
  if (event.kind !== 'state' || event.value === 'failed') return true;
  return !TOLD_BY_OTHERS.has(event.of) && !NOTHING_YET.has(event.value);
}

/** A row as a ladder row: its first event's, for several candidates with a label for all: `candidates ×4 host udp · mid 0 1`. */
export function digestLadderRow(
  model: Model,
  seqs: readonly number[],
  options: LabelOptions = {},
): LadderRow | undefined {
  const first = eventAt(model.events, seqs[0] ?? 0);
  if (first === undefined) return undefined;
  const row = ladderRow(model, first, options);
  return seqs.length < 2 ? row : { ...row, label: knownRunLabel(model, seqs, options) };
}

interface KnownLabel {
  readonly key: string;
  readonly label: string;
}

/** By the array of a row's events, which only grows. */
const known = new WeakMap<readonly number[], KnownLabel>();

/** The same label is asked for with every frame, and each candidate of it may have to be read from a file. */
function knownRunLabel(model: Model, seqs: readonly number[], options: LabelOptions): string {
  // What candidates belong to is settled anew with descriptions, and where the far end of a session becomes known.
  const key = [seqs.length, model.described.all.length, model.sessions.size, options.separator].join(' ');
  const before = known.get(seqs);
  if (before?.key === key) return before.label;
  if (options.hasTime?.() === false) return before?.label ?? `candidates ×${seqs.length} …`;
  const label = runLabel(model, seqs, options);
  known.set(seqs, { key, label });
  return label;
}

function runLabel(model: Model, seqs: readonly number[], { separator = ' · ' }: LabelOptions): string {
  const records = seqs.flatMap((seq) => model.gathered.get(seq) ?? []);
  const ends = seqs.flatMap((seq) => endedMids(eventAt(model.events, seq)));
  const unreadable = records.filter(({ candidate }) => candidate === undefined).length;
  const stale = records.filter((record) => record.stale).length;
  const sections = [...new Set([...records.map(sectionOf), ...(records.length === 0 ? ends : [])])];
  const parts = [
    countWords(records),
    sectionWords(sections.filter((section) => section !== '')),
    unreadable > 0 ? `${unreadable} unreadable` : '',
    stale > 0 ? `${stale} stale` : '',
    records.length > 0 && ends.length > 0 ? 'end' : '',
  ];
  return printable(parts.filter((part) => part !== '').join(separator));
}

function countWords(records: readonly CandidateRecord[]): string {
  if (records.length === 0) return 'end of candidates';
  return `${records.length === 1 ? 'candidate' : `candidates ×${records.length}`}${kindsOf(records)}`;
}

/** The mid of each end of candidates in the event, '' where it is for all. */
function endedMids(event: SignalEvent | undefined): string[] {
  if (event?.kind !== 'message') return [];
  return event.signals.flatMap((signal) => {
    const ends = signal.type === 'end-of-candidates' || (signal.type === 'candidate' && signal.candidate === '');
    return ends ? [('mid' in signal ? signal.mid : undefined) ?? ''] : [];
  });
}

/** ` host srflx udp tcp`: each type and transport once. */
function kindsOf(records: readonly CandidateRecord[]): string {
  const read = records.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate]));
  const words = [...read.map(({ type }) => type), ...read.map(({ transport }) => transport)];
  return [...new Set(words)].map((word) => ` ${word.slice(0, 12)}`).join('');
}

function sectionOf({ mid, mLine }: CandidateRecord): string {
  return mid ?? (mLine === undefined ? '' : `#${mLine}`);
}

/** How many sections are named. */
const MOST_SECTIONS = 6;

function sectionWords(sections: readonly string[]): string {
  if (sections.length === 0) return '';
  const named = sections.slice(0, MOST_SECTIONS).map((section) => section.slice(0, 12));
  return `mid ${named.join(' ')}${sections.length > MOST_SECTIONS ? ' …' : ''}`;
}
