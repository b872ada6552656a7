/**
 * Several recordings as one, merged by time: by the clock if each says when it began, else all begin at once. Whom and what
 * each of them names stays its own, so that each is understood, and judged, as by itself.
 */
import { basename, dirname } from 'node:path';
import { among, ownName } from '../core/among.ts';
import type { SessionHeader, SignalEvent } from '../core/event.ts';
import { growingView } from '../core/event-view.ts';
import { Numbers } from '../core/numbers.ts';
import { createRecent } from '../core/recent.ts';
import { type Feed, feedOf } from './feed.ts';
import type { Input } from './input.ts';
import { eventIn } from './load.ts';

/** One of the recordings. */
interface Part {
  readonly name: string;
  readonly feed: Feed;
  /** Its events' own numbers, and those among the others, by their places in it. */
  readonly own: Numbers;
  readonly common: Numbers;
  /** Milliseconds from the beginning of the first that began. */
  offset: number;
}

export interface Together extends Feed {
  /**
   * What the event that the first of them names by `#N` is called among the others, once all is read. Throws RenegoError
   * `input`/`NO_SUCH_EVENT`.
   */
  selected(): number | undefined;
}

/** Events that are remembered as they are among the others. */
const REMEMBERED = 4096;
/** Events between two moments in which others may work. */
const AT_ONCE = 256;

/** Reads them one after the other, and puts them out when all are read. */
export function together(inputs: readonly Input[]): Together {
  const parts = namesOf(inputs.map(({ place }) => place)).map((name, at): Part => {
    const feed = feedOf(inputs[at] as Input);
    return { name, feed, own: new Numbers(), common: new Numbers(), offset: 0 };
  });
  /** Of each event whose it is, and where it is there. */
  const [whose, where] = [new Numbers(), new Numbers()];
  /** What belongs to none of them. */
  const behind: SignalEvent[] = [];
  const recent = createRecent<number, SignalEvent>(REMEMBERED);
  let header: SessionHeader | undefined;

  function at(place: number): SignalEvent {
    const there = place < whose.length ? recent.get(place) : behind[place - whose.length];
    if (there !== undefined) return there;
    const { feed, name, offset, own, common } = parts[whose.at(place) as number] as Part;
    const event = feed.events.at(where.at(place) as number) as SignalEvent;
    const of = (seq: number): number | undefined => common.at(own.placeOf(seq) ?? -1);
    const stands = among(event, { name, seq: place + 1, t: event.t + offset, of });
    recent.set(place, stands);
    return stands;
  }

  return {
    events: growingView(() => whose.length + behind.length, at),
    header: () => header,
    async read(put, between) {
      for (const { feed } of parts) await feed.read(() => {}, between);
      header = align(parts);
      for (const [whoseNext, seq] of byTime(parts)) {
        const { own, common } = parts[whoseNext] as Part;
        whose.push(whoseNext);
        where.push(own.length);
        own.push(seq);
        common.push(whose.length);
        put(at(whose.length - 1));
        if (whose.length % AT_ONCE === 0) await between();
      }
    },
    done() {
      const all = parts.reduce((sum, { feed }) => sum + feed.events.length, 0);
      // Reading them is one half of it, merging them the other.
      if (header !== undefined) return (1 + whose.length / all) / 2;
      const read = parts.reduce((sum, { feed }) => sum + (feed.done() ?? 0), 0);
      return read === 0 ? undefined : read / parts.length / 2;
    },
    push: (event) => behind.push(event),
    selected() {
      const which = inputs.findIndex(({ event }) => event !== undefined);
      const [input, part] = [inputs[which], parts[which]];
      if (input?.event === undefined || part === undefined) return undefined;
      const { seq } = eventIn(part.feed, input.event, input.path);
      return part.common.at(part.own.placeOf(seq) ?? -1);
    },
  };
}

/** Whose event is next, and its number there: the earliest, of several the one given first. */
function* byTime(parts: readonly Part[]): Generator<readonly [number, number], void> {
  const next = parts.map(({ feed }) => ({ place: 0, event: feed.events.at(0) }));
  for (;;) {
    let [whose, earliest] = [-1, Number.POSITIVE_INFINITY];
    for (const [at, { event }] of next.entries()) {
      const t = event === undefined ? Number.POSITIVE_INFINITY : event.t + (parts[at]?.offset ?? 0);
      if (t < earliest) [whose, earliest] = [at, t];
    }
    const one = next[whose];
    if (one?.event === undefined) return;
    yield [whose, one.event.seq];
    one.place += 1;
    one.event = parts[whose]?.feed.events.at(one.place);
  }
}

/** Times before this are no dates: a recording that does not know when it began counts from 0. */
const CLOCKS = Date.parse('2000-01-01T00:00:00.000Z');

/** Puts each where it began, and tells of all. */
function align(parts: readonly Part[]): SessionHeader {
  const headers = parts.flatMap(({ feed }) => feed.header() ?? []);
  const began = headers.map(({ startedAt }) => Date.parse(startedAt));
  const first = Math.min(...began);
  if (first >= CLOCKS) for (const [at, part] of parts.entries()) part.offset = (began[at] as number) - first;
  return {
    format: 1,
    tool: headers[0]?.tool ?? 'unknown',
    startedAt: headers.find((_, at) => began[at] === first)?.startedAt ?? new Date(0).toISOString(),
    source: 'together',
    parties: headers.flatMap(({ parties }, at) => parties.map((party) => ownName(parts[at]?.name ?? '', party))),
    redacted: [...new Set(headers.flatMap(({ redacted }) => redacted))],
  };
}

/** Short names: what tells the files apart, else numbered. */
function namesOf(places: readonly string[]): readonly string[] {
  const short = places.map((place) => (place === 'standard input' ? 'stdin' : stem(place)));
  const names = new Set(short).size === short.length ? short : places.map(withFolder);
  return names.map((name, at) => (names.indexOf(name) === at ? name : `${name}-${at + 1}`));
}

const stem = (path: string): string => basename(path).replace(/(?<=.)\..*$/s, '');

function withFolder(path: string): string {
  const folder = basename(dirname(path));
  return folder === '' || folder === '.' ? stem(path) : `${folder}-${stem(path)}`;
}
