/** Patterns that fit all messages of their kind, not only those they were made of: what not every one has is not asked for. */
import { isObject } from '../../json.ts';
import { match } from '../match.ts';
import { compilePattern } from '../pattern.ts';
import { reduced } from './generalise.ts';
import type { Tree } from './tree.ts';

/** One message of a kind: as it came, and with variables for what it carries. */
export interface Sample {
  readonly value: unknown;
  readonly tree: Tree;
}

const fits = (pattern: Tree, samples: readonly Sample[]): boolean => {
  const compiled = compilePattern(pattern, []);
  return samples.every(({ value }) => match(compiled, value) !== undefined);
};

/** The two directions of a message, or one for both, made to fit what was sent and heard; what cannot be made to fit stays. */
export function fitted(message: Tree, sent: readonly Sample[], heard: readonly Sample[]): Tree {
  const split = isObject(message) && 'send' in message && 'recv' in message;
  const { send, recv } = split ? (message as { send: Tree; recv: Tree }) : { send: message, recv: reduced(message) };
  const [says, hears] = [fits(send, sent), fits(split ? recv : send, heard)];
  if (says && hears) return message;
  const wider = says ? send : ofAll(reduced(send), sent);
  // The first is what renego says.
  const both = says || wider === undefined ? send : { $any: [send, wider] };
  return { send: both, recv: hears ? recv : (ofAll(recv, heard) ?? recv) };
}

/** The pattern without what some do not have; undefined if not even then all fit it. */
function ofAll(pattern: Tree, samples: readonly Sample[]): Tree | undefined {
  let common: Tree | undefined = pattern;
  for (const { tree } of samples) common = common === undefined ? undefined : shared(common, tree, '');
  return common !== undefined && fits(common, samples) ? common : undefined;
}

const CONTENT = /\{\{(?:desc|sdp|ice|candidate)\}\}/;

/** Undefined where nothing is in common. `place` makes the variables of what is passed over differ. */
function shared(pattern: Tree, tree: Tree, place: string): Tree | undefined {
  if (typeof pattern === 'string' && pattern.includes('{{')) return pattern;
  if (Array.isArray(pattern)) return Array.isArray(tree) ? sharedItems(pattern, tree, place) : undefined;
  if (!isObject(pattern)) return pattern === tree ? pattern : undefined;
  if (!isObject(tree)) return undefined;
  const kept: [string, Tree][] = [];
  for (const [key, one] of Object.entries(pattern)) {
    const left = Object.hasOwn(tree, key) ? shared(one, tree[key], `${place}_${key}`) : undefined;
    if (left !== undefined) kept.push([key, left]);
    else if (CONTENT.test(JSON.stringify(one))) return undefined;
  }
  return Object.fromEntries(kept);
}

/** The first is what the message is called. */
function sharedItems(pattern: readonly Tree[], tree: readonly Tree[], place: string): Tree | undefined {
  const items = pattern.map((item, index) => shared(item, tree[index], `${place}_${index}`));
  if (items[0] === undefined || items.some((item, i) => item === undefined && CONTENT.test(JSON.stringify(pattern[i]))))
    return undefined;
  return items.map((item, index) => item ?? `{{unused${place.replace(/\W/g, '')}_${index}?}}`);
}
