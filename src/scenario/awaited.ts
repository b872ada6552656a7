/** What a step waits for: read from its words, and whether it has come. */

import { RenegoError } from '../core/errors.ts';
import type { DescriptionType, PartyId, SignalEvent, StateOf } from '../core/event.ts';
import type { Round } from '../core/model.ts';
import { nearest } from '../core/nearest.ts';
import { isQuiet } from '../core/quiet.ts';
import { knownRule } from './expectations.ts';
import type { Awaited, AwaitedState, Words } from './scenario.ts';
import type { Scene } from './scene.ts';

/** Throws what `words` throws. */
export function readAwaited(said: string, words: Pick<Words, 'state'>): Awaited {
  if (said === 'negotiated') return { for: 'negotiated' };
  const [, type, nth] = /^(offer|answer|pranswer)(?:#([1-9]\d{0,5}))?$/.exec(said) ?? [];
  if (type !== undefined) {
    return { for: 'description', type: type as DescriptionType, ...(nth !== undefined && { nth: Number(nth) }) };
  }
  const [, message] = /^message (.+)$/s.exec(said) ?? [];
  if (message !== undefined) return { for: 'message', text: message };
  const [, rule] = /^finding ([\w-]+)$/.exec(said) ?? [];
  if (rule !== undefined) return { for: 'finding', rule: knownRule(rule) };
  return { for: 'state', state: stateOf(said, words) };
}

const WORDS = ['negotiated', 'offer', 'answer', 'pranswer'];

/** Says what else can be waited for where it is no state. */
function stateOf(said: string, words: Pick<Words, 'state'>): AwaitedState {
  try {
    return words.state(said);
  } catch (thrown) {
    const near = nearest(said, WORDS);
    const { hint = '' } = thrown as RenegoError;
    const also = 'Else negotiated, offer, answer, pranswer (answer#2: the second), message <text>, finding <rule>.';
    const known = hint.startsWith('There') ? `${hint} ${also}` : hint;
    const better = near === undefined ? known : `Did you mean '${near}'?`;
    throw new RenegoError('usage', 'UNKNOWN_STATE', `nothing called '${said}' can be waited for`, better);
  }
}

export interface Waiting {
  readonly awaited: Awaited;
  /** Whose; else anybody's, and for states everybody's of these. */
  readonly peer: PartyId | undefined;
  readonly peers: readonly PartyId[];
  /** The newest event when the last action was begun. */
  readonly since: number;
}

export function hasCome({ awaited, peer, peers, since }: Waiting, scene: Scene): boolean {
  const { model, findings } = scene;
  const isNew = (event: SignalEvent): boolean => event.seq > since && (peer === undefined || event.from === peer);
  switch (awaited.for) {
    case 'state':
      return (peer === undefined ? peers : [peer]).every((one) => reached(scene, one, awaited.state, since));
    case 'description': {
      const said = [...model.sessions.values()]
        .flatMap(({ descriptions }) => descriptions)
        .filter(({ type, from, repeats }) => {
          return type === awaited.type && repeats === undefined && (peer === undefined || from === peer);
        });
      return awaited.nth === undefined ? said.some(({ seq }) => seq > since) : said.length >= awaited.nth;
    }
    case 'negotiated': {
      const rounds: Round[] = [...model.sessions.values()].flatMap((session) => session.rounds);
      const done = rounds.some(
        ({ state, offer, offerer }) =>
          state === 'complete' && offer.seq > since && (peer === undefined || offerer === peer),
      );
      return done && isQuiet(model);
    }
    case 'message':
      return model.events.some((event) => event.kind === 'message' && isNew(event) && event.raw.includes(awaited.text));
    case 'finding':
      return findings.some(({ rule, side }) => rule === awaited.rule && (peer === undefined || side === peer));
  }
}

/** Whether the peer has told this state since then, or is in it. */
function reached({ model }: Scene, peer: PartyId, { of, value }: AwaitedState, since: number): boolean {
  const now = new Map<StateOf, string>();
  for (const event of model.events) {
    if (event.kind !== 'state' || event.from !== peer || !of.includes(event.of)) continue;
    if (event.seq > since && event.value === value) return true;
    now.set(event.of, event.value);
  }
  return [...now.values()].includes(value);
}
