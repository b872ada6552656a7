/** What a live replay needs to know of its peers and of the session so far. */
import type { Action, MediaKind, PartyId } from '../../core/event.ts';
import type { Description, Model } from '../../core/model.ts';
import type { TransceiverInfo } from '../../engines/engine.ts';
import { mdn } from '../../protocols/mdn.ts';
import { createPeer } from '../peer.ts';
import type { Arrangement, Opening } from '../peer-options.ts';
import type { Source } from '../source.ts';
import type { Intent, Operation, Plan } from './intent.ts';
import type { LiveReplayOptions } from './live-replay.ts';

/** What a party is told to do to its sections before it offers or answers. */
export interface Directed {
  describing(party: PartyId, type: 'offer' | 'answer', sections: readonly TransceiverInfo[]): readonly Arrangement[];
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
    describing: (type: 'offer' | 'answer', sections: readonly TransceiverInfo[]) =>
      directed.describing(party, type, sections),
  });
  const offered = (opening?.operations ?? [])
    .map(({ action }) => action)
    .filter((action): action is Opening => action.do === 'add');
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
export function actionsOf({ by, operations }: Intent, model: Model): readonly Action[] {
  const said = [...model.sessions.values()].at(-1)?.descriptions ?? [];
  const own = said.findLast(({ from }) => from === by);
  // What the other side has rejected is stopped already.
  const isStopped = (mLine: number | undefined) => said.at(-1)?.sdp.media[mLine ?? -1]?.rejected === true;
  const actions = operations
    .filter(({ action, mLine }) => action.do !== 'stop' || !isStopped(mLine))
    .map((operation) => placed(operation, own));
  return actions.length === 0 ? [{ do: 'offer' }] : actions;
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
