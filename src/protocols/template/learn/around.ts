/** What is said around calls: who comes and goes, goodbyes, pings. */
import { match } from '../match.ts';
import { compilePattern } from '../pattern.ts';
import type { TemplateSource } from '../source.ts';
import { patternOf, reduced } from './generalise.ts';
import type { Acknowledged } from './joining.ts';
import type { Names } from './names.ts';
import { leavesOf, replaceLeaves, type Tree } from './tree.ts';

const PING = /\b(?:ping|heartbeat|keep-?alive|alive|hb)\b/i;
const CAME = /join|came|enter|new|connect|online|arriv|ready|hello|add/i;
const GONE = /leave|left|gone|went|disconnect|remove|quit|exit|offline/i;
const BYE = /\b(?:bye|hang-?up|hangup|end|ended|stop|close|terminate)\b/i;

const textOf = (tree: Tree): string => JSON.stringify(tree);

export interface Around {
  readonly joined: Tree | undefined;
  readonly left: Tree | undefined;
  readonly bye: { readonly out: boolean; readonly pattern: Tree } | undefined;
  readonly replies: readonly { readonly on: Tree; readonly send: Tree }[];
  /** Milliseconds between what the client said again and again. */
  readonly keepalive: { readonly every: number; readonly send: Tree } | undefined;
  /** Messages that are pings or answers to such. */
  readonly pings: ReadonlySet<Acknowledged>;
}

export function aroundOf(messages: readonly Acknowledged[], names: Names): Around {
  const others = messages.filter(({ kind, acknowledges }) => kind === undefined && acknowledges === undefined);
  const { replies, keepalive, pings } = pingsOf(others);
  const rest = others.filter((one) => !pings.has(one));
  const called = messages.find(({ kind }) => kind !== undefined);
  const begun = called === undefined ? messages.length : messages.indexOf(called);
  const tellsOf = (one: Acknowledged): boolean => {
    const values = leavesOf(one.tree).map(({ value }) => String(value));
    return values.some((value) => names.peers.has(value)) && !values.some((value) => names.self.has(value));
  };
  const heard = rest.filter((one) => !one.out && tellsOf(one));
  const gone = heard.find((one) => GONE.test(textOf(one.tree)) && messages.indexOf(one) > begun);
  const arrivals = heard.filter((one) => {
    return !GONE.test(textOf(one.tree)) && !BYE.test(textOf(one.tree)) && !isList(one.tree, names);
  });
  const came = arrivals.find((one) => CAME.test(textOf(one.tree))) ?? arrivals[0];
  const ended = rest.find((one) => messages.indexOf(one) > begun && BYE.test(textOf(one.tree)) && one !== gone);
  return {
    joined: came && presence(came.tree, names),
    left: gone && presence(gone.tree, names),
    bye: ended && { out: ended.out, pattern: patternOf([ended.tree], ended.out, names) },
    replies,
    keepalive,
    pings,
  };
}

/** The list of who is there, where it comes again whenever that changes. */
export function listAgain(
  steps: TemplateSource['join'],
  connections: readonly (readonly Acknowledged[])[],
): Tree | undefined {
  const lists = (steps ?? []).flatMap((step) => ('expect' in step ? [step.expect] : []));
  const list = lists.find((one) => JSON.stringify(one).includes('"{{peers}}"'));
  if (list === undefined) return undefined;
  const pattern = compilePattern(list, []);
  const comesAgain = connections.some((messages) => {
    return messages.filter(({ out, value }) => !out && match(pattern, value) !== undefined).length > 1;
  });
  return comesAgain ? structuredClone(list) : undefined;
}

const isList = (tree: Tree, { peers }: Names): boolean =>
  leavesOf(tree).some(
    ({ value, path }) => peers.has(String(value)) && path.slice(1).some((step) => typeof step === 'number'),
  );

function presence(tree: Tree, { peers, rooms }: Names): Tree {
  let told = false;
  const pattern = replaceLeaves(tree, ({ value }) => {
    if (rooms.has(String(value))) return '{{room}}';
    if (!peers.has(String(value)) || told) return undefined;
    told = true;
    return '{{peer}}';
  });
  return reduced(pattern);
}

function pingsOf(others: readonly Acknowledged[]): Pick<Around, 'replies' | 'keepalive' | 'pings'> {
  const pings = new Set<Acknowledged>();
  const replies = new Map<string, { on: Tree; send: Tree }>();
  const own: Acknowledged[] = [];
  for (const [index, one] of others.entries()) {
    if (!PING.test(textOf(one.tree))) continue;
    const next = others[index + 1];
    pings.add(one);
    if (one.out) own.push(one);
    else if (next?.out === true && /pong|alive|ping|heartbeat|hb/i.test(textOf(next.tree))) {
      pings.add(next);
      replies.set(textOf(one.tree), { on: reduced(one.tree), send: next.tree });
    }
  }
  for (const one of others) if (/\bpong\b/i.test(textOf(one.tree))) pings.add(one);
  const [first, second] = own;
  const keepalive =
    first && second && textOf(first.tree) === textOf(second.tree)
      ? { every: Math.max(1_000, Math.round(second.t - first.t)), send: first.tree }
      : undefined;
  return { replies: [...replies.values()], keepalive, pings };
}
