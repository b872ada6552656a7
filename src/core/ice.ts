/** ICE generations of each side, and which candidate belongs to which (rules B.5, RFC 8839 4.4, RFC 8838 11). */
import { parseCandidate } from '../sdp/candidate.ts';
import { type CandidateInput, createCandidate } from './candidate-record.ts';
import type { CandidateRecord, Description, IceGeneration, Side } from './model.ts';
import { outlineOf, type SectionOutline } from './outline.ts';
import type { SignalPlace } from './signal-text.ts';

/** Opens a generation for every new pair of credentials in a description just sent, and gives parked candidates a home. */
export function openGenerations(side: Side, description: Description): void {
  for (const section of outlineOf(description).sections) {
    if (section.rejected || section.ufrag === undefined) continue;
    const generation = generationOf(side, section, section.ufrag, description);
    if (generation.state === 'void') generation.state = 'new';
    generation.endedBy = undefined;
    generation.ended.clear();
    if (section.mid !== undefined && side.byMid.get(section.mid) !== generation) {
      side.byMid.set(section.mid, generation);
      generation.mids.push(section.mid);
    }
    unpark(side, section.ufrag);
  }
  unpark(side, '');
}

function generationOf(side: Side, section: SectionOutline, ufrag: string, since: Description): IceGeneration {
  const known = side.byUfrag.get(ufrag);
  if (known !== undefined && (known.pwd === section.pwd || section.pwd === undefined)) return known;
  const generation: IceGeneration = {
    party: side.party,
    number: side.generations.length + 1,
    ufrag,
    pwd: section.pwd,
    mids: [],
    since,
    state: 'new',
    candidates: [],
    endedBy: undefined,
    ended: new Map(),
  };
  side.generations.push(generation);
  side.byUfrag.set(ufrag, generation);
  return generation;
}

/** The description was committed: its credentials are the current ones, those before it are obsolete. */
export function commitGenerations(side: Side, description: Description): void {
  const carried = carriedBy(side, description);
  for (const generation of side.currentGenerations) if (!carried.has(generation)) generation.state = 'obsolete';
  setCurrent(side, carried);
}

/** Makes exactly these the current generations. */
export function setCurrent(side: Side, generations: Iterable<IceGeneration>): void {
  side.currentGenerations.clear();
  for (const generation of generations) {
    generation.state = 'current';
    side.currentGenerations.add(generation);
  }
}

/** The offer came to nothing: credentials that only it brought are void, unless `instead` brings them too. */
export function voidGenerations(side: Side, description: Description, instead?: Description): void {
  const kept = instead === undefined ? new Set() : carriedBy(side, instead);
  for (const generation of carriedBy(side, description)) {
    if (generation.state === 'new' && !kept.has(generation)) generation.state = 'void';
  }
}

function carriedBy(side: Side, description: Description): Set<IceGeneration> {
  const carried = new Set<IceGeneration>();
  for (const section of outlineOf(description).sections) {
    const generation = section.ufrag === undefined || section.rejected ? undefined : side.byUfrag.get(section.ufrag);
    if (generation !== undefined) carried.add(generation);
  }
  return carried;
}

/** Records a candidate of a side: with its generation, or parked until its credentials are described. */
export function addCandidate(side: Side, input: CandidateInput, place: SignalPlace): CandidateRecord {
  // Where the message names its credentials, its line is read when somebody asks for it.
  const ufrag = input.ufrag ?? parseCandidate(input.text)?.ufrag;
  const generation = findGeneration(side, ufrag, input);
  const record = createCandidate(input, generation, place);
  if (generation === undefined) park(side, record);
  else generation.candidates.push(record);
  return record;
}

/**
 * By ufrag; without one the newest generation of the target's section. Undefined: not described yet. A mid the side has not
 * described may come with its next description; where sections have no mids the newest generation is meant.
 */
function findGeneration(
  side: Side,
  ufrag: string | undefined,
  target: Pick<CandidateRecord, 'mid' | 'mLine'>,
): IceGeneration | undefined {
  if (ufrag !== undefined && ufrag !== '') return side.byUfrag.get(ufrag);
  const mid = target.mid ?? midAt(side, target.mLine);
  return mid === undefined || side.byMid.size === 0 ? side.generations.at(-1) : side.byMid.get(mid);
}

function midAt(side: Side, mLine: number | undefined): string | undefined {
  const newest = lastSent(side);
  return newest === undefined || mLine === undefined ? undefined : outlineOf(newest).sections[mLine]?.mid;
}

function lastSent({ lastOffer, lastAnswer }: Side): Description | undefined {
  if (lastOffer === undefined || lastAnswer === undefined) return lastOffer ?? lastAnswer;
  return lastOffer.seq > lastAnswer.seq ? lastOffer : lastAnswer;
}

/** The side has no more candidates: for one section, or for its newest generation as a whole. */
export function endCandidates(side: Side, seq: number, mid: string | undefined, ufrag: string | undefined): void {
  const generation = findGeneration(side, ufrag, { mid, mLine: undefined });
  if (generation === undefined) return;
  if (mid === undefined) generation.endedBy ??= seq;
  else if (!generation.ended.has(mid)) generation.ended.set(mid, seq);
}

/** Keeps a candidate until its credentials are described. */
export function park(side: Side, record: CandidateRecord): void {
  const ufrag = record.usernameFragment ?? record.candidate?.ufrag ?? '';
  const waiting = side.parked.get(ufrag);
  if (waiting === undefined) side.parked.set(ufrag, [record]);
  else waiting.push(record);
}

function unpark(side: Side, ufrag: string): void {
  const waiting = side.parked.get(ufrag) ?? [];
  side.parked.delete(ufrag);
  for (const record of waiting) {
    record.generation = findGeneration(side, ufrag, record);
    if (record.generation === undefined) park(side, record);
    else record.generation.candidates.push(record);
  }
}
