/**
 * Which messages belong to one pair of peer connections: by the credentials they name, by ids that stand around them, by
 * the origin of a description, by which open offer an answer fits, at last by who talks with whom.
 */
import { type PartyId, type PcId, pairId } from '../../core/event.ts';
import { FIRST_LOOSE, type Ids, idsAround, nameOf } from './ids.ts';
import { sectionsOf } from './judge.ts';
import type { FoundInPlace } from './recognise.ts';

export interface Between {
  readonly from: PartyId;
  readonly to: PartyId;
  /** One of them is the server itself, not somebody behind it. */
  readonly direct: boolean;
}

export interface Correlator {
  /** The peer connection of a signal; undefined for a goodbye to nobody. Signals in the order of the conversation. */
  pcOf(found: FoundInPlace, between: Between): PcId | undefined;
}

interface Open {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly sections: string;
  readonly ids: Ids;
}

/** What is known of one pair of peer connections. */
interface Known {
  readonly pc: PcId;
  /** The `o=` line's session id of each side. */
  readonly origins: Map<PartyId, string>;
  /** Offers without an answer, by who made them. */
  readonly open: Map<PartyId, Open>;
}

/** More than any real conversation has; beyond it a hostile one only loses precision. */
const [MOST, MOST_PENDING] = [5_000, 200];

export function createCorrelator(): Correlator {
  const all = new Map<PcId, Known>();
  /** Those with an open offer, the newest last. */
  const pending = new Set<Known>();
  const byUfrag = new Map<string, Known>();
  const byId = new Map<string, Known>();
  /** The newest between two parties, and the newest of one. */
  const byPair = new Map<string, Known>();
  const byParty = new Map<PartyId, Known>();

  function begin(ids: Ids, { from, to }: Between): Known {
    const pair = pairId(from, to);
    const wanted = nameOf(ids) ?? pair;
    const name = all.has(wanted) ? `${wanted}-${all.size + 1}` : wanted;
    const known: Known = { pc: name, origins: new Map(), open: new Map() };
    if (all.size < MOST) all.set(name, known);
    return known;
  }

  function remember(known: Known, ids: Ids, { from, to }: Between, ufrags: readonly string[]): Known {
    for (const key of keysOf(ids)) if (byId.size < MOST * 4) byId.set(key, known);
    for (const ufrag of ufrags) if (byUfrag.size < MOST * 4) byUfrag.set(`${from} ${ufrag}`, known);
    byPair.set(pairId(from, to), known);
    byParty.set(from, known);
    byParty.set(to, known);
    return known;
  }

  /** By the ids that are surely of a peer connection; by others only where there are none of these. */
  function byIds(ids: Ids): Known | undefined {
    const keys = isNamed(ids) ? keysOf(ids, FIRST_LOOSE) : keysOf(ids);
    return keys.map((key) => byId.get(key)).find((known) => known !== undefined);
  }

  /** The peer connections of this pair; a new origin of a side that talks with the server itself is a new one. */
  function ofPair(between: Between, origin: string | undefined): Known | undefined {
    const known = byPair.get(pairId(between.from, between.to));
    const before = known?.origins.get(between.from);
    const fresh = between.direct && before !== undefined && origin !== undefined && before !== origin;
    if (!fresh) return known;
    return [...all.values()].find(({ origins }) => origins.get(between.from) === origin);
  }

  function offered(sdp: string, ids: Ids, between: Between): Known {
    const [origin, ufrags] = [originOf(sdp), ufragsOf(sdp)];
    const known =
      ufrags.map((ufrag) => byUfrag.get(`${between.from} ${ufrag}`)).find((one) => one !== undefined) ??
      byIds(ids) ??
      (isNamed(ids) ? undefined : ofPair(between, origin)) ??
      begin(ids, between);
    known.open.set(between.from, { ...between, sections: sectionsOf(sdp), ids });
    pending.delete(known);
    pending.add(known);
    const [oldest] = pending;
    if (pending.size > MOST_PENDING && oldest !== undefined) pending.delete(oldest);
    if (origin !== undefined) known.origins.set(between.from, origin);
    return remember(known, ids, between, ufrags);
  }

  function answered(sdp: string, type: string, ids: Ids, between: Between): Known {
    let best: { known: Known; open: Open; score: number } | undefined;
    const sections = sectionsOf(sdp);
    for (const known of pending) {
      for (const open of known.open.values()) {
        if (open.from === between.from) continue;
        const score = fit(open, sections, ids, between);
        if (score > LEAST && score >= (best?.score ?? LEAST)) best = { known, open, score };
      }
    }
    const [origin, ufrags] = [originOf(sdp), ufragsOf(sdp)];
    const known = best?.known ?? byIds(ids) ?? byPair.get(pairId(between.from, between.to)) ?? begin(ids, between);
    if (best && type === 'answer') known.open.delete(best.open.from);
    if (known.open.size === 0) pending.delete(known);
    if (origin !== undefined) known.origins.set(between.from, origin);
    return remember(known, ids, between, ufrags);
  }

  function other(ids: Ids, between: Between, ufrag: string | undefined): Known | undefined {
    return (
      (ufrag === undefined ? undefined : byUfrag.get(`${between.from} ${ufrag}`)) ??
      byIds(ids) ??
      byPair.get(pairId(between.from, between.to))
    );
  }

  return {
    pcOf({ signal, place }, between) {
      const ids = idsAround(place);
      if ('sdp' in signal) {
        const { type, sdp } = signal;
        return (type === 'offer' ? offered(sdp, ids, between) : answered(sdp, type, ids, between)).pc;
      }
      if (signal.type === 'bye' || signal.type === 'response')
        return (other(ids, between, undefined) ?? byParty.get(between.from))?.pc;
      const ufrag = signal.type === 'candidate' ? (signal.ufrag ?? ufragIn(signal.candidate)) : undefined;
      const known = other(ids, between, ufrag) ?? begin(ids, between);
      return remember(known, ids, between, ufrag === undefined ? [] : [ufrag]).pc;
    },
  };
}

const keysOf = ({ sure }: Ids, end = sure.length): string[] =>
  sure.slice(0, end).flatMap((id, row) => (id === undefined ? [] : [`${row} ${id}`]));

const isNamed = ({ sure }: Ids): boolean => sure.slice(0, FIRST_LOOSE).some((id) => id !== undefined);

/** Below this an answer belongs to no offer. */
const LEAST = -4;

/** How well an answer fits an offer: ids weigh most, then the parties, then sections (an answer has the same, RFC 3264 6). */
function fit(open: Open, sections: string, ids: Ids, { from, to }: Between): number {
  let score = 0;
  for (const [row, id] of ids.sure.entries()) {
    const offered = open.ids.sure[row];
    if (id !== undefined && offered !== undefined) score += id === offered ? 8 : -3;
  }
  for (const [name, value] of Object.entries(ids.maybe)) if (open.ids.maybe[name] === value) score += 3;
  if (open.to === from && open.from === to) score += 3;
  else if (open.to !== from && open.from !== to) score -= 3;
  return score + (open.sections === sections ? 2 : -2);
}

/** The session id, where it is one that was drawn at random. */
function originOf(sdp: string): string | undefined {
  const [, user, id] = /^o=(\S{1,100}) (\d{8,30}) /m.exec(sdp) ?? [];
  return id === undefined ? undefined : `${user} ${id}`;
}

function ufragsOf(sdp: string): string[] {
  return [...new Set([...sdp.matchAll(/^a=ice-ufrag:(\S{1,256})/gm)].map(([, ufrag = '']) => ufrag))];
}

export function ufragIn(candidate: string): string | undefined {
  return / ufrag (\S{1,256})/.exec(candidate)?.[1];
}
