/** Reads the messages of one connection in order, in either direction, with the patterns of a template. */
import type { PartyId, Signal } from '../../core/event.ts';
import { clip, isObject } from '../json.ts';
import { type Match, match } from './match.ts';
import { type Ends, endsOf, signalsOf } from './meaning.ts';
import type { Memory, Values } from './memory.ts';
import type { Pattern } from './pattern.ts';
import { KINDS, type Kind, type Template } from './template.ts';

/** A message that one of the kinds of a template has read. */
export interface Understood {
  readonly kind: Kind;
  readonly values: Values;
  readonly ends: Ends;
  readonly signals: readonly Signal[];
}

/** How the other end is called where nothing says it. */
export const SOMEONE = 'peer';

export function understand(
  template: Template,
  memory: Memory,
  value: unknown,
  direction: 'in' | 'out',
): Understood | undefined {
  const defaults = new Map(Object.entries(template.values));
  for (const kind of KINDS) {
    const way = template.messages[kind];
    const pattern = direction === 'in' ? way?.recv : way?.send;
    const found = pattern && match(pattern, value);
    if (!found) continue;
    const ends = endsOf(found.values, direction, memory, template.peer ?? SOMEONE);
    const several = found.each?.map((one) => new Map([...found.values, ...one])) ?? [];
    const all = several.length > 0 && kind === 'candidate' ? several : [found.values];
    const read = all.map((values) => signalsOf(kind, values, ends, defaults));
    if (read.some((signals) => signals === undefined)) continue;
    const beside =
      kind === 'candidate' ? [] : several.flatMap((values) => signalsOf('candidate', values, ends, defaults) ?? []);
    const signals = [...read.flatMap((one) => one ?? []), ...beside];
    learn(memory, kind, found.values, direction, ends);
    const presence = isPresence(kind) ? presenceOf(kind, found, memory, template.peer) : [];
    return { kind, values: found.values, ends, signals: [...signals, ...presence] };
  }
  return undefined;
}

const isPresence = (kind: Kind): boolean => kind === 'peers' || kind === 'joined' || kind === 'left';

function learn(memory: Memory, kind: Kind, values: Values, direction: 'in' | 'out', ends: Ends): void {
  const talks = !isPresence(kind);
  if (direction === 'out') memory.name(values.get('from') ?? values.get('self'));
  if (talks && ends.peer !== memory.self) memory.talker = ends.peer;
  countRound(memory, kind, ends.peer);
  const peer = talks ? ends.peer : memory.party(values.get('peer'));
  memory.keep(values, peer);
}

/** Keeps count of the rounds of a call, said or heard. */
export function countRound(memory: Memory, kind: Kind, peer: PartyId): void {
  if (kind === 'answer' || kind === 'reanswer') memory.rounds.set(peer, 'described');
  if (kind === 'reoffer' && memory.rounds.has(peer)) memory.rounds.set(peer, 'again');
  if (kind === 'bye') memory.rounds.delete(peer);
}

/** Comings and goings; of a list only what is new in it. */
export function presenceOf(
  kind: Kind,
  { values, each }: Match,
  memory: Memory,
  anonymous: PartyId | undefined,
): readonly Signal[] {
  const listed = [...namesOf(values.get('peers')), ...(each ?? []).map((one) => one.get('peer')), values.get('peer')];
  const named = listed.flatMap((value) => memory.party(value) ?? []);
  for (const one of each ?? []) memory.keep(one, memory.party(one.get('peer')));
  const who = named.length === 0 && kind !== 'peers' && anonymous !== undefined ? [anonymous] : named;
  const join = (peer: PartyId): Signal[] =>
    memory.came(peer) ? [{ type: 'presence', who: peer, change: 'join' }] : [];
  const leave = (peer: PartyId): Signal[] =>
    memory.left(peer) ? [{ type: 'presence', who: peer, change: 'leave' }] : [];
  if (kind === 'left') return who.flatMap(leave);
  const gone = kind === 'peers' ? [...memory.peers].filter((peer) => !who.includes(peer)) : [];
  return [...gone.flatMap(leave), ...who.flatMap(join)];
}

/** A list of names, or an object whose keys they are. */
function namesOf(peers: unknown): readonly unknown[] {
  if (Array.isArray(peers)) return peers;
  return isObject(peers) ? Object.keys(peers) : [];
}

/** Remembers what a message tells that means nothing by itself. False if it is none of these. */
export function keepValues(template: Template, value: unknown, memory: Memory): boolean {
  const found = template.keep.map((pattern) => match(pattern, value)).find((one) => one !== undefined);
  if (found === undefined) return false;
  memory.keep(found.values, memory.party(found.values.get('peer')));
  return true;
}

/** What a step of joining, or its acknowledgement, tells. Undefined if the value is not like the pattern. */
export function takeStep(
  pattern: Pattern,
  value: unknown,
  memory: Memory,
): { readonly values: Values; readonly presence: readonly Signal[] } | undefined {
  const found = match(pattern, value);
  if (!found) return undefined;
  if (found.values.has('self')) memory.name(found.values.get('self'));
  memory.keep(found.values, memory.party(found.values.get('peer')));
  return { values: found.values, presence: presenceOf('joined', found, memory, undefined) };
}

const NAMING = [
  'type',
  'event',
  'op',
  'kind',
  'action',
  'cmd',
  'command',
  'method',
  'msgType',
  'messageType',
  'target',
  'id',
];

/** How a message that means nothing is called. */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return clip(value.split(/\s/, 1)[0] || 'text');
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) {
    const [first, second] = value;
    if (typeof first !== 'string') return 'a list';
    return clip(isObject(second) && typeof second.type === 'string' ? `${first}: ${second.type}` : first);
  }
  if (!isObject(value)) return clip(String(value));
  const key = NAMING.find((name) => typeof value[name] === 'string' && value[name] !== '');
  return clip(key === undefined ? Object.keys(value).join(', ') || 'an empty object' : String(value[key]));
}
