/** What a live replay needs to know of its peers and of the session so far. */
import type { Action, MediaKind, PartyId } from '../../core/event.ts';
import type { Description, Model } from '../../core/model.ts';
import type { TransceiverInfo } from '../../engines/engine.ts';
import { mdn } from '../../protocols/mdn.ts';
import { createPeer } from '../peer.ts';
import type { Arrangement, Opening } from '../peer-options.ts';
import type { Source } from '../source.ts';
import { type Intent, type Operation, type Plan, turnsOf } from './intent.ts';
import type { LiveReplayOptions } from './live-replay.ts';

/** What a party is told to do about an offer that came in: before it is set, and before it is answered. */
export interface Directed {
  attach(party: PartyId): readonly MediaKind[];
  answering(party: PartyId, sections: readonly TransceiverInfo[]): readonly Arrangement[];
}

/** Both parties, or the first only. */
export function castOf(
  { plan, engine, join }: LiveReplayOptions,
  url: string | undefined,
  directed: Directed,
): Map<PartyId, Source> {
  const [first, second] = plan.parties;
  const opening = plan.intents[0];
  const common = (party: PartyId) => ({
    ...{ engine, as: party, call: false, media: [], reconnect: false },
    attach: () => directed.attach(party),
    answering: (sections: readonly TransceiverInfo[]) => directed.answering(party, sections),
  });
  const offered = (opening?.operations ?? [])
    .map(({ action }) => action)
    .filter((action): action is Opening => action.do === 'add' || action.do === 'prefer');
  const caller = createPeer({
    ...common(first),
    url: url ?? '',
    protocol: mdn,
    ...join,
    to: join?.to ?? second,
    answerOnly: false,
    opening: offered,
  });
  if (url === undefined) return new Map([[first, caller]]);
  const answering = createPeer({
    ...common(second),
    url,
    protocol: mdn,
    to: first,
  });
  return new Map<PartyId, Source>([
    [first, caller],
    [second, answering],
  ]);
}

/** What the side of a later round does now; nothing to change means an offer all the same. */
export function actionsOf({ by, round, operations }: Intent, model: Model): readonly Action[] {
  const said = [...model.sessions.values()].at(-1)?.descriptions ?? [];
  const own = said.findLast(({ from }) => from === by);
  const all = [...operations, ...turnsOf(round.offer, own, attachedBy(by, said))];
  // What the other side has rejected is stopped already.
  const isStopped = (mLine: number | undefined) => said.at(-1)?.sdp.media[mLine ?? -1]?.rejected === true;
  const actions = all
    .filter(({ action, mLine }) => action.do !== 'stop' || !isStopped(mLine))
    .map((operation) => placed(operation, own));
  // By themselves these may need no negotiation, says the engine.
  return actions.every(({ do: name }) => QUIET.has(name)) ? [...actions, { do: 'offer' }] : actions;
}

/** What an engine may do without an offer. */
export const QUIET: ReadonlySet<Action['do']> = new Set(['prefer', 'direction']);

/** M-lines on which this side has ever sent. */
export function attachedBy(party: PartyId, said: readonly Description[]): ReadonlySet<number> {
  const own = said.filter(({ from }) => from === party).flatMap(({ sdp }) => sdp.media);
  return new Set(
    own.filter(({ direction, rejected }) => !rejected && /^send/.test(direction)).map(({ index }) => index),
  );
}

/** The action with the mid that its section has here. */
function placed({ action, mLine }: Operation, own: Description | undefined): Action {
  const mid = mLine === undefined ? undefined : own?.sdp.media[mLine]?.mid?.value;
  return mid === undefined ? action : ({ ...action, mid } as Action);
}

const rounds = (model: Model) => [...model.sessions.values()].flatMap((session) => session.rounds);
export const countOffers = (model: Model): number => rounds(model).length;

export const countRounds = (model: Model): number => rounds(model).filter(({ state }) => state === 'complete').length;

/** How many of us say that they are connected. */
export function connectedSides({ events }: Model): number {
  const states = new Map<PartyId, string>();
  for (const event of events)
    if (event.kind === 'state' && event.of === 'connection') states.set(event.from, event.value);
  return [...states.values()].filter((value) => value === 'connected').length;
}

export function roundName({ round }: Intent): string {
  return `The round of offer #${round.offer.number} of ${round.offerer} (event ${round.offer.seq} of the recording)`;
}

/** What flowed at the recording's end, as far as its last descriptions say. */
export function wantedFlows({ intents }: Plan): readonly string[] {
  const last = intents.at(-1)?.round;
  const sections = last?.answer?.sdp.media ?? [];
  const kinds = sections.flatMap((section, index): MediaKind[] => {
    const offered = last?.offer.sdp.media[index];
    if (section.rejected || offered === undefined || offered.rejected) return [];
    if (section.kind === 'application') return ['data'];
    const flows =
      (/^send/.test(section.direction) && /recv/.test(offered.direction)) ||
      (/recv/.test(section.direction) && /^send/.test(offered.direction));
    return flows && (section.kind === 'audio' || section.kind === 'video') ? [section.kind] : [];
  });
  return [...new Set(kinds)];
}
