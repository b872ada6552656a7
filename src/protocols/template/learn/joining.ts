/** How a client came into its room, from what was said before the first description; and what is said around calls. */
import { isObject } from '../../json.ts';
import type { StepSource } from '../source.ts';
import { reduced } from './generalise.ts';
import { freshName, keyOf, type Marked, type Names } from './names.ts';
import { type Flag, withOfferer } from './offerer.ts';
import { leavesOf, replaceLeaves, type Tree } from './tree.ts';

export interface Acknowledged extends Marked {
  readonly ack?: number;
  readonly acknowledges?: number;
  readonly t: number;
}

export interface Joined {
  readonly steps: readonly StepSource[];
  /** The list that said who is there was not empty. */
  readonly metSomebody: boolean;
}

const LIST = /peers|users|clients|members|others|participants|list|ids|players/i;
const OWN_NAME = /name|user|nick|login|id$|^as$|self|me$|from|display|who/i;

/** `before`: what was said until the first description or candidate, pings left out. `flag`: where it is said who offers. */
export function joinOf(before: readonly Acknowledged[], names: Names, flag?: Flag): Joined {
  const steps: StepSource[] = [];
  let metSomebody = false;
  let greeted = false;
  for (const [index, one] of before.entries()) {
    if (one.acknowledges !== undefined) continue;
    if (one.out) {
      greeted = true;
      const ack = before
        .slice(index)
        .find((other) => !other.out && other.acknowledges === one.ack && one.ack !== undefined);
      const said = ack && expected(ack.tree, names, flag);
      metSomebody ||= said?.metSomebody === true;
      steps.push({ send: sendPattern(one.tree, names), ...(said && { ack: said.pattern }) });
      continue;
    }
    const heard = expected(one.tree, names, flag);
    const known = steps.some(
      (step) => 'expect' in step && JSON.stringify(step.expect) === JSON.stringify(heard.pattern),
    );
    if ((heard.tellsOfUs || !greeted) && !known) steps.push({ expect: heard.pattern });
    metSomebody ||= heard.metSomebody;
    // With the list of who is there the client is in; the same list later is of those who came since.
    if (heard.listed && greeted && isIn(before, index)) break;
  }
  return { steps, metSomebody };
}

/** Nothing is said after this but what is said of others. */
function isIn(before: readonly Acknowledged[], index: number): boolean {
  return before[index + 1]?.out !== true;
}

/** The client's names are `--as`, its room `--room`. */
function sendPattern(tree: Tree, { self, rooms, given }: Names): Tree {
  return replaceLeaves(tree, (leaf) => {
    const text = String(leaf.value);
    if (rooms.has(text)) return '{{room}}';
    if (given.has(text)) return `{{${given.get(text)}}}`;
    if (self.has(text) || (typeof leaf.value === 'string' && OWN_NAME.test(keyOf(leaf)))) return '{{as}}';
    return freshName([leaf.value]);
  });
}

interface Expected {
  readonly pattern: Tree;
  /** It holds our id, or the list of who is there. */
  readonly tellsOfUs: boolean;
  readonly listed: boolean;
  readonly metSomebody: boolean;
}

function expected(whole: Tree, names: Names, flag: Flag | undefined): Expected {
  const flagged = withOfferer(whole, flag);
  const tree = flagged ?? whole;
  let listed = false;
  let metSomebody = false;
  function lists(one: Tree, key: string): Tree {
    const found = listPattern(one, key, names);
    if (found !== undefined) {
      listed = true;
      metSomebody ||= found.some;
      return found.pattern;
    }
    if (Array.isArray(one)) return one.map((item) => lists(item, key));
    if (!isObject(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, lists(inner, name)]));
  }
  const withLists = lists(tree, '');
  const tellsSelf = leavesOf(withLists).some(({ value }) => names.self.has(String(value)));
  const pattern = replaceLeaves(withLists, ({ value }) => {
    const variable = names.given.get(String(value));
    if (variable !== undefined) return `{{${variable}}}`;
    if (names.rooms.has(String(value))) return '{{room}}';
    return names.self.has(String(value)) ? '{{self}}' : undefined;
  });
  const gives = JSON.stringify(pattern).includes('{{given_');
  const tellsOfUs = tellsSelf || listed || gives || flagged !== undefined;
  return { pattern: reduced(pattern), tellsOfUs, listed, metSomebody };
}

/** A list of names, of objects with names, or an object with names as keys. */
function listPattern(
  one: Tree,
  key: string,
  { peers, self }: Names,
): { readonly pattern: Tree; readonly some: boolean } | undefined {
  const isName = (value: unknown): boolean => peers.has(String(value));
  const anyone = (value: unknown): boolean => isName(value) || self.has(String(value));
  if (Array.isArray(one)) {
    if (one.length === 0) return LIST.test(key) ? { pattern: '{{peers}}', some: false } : undefined;
    if (one.every((item) => typeof item !== 'object') && one.some(anyone) && (LIST.test(key) || one.every(anyone))) {
      return { pattern: '{{peers}}', some: one.some(isName) };
    }
    if (!one.every(isObject)) return undefined;
    const object = one.find((item) => isObject(item) && Object.values(item).some(anyone));
    if (!isObject(object)) return undefined;
    const id = Object.keys(object).find((name) => anyone(object[name]));
    const some = one.some((item) => isObject(item) && Object.values(item).some(isName));
    return { pattern: { $each: { [String(id)]: '{{peer}}' } }, some };
  }
  if (isObject(one) && Object.keys(one).some(isName)) return { pattern: { $keys: '{{peer}}' }, some: true };
  return undefined;
}
