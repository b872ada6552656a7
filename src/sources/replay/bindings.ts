/**
 * Ids, transaction numbers, tokens and names that the other end hands out are others than in the recording. What it says
 * now is laid beside what it said then; values that differ are replaced in all that is said later.
 */
import { hashOf } from '../../core/hash.ts';
import { originForm } from '../origin-form.ts';
import { createRemembered } from './remembered.ts';
import { TOKENS } from './tokens.ts';

type Leaf = string | number;

export interface Bindings {
  /** `then` of the recording and `now` mean the same message. */
  learn(then: string, now: string): void;
  /** What was said then, with today's values. */
  apply(raw: string): string;
  /** The same of a text that is no JSON. */
  applyText(text: string): string;
  /** The same of two addresses, that of the recording and that of today. */
  learnAddress(then: string | undefined, now: string): void;
  /** From now on `then` is said as `now`, unless it is bound already. */
  bind(then: string, now: string): void;
  /** Recorded values and what they are now. */
  readonly known: ReadonlyMap<Leaf, Leaf>;
}

const MAX_KNOWN = 10_000;
/** Characters of what is known, and what each costs besides. */
const [MAX_TEXT, EACH] = [16 * 1024 * 1024, 100];
const MAX_DEPTH = 40;
/** Shorter values are replaced only where they are a whole JSON value. */
const TOKEN = 6;
/** Values in texts of ours, also short ones. */
const WORDS = /[\w.~-]{1,65536}/g;

/** `relays`: descriptions too, for a server that passes on those of today. */
export function createBindings({ relays = false } = {}): Bindings {
  const known = createRemembered<Leaf, Leaf>(MAX_TEXT, (then, now) => EACH + lengthOf(then) + lengthOf(now));
  /** User fragments of recorded descriptions, and those of the descriptions that came in their place. */
  const fragments = createRemembered<Leaf, true>(MAX_KNOWN);
  const todays = createRemembered<Leaf, true>(MAX_KNOWN);
  /** What was said before it was heard: names that the replay brings along, which nobody hands out. */
  const own = createRemembered<Leaf, true>(MAX_KNOWN);

  function bind(then: unknown, now: unknown): void {
    if (isSdp(then) && isSdp(now)) bindFragments(then, now);
    if (!isLeaf(then) || !isLeaf(now) || then === now || own.get(shortened(then))) return;
    // A candidate may be that of another generation than the one it is taken for.
    if (fragments.get(then) || todays.get(now)) return;
    if (typeof then === 'string' && (then.length < 2 || /^(?:a=)?candidate:/.test(then) || (!relays && isSdp(then))))
      return;
    known.set(then, now);
  }

  /** Candidates of then are sent with the description of now, as candidates of its generation. */
  function bindFragments(then: unknown, now: unknown): void {
    const [before, after] = [then, now].map((sdp) => [...String(sdp).matchAll(/^a=ice-ufrag:(\S+)/gm)]);
    for (const [index, [, ufrag = '']] of (before ?? []).entries()) {
      const today = after?.[index]?.[1];
      if (today === undefined) continue;
      fragments.set(ufrag, true);
      todays.set(today, true);
      if (relays && today !== ufrag) known.set(ufrag, today);
    }
  }

  function learnValues(then: unknown, now: unknown, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(then) && Array.isArray(now)) {
      // Lists of names come in any order: what is there both times stands for itself.
      const both = new Set(then.filter((one) => isLeaf(one) && now.includes(one)));
      const [left, right] = [then, now].map((list) => list.filter((one: unknown) => !both.has(one as Leaf)));
      for (const [index, one] of (left ?? []).entries()) learnValues(one, right?.[index], depth + 1);
    } else if (isObject(then) && isObject(now)) {
      // An offer does not stand for a candidate, whatever it was taken for.
      if (typeof then.type === 'string' && then.type !== now.type) return;
      for (const [key, one] of Object.entries(then)) if (Object.hasOwn(now, key)) learnValues(one, now[key], depth + 1);
    } else if (isLeaf(then) && isLeaf(now)) {
      const [inner, other] = [nested(then), nested(now)];
      if (inner !== undefined && other !== undefined) learnValues(inner, other, depth + 1);
      else bind(then, now);
    }
  }

  function replaced(value: unknown, depth: number): unknown {
    if (depth > MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map((one) => replaced(one, depth + 1));
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [replacedKey(key), replaced(one, depth + 1)]),
      );
    if (!isLeaf(value)) return value;
    const inner = nested(value);
    if (inner !== undefined) return JSON.stringify(replaced(inner, depth + 1));
    const today = known.get(value);
    if (today !== undefined) return today;
    own.set(shortened(value), true);
    return typeof value === 'string' ? inText(value) : value;
  }

  const replacedKey = (key: string): string => String(known.get(key) ?? key);

  /** Long values inside longer texts: paths, addresses, SIP headers. */
  function inText(text: string): string {
    if (isSdp(text)) return text;
    if (/^(?:a=)?candidate:/.test(text))
      return text.replace(/(?<= ufrag )\S+/, (ufrag) => String(known.get(ufrag) ?? ufrag));
    return text.replace(TOKENS, (word) => {
      const number = /^\d{6,16}$/.test(word) ? known.get(Number(word)) : undefined;
      return String(known.get(word) ?? number ?? word);
    });
  }

  return {
    known: known.all,
    applyText: inText,
    bind(then, now) {
      if (known.get(then) === undefined) bind(then, now);
    },
    learn(then, now) {
      const [a, b] = [peeled(then), peeled(now)];
      if (a.json !== undefined && b.json !== undefined) learnValues(a.json, b.json, 0);
      else learnWords(then, now, bind);
    },
    learnAddress(then, now) {
      const [before, after] = [placesIn(then ?? ''), placesIn(now)];
      for (const [place, word] of before) if (word.length >= TOKEN) bind(word, after.get(place) ?? word);
    },
    apply(raw) {
      const { before, json } = peeled(raw);
      const text = json === undefined ? inText(raw) : before + JSON.stringify(replaced(json, 0));
      return known.all.size === 0 ? raw : text;
    },
  };
}

/** JSON behind a short prefix, as Socket.IO has it (`42/ns,7["offer",…]`). */
function peeled(raw: string): { readonly before: string; readonly json: unknown } {
  const start = raw.slice(0, 64).search(/[[{]/);
  if (start < 0) return { before: '', json: undefined };
  try {
    return { before: raw.slice(0, start), json: JSON.parse(raw.slice(start)) as unknown };
  } catch {
    return { before: '', json: undefined };
  }
}

/** JSON in a JSON string. */
function nested(value: Leaf): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return undefined;
  return peeled(value).json;
}

/** Texts such as SIP: lines with as many words hold the same words at the same places. */
function learnWords(then: string, now: string, bind: (then: string, now: string) => void): void {
  const [before, after] = [then, now].map((text) => text.split(/\r?\n/));
  for (const [index, line] of (before ?? []).entries()) {
    if (/^[a-z]=/.test(line)) continue;
    const [a, b] = [wordsOf(line), wordsOf(after?.[index] ?? '')];
    if (a.length !== b.length) continue;
    for (const [at, word] of a.entries()) if (word.length >= TOKEN) bind(word, b[at] ?? word);
  }
}

/** What says which transport of Engine.IO it is, and for which of its sessions. */
const TRANSPORT: ReadonlySet<string> = new Set(['EIO', 'transport', 'sid', 't', 'b64']);

/** What stands where in an address: steps of its path if it has as many, parameters by their names. */
function placesIn(url: string): ReadonlyMap<string, string> {
  const [path = '', query = ''] = originForm(url).split(/[?#]/, 2);
  const steps = path.split('/');
  const parameters = [...new URLSearchParams(query)].filter(([name]) => !TRANSPORT.has(name));
  return new Map([
    ...steps.map((step, index) => [`${index} of ${steps.length}`, step] as const),
    ...parameters.map(([name, value]) => [`?${name}`, value] as const),
  ]);
}

const wordsOf = (line: string): readonly string[] => line.match(WORDS) ?? [];

const isSdp = (value: unknown): boolean => typeof value === 'string' && /^v=0/.test(value);

const lengthOf = (value: Leaf): number => (typeof value === 'string' ? value.length : 0);

/** Stands for a text that is longer than names are. */
const shortened = (value: Leaf): Leaf => (lengthOf(value) > 64 ? `#${hashOf(String(value))}` : value);

const isLeaf = (value: unknown): value is Leaf => typeof value === 'string' || typeof value === 'number';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
