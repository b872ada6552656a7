/** What there is in place of what a step waited for in vain. */
import type { PartyId, StateOf } from '../core/event.ts';
import type { Description, Round } from '../core/model.ts';
import type { Waiting } from './awaited.ts';
import type { Failing } from './expectations.ts';
import type { AwaitedState } from './scenario.ts';
import type { Scene } from './scene.ts';

/** In a sentence, with the event that shows it; undefined where nothing tells. */
export function insteadOf({ awaited, peer, peers, since }: Waiting, scene: Scene): Failing | undefined {
  switch (awaited.for) {
    case 'state':
      return states(peer === undefined ? peers : [peer], awaited.state, scene);
    case 'negotiated':
      return rounds(since, peer, scene);
    case 'description': {
      const open = openRound(scene);
      const said = descriptionsOf(scene).filter(({ type, repeats }) => type === awaited.type && repeats === undefined);
      if (awaited.type !== 'offer' && open !== undefined) return unanswered(open);
      return { why: said.length === 0 ? `There was no ${awaited.type} at all.` : `There were ${said.length} so far.` };
    }
    case 'message':
    case 'finding':
      return undefined;
  }
}

function states(peers: readonly PartyId[], { of, value }: AwaitedState, { model }: Scene): Failing | undefined {
  const last = new Map<PartyId, { readonly of: StateOf; readonly value: string; readonly seq: number }>();
  for (const event of model.events) if (event.kind === 'state' && of.includes(event.of)) last.set(event.from, event);
  const late = peers.filter((peer) => last.get(peer)?.value !== value);
  const sentences = late.map((peer) => {
    const told = last.get(peer);
    return told === undefined ? `${peer} told no such state.` : `${peer} is ${told.value} (${told.of}).`;
  });
  const [seq] = late.flatMap((peer) => last.get(peer)?.seq ?? []);
  return late.length === 0 ? undefined : { why: sentences.join(' '), ...(seq !== undefined && { event: seq }) };
}

function rounds(since: number, peer: PartyId | undefined, scene: Scene): Failing {
  const open = openRound(scene);
  if (open !== undefined) return unanswered(open);
  const offers = descriptionsOf(scene).filter(({ type, from, seq }) => {
    return type === 'offer' && seq > since && (peer === undefined || from === peer);
  });
  const last = offers.at(-1);
  if (last === undefined)
    return { why: `${peer === undefined ? 'Nobody offered' : `${peer} did not offer`} since the last action.` };
  return { why: `Offer #${last.number} of ${last.from} was ${last.status}.`, event: last.seq };
}

const openRound = ({ model }: Scene): Round | undefined =>
  [...model.sessions.values()].flatMap((session) => session.rounds).findLast(({ state }) => state === 'open');

const descriptionsOf = ({ model }: Scene): readonly Description[] =>
  [...model.sessions.values()].flatMap(({ descriptions }) => descriptions);

const unanswered = ({ offer }: Round): Failing => ({
  ...{ why: `Offer #${offer.number} of ${offer.from} has no answer.`, event: offer.seq },
});
