/** What the ladder lists: what matters, every event, or what the filter lets through. Extended as the log grows. */
import { createDigest } from '../core/digest.ts';
import type { SignalEvent } from '../core/event.ts';
import { type Filter, type FindingsOf, meantAt, parseFilter } from '../core/filter.ts';
import type { Model } from '../core/model.ts';
import type { Finding } from '../rules/rule.ts';
import { typedFilter } from './filtering.ts';
import { nearestIndex } from './layout.ts';
import { turnOf } from './patience.ts';
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
  /** The same once more, for what has become of its events meanwhile: takes its place when it has seen as many. */
  next?: Listed | undefined;
  /** How many events there were when it was begun. */
  readonly of: number;
}

/** What becomes of an offer changes its label later on; a session up to this long is filtered anew with every event. */
const FILTERED_ANEW = 2000;
/** A session up to this long is listed at once, and with a filter, which takes much longer, one up to the other length. */
const AT_ONCE = { all: 2000, filtered: 200 };
/** Events of longer ones that are looked at in any case: each may have to be read from a file. */
const LEAST = { all: 50, filtered: 10 };
/** What it may use of a frame's patience. */
const PART = 0.5;

const EVERY: Filter = () => true;

const lists = new WeakMap<Model, Listed>();
/** What was listed last without a filter: Esc goes back to it. */
const plain = new WeakMap<Model, Listed>();

type Wanted = Pick<Ui, 'filter' | 'every' | 'lanes'>;

/** The listing for what is filtered; a filter looks at every event, of a long session at some with each call. One with a fault lets everything through. */
export function listingOf(setting: Setting, wanted: Wanted): Listing {
  const { model, findings } = setting;
  const { every, lanes } = wanted;
  const filter = filterOf(wanted.filter, setting);
  const text = filter === undefined ? '' : wanted.filter;
  const { length } = model.events;
  // A filter may ask for findings, which come after their events.
  const age = text === '' || (length > FILTERED_ANEW && !/finding|@/.test(text)) ? 0 : findings.list().length;
  const key = JSON.stringify([every, age, text, lanes.hidden]);
  const known = [lists.get(model), plain.get(model)].find((one) => one?.key === key);
  const anew = () => begin(key, filter, setting, every);
  let list = known ?? anew();
  grow(list, setting, lanes.hidden);
  if (list.filter !== undefined && list.of < length && length <= FILTERED_ANEW) list.next ??= anew();
  if (list.next !== undefined) {
    grow(list.next, setting, lanes.hidden);
    if (list.next.seen === list.seen) list = list.next;
  }
  lists.set(model, list);
  if (list.filter === undefined) plain.set(model, list);
  return list.listing;
}

function begin(key: string, filter: Filter | undefined, setting: Setting, every: boolean): Listed {
  const listing = filter === undefined && !every ? createDigest() : createSingles();
  const found = foundBy(filter === undefined ? [] : setting.findings.list());
  return { key, filter, found, listing, seen: 0, of: setting.model.events.length };
}

function grow(list: Listed, { model, clock }: Setting, hidden: readonly string[]): void {
  const { length } = model.events;
  const of = list.filter === undefined ? 'all' : 'filtered';
  const atOnce = list.seen + (length > AT_ONCE[of] ? LEAST[of] : AT_ONCE[of]);
  const turn = turnOf(model, clock);
  for (; list.seen < length; list.seen += 1) {
    if (list.seen >= atOnce && !turn.hasTime(PART)) break;
    const event = meantAt(model, list.seen, list.filter ?? EVERY, list.found);
    if (event !== undefined && !hidden.includes(event.from) && !hidden.includes(event.to)) list.listing.append(event);
  }
}

/** Whether events wait to be listed. */
export function isListing({ model }: Setting): boolean {
  const list = lists.get(model);
  return list !== undefined && (list.seen < model.events.length || list.next !== undefined);
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
  if (typed === '') return undefined;
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
