/** The way into a room, step by step: what is sent, what is waited for, and what it told. */
import type { PartyId } from '../../core/event.ts';
import type { ClientOutput, Signal } from '../protocol.ts';
import { build, Missing, tryBuild } from './build.ts';
import { nameOf, takeStep } from './conversation.ts';
import type { Memory, Values } from './memory.ts';
import type { Mouth } from './mouth.ts';
import type { Template } from './template.ts';
import type { Speaker } from './values.ts';

export interface Joining {
  /** The carrier is ready. */
  begin(sid: unknown): readonly ClientOutput[];
  /** Undefined if this is not what is waited for. */
  heard(value: unknown): readonly ClientOutput[] | undefined;
  acknowledged(id: number, value: unknown): readonly ClientOutput[];
  /** The server complains. */
  failed(why: unknown, value: unknown): readonly ClientOutput[];
}

interface Parts {
  readonly template: Template;
  readonly memory: Memory;
  readonly speaker: Speaker;
  readonly mouth: Mouth;
  /** Whom renego is to call: there, as far as anyone can tell, where nobody says who is. */
  readonly expected: PartyId | undefined;
  /** What follows once renego is in. */
  joined(): readonly ClientOutput[];
}

export function createJoining({ template, memory, speaker, mouth, expected, joined }: Parts): Joining {
  let at = -1;
  let isIn = false;
  /** The server has said whether it is us that offer. */
  let offerer: unknown;
  const met: PartyId[] = [];

  function advance(): readonly ClientOutput[] {
    const outputs: ClientOutput[] = [];
    for (let step = template.join[at]; step !== undefined; step = template.join[at]) {
      if (step.do === 'expect') return outputs;
      try {
        outputs.push(...mouth.say(build(step.pattern, speaker.lookup()), step.ack && at));
      } catch (thrown) {
        if (!(thrown instanceof Missing)) throw thrown;
        return [...outputs, { do: 'refused', why: `step ${at + 1} of join cannot be sent: ${thrown.message}` }];
      }
      if (step.ack) return outputs;
      at += 1;
    }
    isIn = true;
    // Where nobody has a name and nothing tells when somebody comes, the other side is there from the start.
    const always = template.messages.joined === undefined && offerer === undefined ? template.peer : undefined;
    if (always !== undefined && memory.came(always)) met.push(always);
    if (expected !== undefined && memory.came(expected)) met.push(expected);
    const here = met.filter((who) => memory.peers.has(who));
    return [
      ...outputs,
      { do: 'joined', as: memory.self },
      ...here.map((who): ClientOutput => {
        const offers = whoOffers(template, offerer, true, memory, who);
        return { do: 'presence', who, change: 'join', ...(offers && { offers }) };
      }),
      ...joined(),
    ];
  }

  function done({ values, presence }: { values: Values; presence: readonly Signal[] }): readonly ClientOutput[] {
    if (values.has('offerer')) offerer = Boolean(values.get('offerer'));
    for (const signal of presence) if (signal.type === 'presence') met.push(signal.who);
    // Nobody has a name here: that renego is to offer means that somebody is there.
    if (values.get('offerer') && template.peer !== undefined && memory.came(template.peer)) met.push(template.peer);
    at += 1;
    return advance();
  }

  function failed(why: unknown, value: unknown): readonly ClientOutput[] {
    const text = typeof why === 'string' && why !== '' ? why : `the server answers ${nameOf(value)}`;
    if (!isIn) return [{ do: 'refused', why: text }];
    return [{ do: 'problem', code: 'SERVER_ERROR', detail: text }];
  }

  return {
    begin(sid) {
      const own =
        template.self && tryBuild(template.self, speaker.lookup(undefined, undefined, new Map([['sid', sid]])));
      memory.name(own);
      at = 0;
      return advance();
    },
    heard(value) {
      const step = isIn || at < 0 ? undefined : template.join[at];
      const taken = step?.do === 'expect' ? takeStep(step.pattern, value, memory) : undefined;
      return taken && done(taken);
    },
    acknowledged(id, value) {
      const step = isIn || id !== at ? undefined : template.join[at];
      if (step?.do !== 'send' || step.ack === undefined) return [];
      const taken = takeStep(step.ack, value, memory);
      return taken ? done(taken) : failed(undefined, value);
    },
    failed,
  };
}

/** Who begins the call with somebody: by what the message said, else by the rule of the system. */
export function whoOffers(
  { role, messages }: Template,
  offerer: unknown,
  weAreNew: boolean,
  memory: Memory,
  who: PartyId,
): 'us' | 'them' | undefined {
  if (offerer !== undefined) return offerer ? 'us' : 'them';
  // Who has to be asked for an offer makes none by itself.
  if (role === 'them' && messages.request?.send !== undefined) return undefined;
  if (role === 'us' || role === 'them') return role;
  if (role === 'callee') return 'them';
  if (role === 'anyone') return undefined;
  if (role === 'lowest' || role === 'highest') {
    return isLower(memory.wireId(memory.self), memory.wireId(who)) === (role === 'lowest') ? 'us' : 'them';
  }
  return (role === 'newcomer') === weAreNew ? 'us' : 'them';
}

/** Numbers by their size, text by its order. */
function isLower(a: unknown, b: unknown): boolean {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? String(a) < String(b) : x < y;
}
