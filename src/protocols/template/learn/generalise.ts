/** From messages to patterns: names become variables; of what is received only what tells messages apart is kept. */
import { isObject } from '../../json.ts';
import { FROM, freshName, keyOf, type Names, TO } from './names.ts';
import { type Leaf, leavesOf, replaceLeaves, type Tree } from './tree.ts';

/** What messages of one kind and direction have in common. `samples` are marked, and at least one. */
export function patternOf(samples: readonly Tree[], out: boolean, names: Names): Tree {
  const [first] = samples;
  return optional(
    replaceLeaves(first, (leaf) => nameOf(leaf, out, names) ?? fresh(leaf, samples)),
    samples,
  );
}

/** `{{from}}` and `{{to}}`, by whose value it is and what its key says. */
function nameOf(leaf: Leaf, out: boolean, { self, peers, rooms, calls, given }: Names): string | undefined {
  const text = String(leaf.value);
  const key = keyOf(leaf);
  if (rooms.has(text)) return '{{room}}';
  if (given.has(text)) return `{{${given.get(text)}}}`;
  if (calls.has(text)) return '{{call}}';
  if (!self.has(text) && !peers.has(text)) return undefined;
  if (TO.test(key)) return '{{to}}';
  if (FROM.test(key)) return '{{from}}';
  return self.has(text) === out ? '{{from}}' : '{{to}}';
}

function fresh(leaf: Leaf, samples: readonly Tree[]): string | undefined {
  const at = JSON.stringify(leaf.path);
  const values = samples.flatMap((tree) => {
    return leavesOf(tree).flatMap((one) => (JSON.stringify(one.path) === at ? [one.value] : []));
  });
  return new Set(values).size === 1 && values.length > 1 ? undefined : freshName(values);
}

/** A variable whose key is not in every sample may be missing. */
function optional(pattern: Tree, samples: readonly Tree[]): Tree {
  if (!isObject(pattern)) return pattern;
  return Object.fromEntries(
    Object.entries(pattern).map(([key, one]) => {
      const inside = samples.filter(isObject);
      const always = inside.every((sample) => Object.hasOwn(sample, key));
      if (typeof one === 'string' && /^\{\{\w+\}\}$/.test(one) && !always) return [key, one.replace('}}', '?}}')];
      return [
        key,
        optional(
          one,
          inside.map((sample) => sample[key]),
        ),
      ];
    }),
  );
}

const TELLING = [
  'type',
  'event',
  'kind',
  'op',
  'action',
  'cmd',
  'command',
  'method',
  'msgType',
  'messageType',
  'topic',
];
/** These tell messages apart only where they are words. */
const PERHAPS = ['id', 'status', 'name', 'ok', 'success'];

/** What a message is called: the name of an event, the word under a key for such words. */
export function discriminatorOf(tree: Tree): string | undefined {
  if (Array.isArray(tree)) return typeof tree[0] === 'string' ? tree[0] : undefined;
  if (!isObject(tree)) return undefined;
  return TELLING.map((key) => tree[key]).find((word): word is string => typeof word === 'string');
}

/** What is left of a pattern when it only has to be read: variables, and the words that tell messages apart. */
export function reduced(pattern: Tree): Tree {
  const left = strip(pattern, '', '') ?? pattern;
  return ['{{from}}', '{{to}}'].reduce(onlyOutermost, left);
}

/** An address that stands deeper too is not needed there, and may be another's. */
function onlyOutermost(pattern: Tree, hole: string): Tree {
  const depths = depthsOf(pattern, hole, 0);
  const least = Math.min(...depths);
  return depths.length < 2 ? pattern : without(pattern, hole, least, 0);
}

function depthsOf(tree: Tree, hole: string, depth: number): number[] {
  if (tree === hole) return [depth];
  if (Array.isArray(tree)) return tree.flatMap((item) => depthsOf(item, hole, depth + 1));
  return isObject(tree) ? Object.values(tree).flatMap((one) => depthsOf(one, hole, depth + 1)) : [];
}

function without(tree: Tree, hole: string, least: number, depth: number): Tree {
  if (Array.isArray(tree)) return tree.map((item) => without(item, hole, least, depth + 1));
  if (!isObject(tree)) return tree;
  const kept = Object.entries(tree).filter(([, one]) => one !== hole || depth + 1 <= least);
  return Object.fromEntries(kept.map(([key, one]) => [key, without(one, hole, least, depth + 1)]));
}

/** `place` makes the variables of what is passed over differ. */
function strip(pattern: Tree, key: string, place: string): Tree | undefined {
  if (typeof pattern === 'string' && pattern.includes('{{')) return isMade(pattern) ? undefined : pattern;
  if (Array.isArray(pattern)) {
    const items = pattern.map((item, index) => {
      return index === 0 && typeof item === 'string' ? item : strip(item, key, `${place}_${index}`);
    });
    const last = items.findLastIndex((item) => item !== undefined);
    return items.slice(0, last + 1).map((item, index) => item ?? `{{unused${place}_${index}?}}`);
  }
  if (!isObject(pattern)) return isTelling(key, pattern) ? pattern : undefined;
  const entries = Object.entries(pattern).map(([name, one]) => [name, strip(one, name, `${place}_${name}`)] as const);
  const left = entries.filter(([, one]) => one !== undefined);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function isTelling(key: string, value: unknown): boolean {
  if (TELLING.includes(key)) return typeof value === 'string' || typeof value === 'number';
  return (
    PERHAPS.includes(key) &&
    (typeof value === 'boolean' || (typeof value === 'string' && /^[a-z_:-]{2,24}$/i.test(value)))
  );
}

/** What the sender makes afresh means nothing to who reads it. */
const isMade = (text: string): boolean => /^\{\{(?:uuid|txn|seq|now)\}\}$/.test(text);

/** The other direction of a pattern, with the addresses that messages of that direction have, under their keys. */
export function turned(pattern: Tree, other: Tree): Tree {
  return swap(pattern, holesOf(other));
}

const isAddress = (one: unknown): boolean => one === '{{to}}' || one === '{{from}}';

/** Keys and the addresses under them. */
function holesOf(tree: Tree): readonly (readonly [string, unknown])[] {
  if (Array.isArray(tree)) return tree.flatMap(holesOf);
  if (!isObject(tree)) return [];
  const entries = Object.entries(tree);
  return [...entries.filter(([, one]) => isAddress(one)), ...entries.flatMap(([, one]) => holesOf(one))];
}

function swap(tree: Tree, addresses: readonly (readonly [string, unknown])[]): Tree {
  if (tree === '{{to}}') return '{{from}}';
  if (tree === '{{from}}') return '{{to}}';
  if (Array.isArray(tree)) return tree.map((item) => swap(item, addresses));
  if (!isObject(tree)) return tree;
  const entries = Object.entries(tree);
  const own = entries.filter(([, one]) => isAddress(one));
  const rest = entries.filter(([, one]) => !isAddress(one)).map(([key, one]) => [key, swap(one, addresses)] as const);
  if (own.length === 0) return Object.fromEntries(rest);
  const turnedOwn = own.map(([key, one]) => [key, swap(one, addresses)] as const);
  return Object.fromEntries([...(addresses.length > 0 ? addresses : turnedOwn), ...rest]);
}
