/** What the ladder lists: what matters, every event, or what the filter lets through. Extended as the log grows. */
import { createDigest } from '../core/digest.ts';
import type { SignalEvent } from '../core/event.ts';
import { type Filter, type FindingsOf, meantAt, parseFilter } from '../core/filter.ts';
import type { Model } from '../core/model.ts';
import type { Finding } from '../rules/rule.ts';
import { typedFilter } from './filtering.ts';
import { nearestIndex } from './layout.ts';
import type { Setting, Ui } from './state.ts';

export interface Listing {
  /** In the order of their first events. May grow, and so may rows of candidates. */
  readonly rows: readonly { readonly seqs: readonly number[] }[];
  /** How many events are left out as not worth a row. */
  readonly hidden: number;
  /** Index of the row with this event, or of the one a hidden event belongs to; -1 if there is none. */
  rowOf(seq: number): number;
}

interface Grower extends Listing {
  append(event: SignalEvent): void;
}

interface Listed {
  readonly key: string;
  readonly filter: Filter | undefined;
  readonly found: FindingsOf;
  readonly listing: Grower;
  seen: number;
}

/** What becomes of an offer changes its label later on; a session up to this long is filtered anew with every event. */
const FILTERED_ANEW = 2000;
/** Milliseconds after which the rest of the events waits: a key asks for the listing a few times, all within a frame. */
const PATIENCE = 4;
/** A session up to this long is listed at once, and with a filter one up to `FILTERED_ANEW`: a filter takes much longer. */
const AT_ONCE = 25_000;
/** Events of longer ones that are looked at in any case: each may have to be read from a file. */
const LEAST = { filtered: 30, all: 300 };

const EVERY: Filter = () => true;

const lists = new WeakMap<Model, Listed>();

/** The listing for what is filtered; a filter looks at every event, of a long session at some with each call. One with a fault lets everything through. */
export function listingOf(
  setting: Setting,
  { filter: text, every, lanes: { hidden } }: Pick<Ui, 'filter' | 'every' | 'lanes'>,
): Listing {
  const { model, findings } = setting;
  const { length } = model.events;
  // A filter may ask for findings, which come after their events.
  const age = text === '' || (length > FILTERED_ANEW && !/finding|@/.test(text)) ? 0 : findings.list().length;
  const key = JSON.stringify([every, age, text, hidden]);
  let list = lists.get(model);
  const stale = list?.filter !== undefined && list.seen < length && length <= FILTERED_ANEW;
  if (list === undefined || list.key !== key || stale) {
    const filter = filterOf(text, setting);
    const listing = filter === undefined && !every ? createDigest() : createSingles();
    list = { key, filter, found: foundBy(filter === undefined ? [] : findings.list()), listing, seen: 0 };
    lists.set(model, list);
  }
  const [began, first] = [performance.now(), list.seen];
  const [short, few] = list.filter === undefined ? [AT_ONCE, LEAST.all] : [FILTERED_ANEW, LEAST.filtered];
  const atOnce = length > short ? few : short;
  for (; list.seen < length; list.seen += 1) {
    if (list.seen - first >= atOnce && performance.now() - began > PATIENCE) break;
    const event = meantAt(model, list.seen, list.filter ?? EVERY, list.found);
    if (event !== undefined && !hidden.includes(event.from) && !hidden.includes(event.to)) list.listing.append(event);
  }
  return list.listing;
}

/** Whether events wait to be listed. */
export function isListing({ model }: Setting): boolean {
  return (lists.get(model)?.seen ?? model.events.length) < model.events.length;
}

/** A row for each event. */
function createSingles(): Grower {
  const rows: { seqs: number[] }[] = [];
  const seqs: number[] = [];
  return {
    rows,
    hidden: 0,
    append(event) {
      rows.push({ seqs: [event.seq] });
      seqs.push(event.seq);
    },
    rowOf(seq) {
      const index = nearestIndex(seqs, seq);
      return seqs[index] === seq ? index : -1;
    },
  };
}

function filterOf(typed: string, { filters }: Setting): Filter | undefined {
  const { text } = typedFilter(typed);
  const parsed = parseFilter(text, { saved: filters?.() ?? {} });
  return text.trim() === '' || 'error' in parsed ? undefined : parsed.filter;
}

function foundBy(findings: readonly Finding[]): FindingsOf {
  const bySeq = new Map<number, Finding[]>();
  for (const finding of findings) {
    const there = bySeq.get(finding.event);
    if (there === undefined) bySeq.set(finding.event, [finding]);
    else there.push(finding);
  }
  return (seq) => bySeq.get(seq) ?? [];
}
