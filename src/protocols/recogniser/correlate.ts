/**
 * Which messages belong to one pair of peer connections: by the credentials they name, by ids that stand around them, by
 * the origin of a description, by which open offer an answer fits, by whom else they name, at last by who talks with whom.
 */
import { type PartyId, type PcId, pairId } from '../../core/event.ts';
import { ownText } from '../../core/signal-text.ts';
import { remember as keep } from '../bounded.ts';
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
  /** A browser has made it. */
  readonly byBrowser: boolean;
}

/** What is known of one pair of peer connections. */
interface Known {
  readonly pc: PcId;
  /** The `o=` line's session id of each side. */
  readonly origins: Map<PartyId, string>;
  /** Offers without an answer, by who made them. */
  readonly open: Map<PartyId, Open>;
  /** What the messages about it name besides. */
  readonly names: Set<string>;
}

/** More than any real conversation has at once; beyond it the oldest is forgotten, and a hostile one only loses precision. */
const [MOST, MOST_PENDING, MOST_OF_PAIR, MOST_NAMES, MOST_PARTIES] = [5_000, 200, 64, 32, 64];

export function createCorrelator(): Correlator {
  const all = new Map<PcId, Known>();
  /** Those with an open offer, the newest last. */
  const pending = new Set<Known>();
  const byUfrag = new Map<string, Known>();
  const byId = new Map<string, Known>();
  /** All between two parties, the newest last, and the newest of one. */
  const byPair = new Map<string, Set<Known>>();
  const byParty = new Map<PartyId, Known>();
  /** How many there were so far. */
  let made = 0;

  function begin(ids: Ids, { from, to }: Between): Known {
    const pair = pairId(from, to);
    const wanted = nameOf(ids) ?? pair;
    made += 1;
    const name = all.has(wanted) ? `${wanted}-${made}` : wanted;
    const known: Known = { pc: name, origins: new Map(), open: new Map(), names: new Set() };
    keep(all, name, known, MOST);
    return known;
  }

  function remember(known: Known, ids: Ids, { from, to }: Between, ufrags: readonly string[]): Known {
    for (const key of keysOf(ids)) keep(byId, key, known, MOST * 4);
    for (const ufrag of ufrags) keep(byUfrag, `${from} ${ufrag}`, known, MOST * 4);
    for (const name of ids.names) if (known.names.size < MOST_NAMES) known.names.add(ownText(name));
    const pair = pairId(from, to);
    const ofPair = byPair.get(pair) ?? new Set();
    ofPair.delete(known);
    ofPair.add(known);
    const [oldest] = ofPair;
    if (ofPair.size > MOST_OF_PAIR && oldest !== undefined) ofPair.delete(oldest);
    keep(byPair, pair, ofPair, MOST);
    keep(byParty, from, known, MOST);
    keep(byParty, to, known, MOST);
    return known;
  }

  /** Of those between two parties the one whose messages name the same, where that tells; else the newest. */
  function between(ids: Ids, { from, to }: Between): Known | undefined {
    const known = [...(byPair.get(pairId(from, to)) ?? [])].reverse();
    const scores = known.map(({ names }) => ids.names.filter((name) => names.has(name)).length);
    const best = Math.max(...scores);
    return known[scores.filter((score) => score === best).length === 1 ? scores.indexOf(best) : 0];
  }

  /** By the ids that are surely of a peer connection; by others only where there are none of these. */
  function byIds(ids: Ids): Known | undefined {
    const keys = isNamed(ids) ? keysOf(ids, FIRST_LOOSE) : keysOf(ids);
    return keys.map((key) => byId.get(key)).find((known) => known !== undefined);
  }

  /** The peer connections of this pair; a new origin of a side that talks with the server itself is a new one. */
  function ofPair(ids: Ids, of: Between, sdp: string): Known | undefined {
    const known = between(ids, of);
    const [origin, before] = [originOf(sdp), known?.origins.get(of.from)];
    const fresh =
      of.direct && origin !== undefined && (before === undefined ? crosses(known, of, sdp) : before !== origin);
    if (!fresh) return known;
    return [...(byPair.get(pairId(of.from, of.to)) ?? [])].find(({ origins }) => origins.get(of.from) === origin);
  }

  /** Offers of browsers that cross are a glare; a server that has an offer of its own beside a browser's means another one. */
  function crosses(known: Known | undefined, { to }: Between, sdp: string): boolean {
    const open = known?.open.get(to);
    return open !== undefined && open.byBrowser !== isByBrowser(sdp);
  }

  function offered(sdp: string, ids: Ids, of: Between): Known {
    const [origin, ufrags] = [originOf(sdp), ufragsOf(sdp)];
    const known =
      ufrags.map((ufrag) => byUfrag.get(`${of.from} ${ufrag}`)).find((one) => one !== undefined) ??
      byIds(ids) ??
      (isNamed(ids) ? undefined : ofPair(ids, of, sdp)) ??
      begin(ids, of);
    keep(known.open, of.from, { ...of, sections: sectionsOf(sdp), ids, byBrowser: isByBrowser(sdp) }, MOST_PARTIES);
    pending.delete(known);
    pending.add(known);
    const [oldest] = pending;
    if (pending.size > MOST_PENDING && oldest !== undefined) pending.delete(oldest);
    if (origin !== undefined) keep(known.origins, of.from, origin, MOST_PARTIES);
    return remember(known, ids, of, ufrags);
  }

  function answered(sdp: string, type: string, ids: Ids, of: Between): Known {
    let best: { known: Known; open: Open; score: number } | undefined;
    const sections = sectionsOf(sdp);
    for (const known of pending) {
      for (const open of known.open.values()) {
        if (open.from === of.from) continue;
        const score = fit(open, sections, ids, of);
        if (score > LEAST && score >= (best?.score ?? LEAST)) best = { known, open, score };
      }
    }
    const [origin, ufrags] = [originOf(sdp), ufragsOf(sdp)];
    const known = best?.known ?? byIds(ids) ?? between(ids, of) ?? begin(ids, of);
    if (best && type === 'answer') known.open.delete(best.open.from);
    if (known.open.size === 0) pending.delete(known);
    if (origin !== undefined) keep(known.origins, of.from, origin, MOST_PARTIES);
    return remember(known, ids, of, ufrags);
  }

  function other(ids: Ids, of: Between, ufrag: string | undefined): Known | undefined {
    return (ufrag === undefined ? undefined : byUfrag.get(`${of.from} ${ufrag}`)) ?? byIds(ids) ?? between(ids, of);
  }

  return {
    pcOf({ signal, place }, of) {
      const ids = idsAround(place);
      if ('sdp' in signal) {
        const { type, sdp } = signal;
        return (type === 'offer' ? offered(sdp, ids, of) : answered(sdp, type, ids, of)).pc;
      }
      if (signal.type === 'bye' || signal.type === 'response')
        return (other(ids, of, undefined) ?? byParty.get(of.from))?.pc;
      const ufrag = signal.type === 'candidate' ? (signal.ufrag ?? ufragIn(signal.candidate)) : undefined;
      const known = other(ids, of, ufrag) ?? begin(ids, of);
      return remember(known, ids, of, ufrag === undefined ? [] : [ufrag]).pc;
    },
  };
}

const keysOf = ({ sure }: Ids, end = sure.length): string[] =>
  sure.slice(0, end).flatMap((id, row) => (id === undefined ? [] : [`${row} ${ownText(id)}`]));

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
  if (ids.names.some((name) => open.ids.names.includes(name))) score += 2;
  if (open.to === from && open.from === to) score += 3;
  else if (open.to !== from && open.from !== to) score -= 3;
  return score + (open.sections === sections ? 2 : -2);
}

/** The session id, where it is one that was drawn at random. */
function originOf(sdp: string): string | undefined {
  const [, user, id] = /^o=(\S{1,100}) (\d{8,30}) /m.exec(sdp) ?? [];
  return id === undefined ? undefined : `${ownText(user)} ${ownText(id)}`;
}

/** Chrome's and Firefox's origins; servers write their address, or a version that is a time. */
const isByBrowser = (sdp: string): boolean => /^o=(?:mozilla\S* |- \d{10,20} \d{1,4} IN IP4 127\.0\.0\.1)/m.test(sdp);

function ufragsOf(sdp: string): string[] {
  return [...new Set([...sdp.matchAll(/^a=ice-ufrag:(\S{1,256})/gm)].map(([, ufrag = '']) => ownText(ufrag)))];
}

export function ufragIn(candidate: string): string | undefined {
  return ownText(/ ufrag (\S{1,256})/.exec(candidate)?.[1]);
}
