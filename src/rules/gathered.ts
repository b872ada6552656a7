/** What a side has gathered for one ICE generation, trickled or inside its descriptions. Each candidate is counted once. */
import type { Millis } from '../core/event.ts';
import type { Description, IceGeneration, Side } from '../core/model.ts';
import type { Candidate } from '../sdp/sdp.ts';
import { addressOf } from './address.ts';
import { unusable } from './unusable.ts';

export interface Gathered {
  /** Candidates that can be read. */
  total: number;
  /** Without those nobody can reach; loopback counts, both sides may be on one machine. */
  usable: number;
  relay: number;
  /** `.local` host candidates. */
  hidden: number;
  /** Host candidates with a public address. */
  publicHosts: number;
  /** Addresses of which nothing is known: names, masked ones. */
  unknown: number;
  udp4: number;
  udp6: number;
  tcpActive: number;
  tcpPassive: number;
  /** When the last of them came. */
  lastAt: Millis;
}

function nothing(): Gathered {
  return {
    total: 0,
    usable: 0,
    relay: 0,
    hidden: 0,
    publicHosts: 0,
    unknown: 0,
    udp4: 0,
    udp6: 0,
    tcpActive: 0,
    tcpPassive: 0,
    lastAt: 0,
  };
}

function count(gathered: Gathered, candidate: Candidate, t: Millis): void {
  const { kind, family } = addressOf(candidate.address);
  const why = unusable(candidate);
  gathered.total += 1;
  gathered.lastAt = Math.max(gathered.lastAt, t);
  if (why !== undefined && kind !== 'loopback') return;
  gathered.usable += 1;
  if (candidate.type === 'relay') gathered.relay += 1;
  if (kind === 'mdns') gathered.hidden += 1;
  if (kind === 'unknown') gathered.unknown += 1;
  if (candidate.type === 'host' && kind === 'public') gathered.publicHosts += 1;
  if (candidate.transport === 'udp') gathered[family === 6 ? 'udp6' : 'udp4'] += 1;
  else if (candidate.tcpType === 'active') gathered.tcpActive += 1;
  else gathered.tcpPassive += 1;
}

const trickled = new WeakMap<IceGeneration, { readonly sum: Gathered; counted: number }>();
const described = new WeakMap<Description, Gathered>();

function trickledFor(generation: IceGeneration): Gathered {
  const known = trickled.get(generation) ?? { sum: nothing(), counted: 0 };
  trickled.set(generation, known);
  for (; known.counted < generation.candidates.length; known.counted += 1) {
    const record = generation.candidates[known.counted];
    if (record?.candidate) count(known.sum, record.candidate, record.t);
  }
  return known.sum;
}

function describedIn(description: Description): Gathered {
  const known = described.get(description);
  if (known) return known;
  const sum = nothing();
  for (const section of description.sdp.media)
    if (!section.rejected) for (const { value } of section.candidates) count(sum, value, description.t);
  described.set(description, sum);
  return sum;
}

interface Whole {
  readonly sum: Readonly<Gathered>;
  readonly counted: number;
  readonly settled: Description | undefined;
}

const wholes = new WeakMap<IceGeneration, Whole>();

/** Everything of the generation: trickled, in the description that brought it, and in the side's committed one. */
export function gatheredFor({ committed: settled }: Side, generation: IceGeneration): Readonly<Gathered> {
  const counted = generation.candidates.length;
  const known = wholes.get(generation);
  if (known?.counted === counted && known.settled === settled) return known.sum;
  const sum = sumOf(generation, settled);
  wholes.set(generation, { sum, counted, settled });
  return sum;
}

function sumOf(generation: IceGeneration, settled: Description | undefined): Gathered {
  const parts = [trickledFor(generation), describedIn(generation.since)];
  if (settled && settled !== generation.since && carries(settled, generation)) parts.push(describedIn(settled));
  const sum = nothing();
  for (const part of parts) {
    for (const key of Object.keys(sum) as (keyof Gathered)[]) {
      sum[key] = key === 'lastAt' ? Math.max(sum[key], part[key]) : sum[key] + part[key];
    }
  }
  return sum;
}

function carries(description: Description, generation: IceGeneration): boolean {
  return description.sdp.media.some(({ rejected, ice }) => !rejected && ice.ufrag?.value === generation.ufrag);
}

/** The side's generation in use: of the tagged section of its committed description. */
export function currentGeneration(side: Side): IceGeneration | undefined {
  const [first, ...others] = side.currentGenerations;
  if (others.length === 0) return first;
  const live = side.committed?.sdp.media.find((section) => !section.rejected);
  const ufrag = live?.ice.ufrag?.value;
  return ufrag === undefined ? first : (side.byUfrag.get(ufrag) ?? first);
}

/** Silence after which gathering counts as finished, where nobody has declared its end. */
const SILENCE: Millis = 5000;

/** Whether no more candidates are to be expected. */
export function isFinished(generation: IceGeneration, gathered: Gathered, now: Millis): boolean {
  return gathered.total > 0 && (generation.endedBy !== undefined || now - gathered.lastAt >= SILENCE);
}
