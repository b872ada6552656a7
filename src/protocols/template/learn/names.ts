/** Which values of a conversation are names: of the client, of its peers, of the room; and which are made afresh. */
import { isObject } from '../../json.ts';
import type { Content, Leaf, Tree } from './tree.ts';
import { leavesOf } from './tree.ts';

/** A message with its meaning, as far as it has one. */
export interface Marked {
  readonly out: boolean;
  readonly tree: Tree;
  readonly kind: Content | undefined;
  readonly value: unknown;
}

export interface Names {
  readonly self: ReadonlySet<string>;
  readonly peers: ReadonlySet<string>;
  readonly rooms: ReadonlySet<string>;
  /** Identifiers of the call: the same in both directions, and nobody's name. */
  readonly calls: ReadonlySet<string>;
  /** What the server gave and wants back, and the variable for it. */
  readonly given: ReadonlyMap<string, string>;
}

export const TO = /^(?:to|target|dst|dest|destination|recipient|receiver|callee|remote)/i;
export const FROM = /^(?:from|sender|src|source|caller|origin)/i;
const ROOM = /room|lobby|channel|meeting|conference|space|group|where/i;
const NO_ROOM = /version|agent|platform|lang|type|token|key|password|os$/i;
/** Keys under which a number is a name. */
const NUMBERED = /^(?:id|.*[_a-z]id|who|you|self|user|peer)$|Id$/;
const IDENTIFIER = /^(?=.*\d)[\w.:-]{6,64}$/;

/** What several clients say alike while they join, and that is no word of the protocol: the room. */
export function commonRoom(joins: readonly (readonly Marked[])[]): string | undefined {
  const [first = [], ...others] = joins.map((said) =>
    said.filter(({ out }) => out).flatMap(({ tree }) => leavesOf(tree)),
  );
  const place = (leaf: Leaf): string => JSON.stringify(leaf.path);
  const alike = first.filter((leaf) => {
    const isText = typeof leaf.value === 'string' && /^[\w -]{1,64}$/.test(leaf.value) && !WORDS.includes(keyOf(leaf));
    return (
      isText &&
      !NO_ROOM.test(keyOf(leaf)) &&
      others.every((list) => {
        return list.some((one) => place(one) === place(leaf) && one.value === leaf.value);
      })
    );
  });
  const named = alike.find((leaf) => ROOM.test(keyOf(leaf)));
  // In a list the first text is the event.
  const found = named ?? alike.find(({ path }) => path.at(-1) !== 0);
  return others.length === 0 ? undefined : found && String(found.value);
}

const WORDS = ['type', 'event', 'op', 'kind', 'action', 'cmd', 'command', 'method'];

export const keyOf = ({ path }: Leaf): string => {
  const key = path.findLast((step) => typeof step === 'string' && !step.startsWith('$'));
  return path.at(-1) === key ? String(key) : '';
};

export function namesOf(messages: readonly Marked[], sid: string | undefined, hints: readonly string[]): Names {
  const leaves = (wanted: (one: Marked) => boolean): readonly Leaf[] =>
    messages.filter(wanted).flatMap(({ tree }) => leavesOf(tree));
  const said = leaves(({ kind, out }) => kind !== undefined && out);
  const heard = leaves(({ kind, out }) => kind !== undefined && !out);
  const around = leaves(({ kind, out }) => kind === undefined && !out);
  const ours = leaves(({ kind, out }) => kind === undefined && out);
  const at = (list: readonly Leaf[], key: RegExp): string[] => outermost(list.filter((leaf) => key.test(keyOf(leaf))));
  const values = (list: readonly Leaf[]): Set<string> => new Set(list.map(({ value }) => String(value)));

  const rooms = new Set([...at(ours, ROOM), ...named(messages), ...hints.filter((hint) => values(ours).has(hint))]);
  const self = new Set([...at(said, FROM), ...at(heard, TO), ...(sid === undefined ? [] : [sid])]);
  const peers = new Set([...at(said, TO), ...at(heard, FROM)]);
  for (const room of rooms) for (const set of [self, peers]) set.delete(room);
  for (const one of self) peers.delete(one);
  // What the server names, and stands in signaling, is an address, whatever its key is called.
  const known = values(around);
  for (const leaf of [...said, ...heard]) {
    const text = String(leaf.value);
    if (!known.has(text) || self.has(text) || rooms.has(text) || isWord(leaf, messages)) continue;
    if (typeof leaf.value === 'string' || NUMBERED.test(keyOf(leaf))) peers.add(text);
  }
  const both = [...values(said)].filter((one) => values(heard).has(one));
  const isNobody = (one: string): boolean => !self.has(one) && !peers.has(one) && !rooms.has(one);
  const calls = new Set(both.filter((one) => IDENTIFIER.test(one) && isNobody(one)));
  return { self, peers, rooms, calls, given: givenOf(messages, [...self, ...peers, ...rooms]) };
}

/** What comes after the name of an event that joins. */
function named(messages: readonly Marked[]): string[] {
  const joins = messages.filter(({ out, kind, tree }) => out && kind === undefined && Array.isArray(tree));
  return joins.flatMap(({ tree }) => {
    const [event, room] = tree as readonly unknown[];
    return typeof event === 'string' && /join|enter|room/i.test(event) && typeof room === 'string' ? [room] : [];
  });
}

/** Those that stand least deep: what is inside a message may be of another. */
function outermost(leaves: readonly Leaf[]): string[] {
  const depth = Math.min(...leaves.map(({ path }) => path.length));
  return leaves.filter(({ path }) => path.length === depth).map(({ value }) => String(value));
}

/** A word of the protocol: it says what a message is. */
function isWord(leaf: Leaf, messages: readonly Marked[]): boolean {
  if (WORDS.includes(keyOf(leaf))) return true;
  return messages.some(({ tree }) => {
    if (Array.isArray(tree)) return tree[0] === leaf.value;
    return isObject(tree) && WORDS.some((key) => tree[key] === leaf.value);
  });
}

/** What the server gave and the client gave back, though it is nobody's name: a token, a session. */
function givenOf(messages: readonly Marked[], named: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const heard = new Map<string, string>();
  for (const { out, tree, kind } of messages) {
    for (const leaf of leavesOf(tree)) {
      const text = String(leaf.value);
      const long = typeof leaf.value === 'number' ? leaf.value > 999 : IDENTIFIER.test(leaf.value);
      if (!long || named.includes(text) || isWord(leaf, messages)) continue;
      if (!out && kind === undefined && !heard.has(text))
        heard.set(text, `given_${keyOf(leaf).replace(/\W/g, '') || 'value'}`);
      else if (out && heard.has(text)) given.set(text, heard.get(text) ?? '');
    }
  }
  return given;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A variable for a value that is new in every message; undefined for one that is not made afresh. */
export function freshName(samples: readonly (string | number)[]): string | undefined {
  const [first] = samples;
  if (samples.every((one) => typeof one === 'number' && one > 1e12 && one < 1e14)) return '{{now}}';
  if (samples.length < 2 || new Set(samples).size < samples.length) {
    return typeof first === 'string' && UUID.test(first) ? '{{uuid}}' : undefined;
  }
  if (samples.every((one) => typeof one === 'number')) {
    return samples.every((one, index) => index === 0 || one > Number(samples[index - 1])) ? '{{seq}}' : undefined;
  }
  return samples.every((one) => typeof one === 'string' && UUID.test(one)) ? '{{uuid}}' : '{{txn}}';
}
