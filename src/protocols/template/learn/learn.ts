/** A template from one recorded call of a system that nobody has described. */
import { RenegoError } from '../../../core/errors.ts';
import type { SessionHeader, SignalEvent } from '../../../core/event.ts';
import { isObject } from '../../json.ts';
import { match } from '../match.ts';
import { compilePattern } from '../pattern.ts';
import type { TemplateSource } from '../source.ts';
import { aroundOf, listAgain } from './around.ts';
import { fitted } from './fitting.ts';
import { patternOf, reduced, turned } from './generalise.ts';
import { type Acknowledged, joinOf } from './joining.ts';
import { commonRoom, type Names, namesOf } from './names.ts';
import { offererFlag, type Told } from './offerer.ts';
import { type Reread, reread } from './reread.ts';
import { restartOf } from './restart.ts';
import { framesOf, type Heard, type Talk, talksOf } from './traffic.ts';
import { type Content, mark, type Tree } from './tree.ts';

export interface Learned {
  readonly template: TemplateSource;
  /** What was assumed, and by what, under the key it is about. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
  /** How much of the recording the template reads. */
  readonly reread: Reread;
}

interface Side {
  readonly messages: readonly Acknowledged[];
  readonly names: Names;
  readonly talk: Talk;
}

const KINDS: readonly Content[] = ['offer', 'answer', 'candidate'];

/** Throws RenegoError `input`/`NOTHING_TO_LEARN` for a recording without an offer or without an answer. */
export function learn(header: SessionHeader, events: readonly SignalEvent[]): Learned {
  const connections = framesOf(header, events);
  const talks = talksOf(connections);
  if (talks === undefined) throw nothing('holds no WebSocket message with a description');
  const all = talks.map((talk) => talk.messages.map(meaning));
  const room = commonRoom(all.map(beforeCalls).filter((said) => said.some(({ out }) => out)));
  const hints = [...hintsOf(header.url), ...(room === undefined ? [] : [room])];
  const sides = talks.map((talk, index): Side => {
    const messages = all[index] ?? [];
    return { messages, talk, names: namesOf(messages, talk.sid, hints) };
  });
  const notes: Record<string, string[]> = {};
  const note = (key: string, text: string): void => {
    notes[key] = [...(notes[key] ?? []), text];
  };
  const messages = messagesOf(sides, note);
  const side = [...sides].sort((a, b) => worth(b) - worth(a))[0] as Side;
  const template = compose(side, sides, messages, note);
  return { template, notes, reread: reread(template, connections) };
}

function meaning(one: Heard): Acknowledged {
  const marked = one.acknowledges === undefined ? mark(one.tree) : undefined;
  return { ...one, tree: marked?.tree ?? one.tree, kind: marked?.kind };
}

/** What was said until the first description or candidate; nothing of a connection without any. */
function beforeCalls(messages: readonly Acknowledged[]): readonly Acknowledged[] {
  return messages.slice(
    0,
    Math.max(
      0,
      messages.findIndex(({ kind }) => kind !== undefined),
    ),
  );
}

const nothing = (why: string): RenegoError =>
  new RenegoError(
    'input',
    'NOTHING_TO_LEARN',
    `the recording ${why}`,
    'Record a whole call, from the join to the hang-up.',
  );

/** The client that was told of somebody when it came shows most of the way in. */
function worth({ messages, names }: Side): number {
  const before = beforeCalls(messages);
  const { steps, metSomebody } = joinOf(before, names);
  return (metSomebody ? 10 : 0) + steps.length + (messages.some(({ kind }) => kind !== undefined) ? 0 : -100);
}

/** Words of the address, which may be the room. */
function hintsOf(url: string | undefined): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return [];
  const { pathname, searchParams } = new URL(url);
  return [...pathname.split('/').filter((part) => part !== ''), ...searchParams.values()];
}

type Note = (key: string, text: string) => void;

function messagesOf(sides: readonly Side[], note: Note): Record<string, Tree> {
  const seen = new Map<string, { pattern: Tree; values: readonly unknown[] }>();
  for (const kind of KINDS) {
    for (const out of [true, false]) {
      const [side, samples] = mostOf(sides, kind, out);
      if (side === undefined) continue;
      const pattern = patternOf(
        samples.map(({ tree }) => tree),
        out,
        side.names,
      );
      seen.set(`${kind} ${out}`, { pattern, values: samples.map(({ value }) => value) });
    }
  }
  const pair = KINDS.map((kind) => [seen.get(`${kind} true`), seen.get(`${kind} false`)] as const).find(
    ([a, b]) => a && b,
  );
  const messages: Record<string, Tree> = {};
  for (const kind of KINDS) {
    const [sent, heard] = [seen.get(`${kind} true`), seen.get(`${kind} false`)];
    if (sent === undefined && heard === undefined) {
      if (kind !== 'candidate') throw nothing(`holds no ${kind}`);
      note('messages', 'There was no candidate: descriptions are taken to hold theirs.');
      continue;
    }
    const said = sides.flatMap((side) => side.messages.filter((one) => one.kind === kind));
    messages[kind] = fitted(
      both(sent, heard, pair?.[0]?.pattern, pair?.[1]?.pattern),
      said.filter(({ out }) => out),
      said.filter(({ out }) => !out),
    );
    if (sent === undefined || heard === undefined) {
      const which = sent === undefined ? 'received' : 'sent';
      note(kind, `Only ${which} in this recording; the other direction is assumed to be alike.`);
    }
  }
  return messages;
}

function mostOf(
  sides: readonly Side[],
  kind: Content,
  out: boolean,
): readonly [Side | undefined, readonly Acknowledged[]] {
  const found = sides.map(
    (side) => [side, side.messages.filter((one) => one.kind === kind && one.out === out)] as const,
  );
  const [best] = found.sort((a, b) => b[1].length - a[1].length);
  return best === undefined || best[1].length === 0 ? [undefined, []] : best;
}

type Seen = { readonly pattern: Tree; readonly values: readonly unknown[] } | undefined;

/** One pattern where both directions fit it, else one for each. */
function both(sent: Seen, heard: Seen, exampleSent: Tree, exampleHeard: Tree): Tree {
  const send = sent?.pattern ?? turned(heard?.pattern, exampleSent);
  const recv = heard === undefined ? reduced(turned(sent?.pattern, exampleHeard)) : reduced(heard.pattern);
  const same = heard?.values.every((value) => match(compilePattern(send, []), value) !== undefined) === true;
  if (same && JSON.stringify(reduced(send)) === JSON.stringify(recv)) return send;
  const byPeer = (tree: Tree): Tree => JSON.parse(JSON.stringify(tree).replace(/\{\{(?:from|to)\}\}/g, '{{peer}}'));
  if (same && JSON.stringify(byPeer(reduced(send))) === JSON.stringify(byPeer(recv))) return byPeer(send);
  return { send, recv };
}

function compose(side: Side, sides: readonly Side[], messages: Record<string, Tree>, note: Note): TemplateSource {
  const around = sides.map((one) => aroundOf(one.messages, one.names));
  const joined = around.find((one) => one.joined !== undefined)?.joined;
  const left = around.find((one) => one.left !== undefined)?.left;
  const byes = around.flatMap((one) => one.bye ?? []);
  const bye = byes.find(({ out }) => out) ?? byes[0];
  const replies = around.flatMap((one) => one.replies);
  const keepalive = around.find((one) => one.keepalive !== undefined)?.keepalive;
  const { carrier, sid } = side.talk;
  const pings = around[sides.indexOf(side)]?.pings;
  const before = beforeCalls(side.messages).filter((one) => pings?.has(one) !== true);
  const flag = offererFlag(sides.flatMap((one) => toldOf(one)));
  const { steps, metSomebody } = joinOf(before, side.names, flag);
  const list = listAgain(
    steps,
    sides.map((one) => one.messages),
  );
  // Where everybody is told again and again who is there, whoever wants to calls.
  const role =
    flag || list !== undefined
      ? undefined
      : roleOf(side, metSomebody, around[sides.indexOf(side)]?.joined !== undefined);
  const restart = sides.map(({ messages: said }) => restartOf(said)).find((one) => one !== undefined);
  const anonymous = !JSON.stringify([messages, joined]).match(/\{\{(?:peer|from|to)\}\}/);
  const unique = [...new Map(replies.map((reply) => [JSON.stringify(reply), reply])).values()];

  if (steps.length === 0) note('join', 'Nothing was said before the call: the address is taken to be the room.');
  if (flag) note('join', `Who offers is told by ${flag.key} in ${flag.word}.`);
  if (role !== undefined)
    note('role', `As in the recording: ${role === 'newcomer' ? 'who came later called' : 'who was there called'}.`);
  if (anonymous) note('peer', 'Messages name nobody: there is one other party, called so.');
  if (bye === undefined) note('messages', 'No goodbye was recognised; add bye: if there is one.');
  if (bye !== undefined && byes.every(({ out }) => out === bye.out))
    note('bye', `Only ${bye.out ? 'sent' : 'received'} in this recording; the other direction is assumed to be alike.`);
  note('restart', restart === undefined ? ASSUMED_RESTART : 'As in the recording.');
  return {
    carrier: carrier.name,
    ...(sid !== undefined &&
      side.names.self.has(sid) &&
      !steps.some((step) => JSON.stringify(step).includes('{{self}}')) && { self: '{{sid}}' }),
    ...(anonymous && { peer: 'peer' }),
    ...(role !== undefined && { role }),
    join: steps,
    messages: {
      ...messages,
      ...(bye && { bye: bothWays(bye.pattern, messages.candidate ?? messages.offer) }),
      ...(list !== undefined && { peers: { send: null, recv: list } }),
      ...(joined !== undefined && list === undefined && { joined: { send: null, recv: joined } }),
      ...(left !== undefined && { left: { send: null, recv: left } }),
    },
    ...(unique.length > 0 && { replies: unique }),
    ...(keepalive && { keepalive }),
    restart: typeof restart === 'object' ? { request: patternOf([restart.asked.tree], true, side.names) } : 'offer',
  };
}

const ASSUMED_RESTART =
  'Assumed: an ICE restart is an ordinary offer. Else write unsupported, reconnect or { request: … }.';

/** What a client was told before it offered or was offered to; nothing if it did neither. */
function toldOf({ messages }: Side): Told[] {
  const first = messages.find(({ kind }) => kind === 'offer' || kind === 'answer');
  if (first === undefined) return [];
  return [{ before: beforeCalls(messages), offered: first.kind === 'offer' ? first.out : !first.out }];
}

/** A message of which one direction is known: as the others, whose directions are alike or not. */
function bothWays(pattern: Tree, like: Tree): Tree {
  const split = isObject(like) && 'send' in like && 'recv' in like;
  if (!split) return pattern;
  return { send: pattern, recv: reduced(turned(pattern, like.recv)) };
}

/** Who called: somebody the client found there, or somebody who came. */
function roleOf(
  { messages }: Side,
  metSomebody: boolean,
  sawSomebodyCome: boolean,
): 'newcomer' | 'resident' | undefined {
  if (!metSomebody && !sawSomebodyCome) return undefined;
  const first = messages.find(({ kind }) => kind === 'offer' || kind === 'answer');
  if (first === undefined) return undefined;
  const weCalled = first.kind === 'offer' ? first.out : !first.out;
  return weCalled === metSomebody ? 'newcomer' : 'resident';
}
