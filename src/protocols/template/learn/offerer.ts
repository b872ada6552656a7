/** Where a server says who is to offer: a truth value that is other for who offered than for who answered. */
import { isObject } from '../../json.ts';
import { discriminatorOf } from './generalise.ts';
import type { Marked } from './names.ts';
import type { Tree } from './tree.ts';

export interface Flag {
  /** What the message is called. */
  readonly word: string;
  readonly key: string;
}

/** One client: what it was told until the first description, and whether it offered. */
export interface Told {
  readonly before: readonly Marked[];
  readonly offered: boolean;
}

/** Of one client alone only a flag whose key speaks of it is believed. */
const TELLING_KEY = /offer|initiat|exist|caller|polite|create/i;

/** Undefined where the server does not say it. */
export function offererFlag(clients: readonly Told[]): Flag | undefined {
  const [first, ...others] = clients.map(flagsOf);
  const both = new Set(clients.map(({ offered }) => offered)).size > 1;
  const agreed = (first ?? []).filter(({ id }) => others.every((list) => list.some((one) => one.id === id)));
  return agreed.find(({ key }) => both || TELLING_KEY.test(key));
}

function flagsOf({ before, offered }: Told): (Flag & { readonly id: string })[] {
  return before.flatMap(({ out, tree }) => {
    const word = out ? undefined : discriminatorOf(tree);
    const right = word === undefined ? [] : Object.entries(contentOf(tree)).filter(([, value]) => value === offered);
    return right.map(([key]) => ({ word: word ?? '', key, id: `${word} ${key}` }));
  });
}

/** The message itself, or the first argument of an event that has members. */
function contentOf(tree: Tree): Readonly<Record<string, unknown>> {
  const content: unknown = Array.isArray(tree) ? tree.find(isObject) : tree;
  return isObject(content) ? content : {};
}

/** The message with `{{offerer}}` in the place of the flag; undefined if it is another one. */
export function withOfferer(tree: Tree, flag: Flag | undefined): Tree | undefined {
  if (flag === undefined || discriminatorOf(tree) !== flag.word) return undefined;
  const content = contentOf(tree);
  if (typeof content[flag.key] !== 'boolean') return undefined;
  const told = { ...content, [flag.key]: '{{offerer}}' };
  return Array.isArray(tree) ? tree.map((item) => (item === content ? told : item)) : told;
}
