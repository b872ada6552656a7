/**
 * A message as the pattern it could be: strings that hold JSON or base64 are unfolded into `$json` and `$base64`, as far as
 * there is signaling in them, and what it carries is replaced by its variable.
 */
import { isObject, parseJson } from '../../json.ts';
import { typeByContent } from '../../recogniser/judge.ts';
import { fromBase64, textOf } from '../bytes.ts';

/** JSON in which placeholders may stand. */
export type Tree = unknown;

const SIGNALING = /v=0\\*[rn\r\n]|candidate:/;
const SDP = /^\s*v=0\r?\n/;
const CANDIDATE = /^(?:a=)?candidate:\S+ \d /;
const ICE_KEYS = ['candidate', 'sdpMid', 'sdpMLineIndex', 'usernameFragment', 'foundation', 'address', 'port', 'type'];
const MAX_DEPTH = 16;

export function unfold(value: unknown, depth = 0): Tree {
  if (depth > MAX_DEPTH) return null;
  if (typeof value === 'string') return unfoldText(value, depth);
  if (value instanceof Uint8Array) return unfoldText(textOf(value) ?? '', depth);
  if (Array.isArray(value)) return value.map((item) => unfold(item, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unfold(one, depth + 1)]));
}

function unfoldText(text: string, depth: number): Tree {
  if (SDP.test(text) || CANDIDATE.test(text)) return text;
  if (/^\s*[[{"]/.test(text) && SIGNALING.test(text)) {
    const inner = parseJson(text);
    return inner === undefined ? text : { $json: unfold(inner, depth + 1) };
  }
  const plain = text.length >= 20 && /^[\w+/=-]+$/.test(text) ? fromBase64(text) : undefined;
  const inside = plain && textOf(plain);
  return inside !== undefined && SIGNALING.test(inside) ? { $base64: unfoldText(inside, depth + 1) } : text;
}

export type Content = 'offer' | 'answer' | 'candidate';

/** The tree with variables in the place of what it carries, and what that is. Undefined if it carries nothing. */
export function mark(tree: Tree): { readonly kind: Content; readonly tree: Tree } | undefined {
  const found: { kind?: Content } = {};
  const marked = markIn(tree, found, []);
  return found.kind === undefined ? undefined : { kind: found.kind, tree: marked };
}

function markIn(tree: Tree, found: { kind?: Content }, words: readonly string[]): Tree {
  if (typeof tree === 'string') return markText(tree, found, words);
  if (Array.isArray(tree)) {
    const texts = tree.filter((item): item is string => typeof item === 'string' && item.length < 64);
    return tree.map((item) => markIn(item, found, [...words, ...texts]));
  }
  if (!isObject(tree)) return tree;
  if (typeof tree.candidate === 'string' && (CANDIDATE.test(tree.candidate) || tree.candidate === '')) {
    return markCandidate(tree, found, words);
  }
  const { type, sdp, ...rest } = tree;
  if ((type === 'offer' || type === 'answer') && typeof sdp === 'string' && Object.keys(rest).length === 0) {
    found.kind = type;
    return words.length === 0 && found.kind !== undefined ? { type, sdp: '{{sdp}}' } : '{{desc}}';
  }
  const near = Object.values(tree).filter((one): one is string => typeof one === 'string' && one.length < 64);
  const entries = Object.entries(tree);
  return Object.fromEntries(entries.map(([key, one]) => [key, markIn(one, found, [...words, key, ...near])]));
}

function markText(text: string, found: { kind?: Content }, words: readonly string[]): Tree {
  if (SDP.test(text)) {
    found.kind = typeByWords(words) ?? typeByContent(text) ?? 'offer';
    return '{{sdp}}';
  }
  if (!CANDIDATE.test(text)) return text;
  found.kind ??= 'candidate';
  return '{{candidate}}';
}

/** The nearest word that says it. */
function typeByWords(words: readonly string[]): 'offer' | 'answer' | undefined {
  for (const word of [...words].reverse()) {
    if (/^(?:offer|answer)$/i.test(word)) return word.toLowerCase() as 'offer' | 'answer';
  }
  return undefined;
}

/** An RTCIceCandidateInit by itself is one variable; where its parts stand among others, each is one. */
function markCandidate(tree: Record<string, unknown>, found: { kind?: Content }, words: readonly string[]): Tree {
  found.kind ??= 'candidate';
  const alone = Object.keys(tree).every((key) => ICE_KEYS.includes(key)) && tree.type === undefined;
  if (alone && words.length > 0) return '{{ice}}';
  return Object.fromEntries(
    Object.entries(tree).map(([key, one]) => {
      if (key === 'candidate') return [key, '{{candidate}}'];
      if (key === 'sdpMid' || key === 'mid' || (key === 'id' && typeof tree.label === 'number'))
        return [key, '{{mid?}}'];
      if (key === 'sdpMLineIndex' || key === 'mLineIndex' || (key === 'label' && typeof one === 'number')) {
        return [key, '{{index?}}'];
      }
      return [key, key === 'usernameFragment' || key === 'ufrag' ? '{{ufrag?}}' : one];
    }),
  );
}

export interface Leaf {
  /** Keys and positions from the root. */
  readonly path: readonly (string | number)[];
  readonly value: string | number;
}

/** Every short text and whole number in it that is no variable. */
export function leavesOf(tree: Tree, path: readonly (string | number)[] = []): readonly Leaf[] {
  if (typeof tree === 'string') return tree.length > 64 || tree.includes('{{') ? [] : [{ path, value: tree }];
  if (typeof tree === 'number') return Number.isSafeInteger(tree) ? [{ path, value: tree }] : [];
  if (Array.isArray(tree)) return tree.slice(0, 256).flatMap((item, index) => leavesOf(item, [...path, index]));
  if (!isObject(tree)) return [];
  const entries = Object.entries(tree).slice(0, 256);
  return entries.flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

/** The tree with another value in the place of each leaf that `name` gives one for. */
export function replaceLeaves(
  tree: Tree,
  name: (leaf: Leaf) => Tree | undefined,
  path: readonly (string | number)[] = [],
): Tree {
  if (Array.isArray(tree)) return tree.map((item, index) => replaceLeaves(item, name, [...path, index]));
  if (isObject(tree)) {
    const entries = Object.entries(tree);
    return Object.fromEntries(entries.map(([key, one]) => [key, replaceLeaves(one, name, [...path, key])]));
  }
  const [leaf] = leavesOf(tree, path);
  return leaf === undefined ? tree : (name(leaf) ?? tree);
}
