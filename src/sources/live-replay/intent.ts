/**
 * What each side of a recording wanted: the operations on a peer connection that lead to its offers, read from the
 * semantic differences between them. A real engine can do them again, with credentials and addresses of its own.
 */
import { changesOf } from '../../core/changes.ts';
import type { Action, MediaKind, PartyId } from '../../core/event.ts';
import { eventAt } from '../../core/event-at.ts';
import type { Description, Model, Round, Session } from '../../core/model.ts';
import { offeredAgain } from '../../core/unruly.ts';
import type { Change } from '../../sdp/change.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { codecNames } from './arranged.ts';
import { omittedIn } from './omitted.ts';

/** An action about the section at this m-line; its mid is that of the session it is done in. */
export interface Operation {
  readonly action: Action;
  readonly mLine?: number;
}

/** One round of the recording, to be done again. */
export interface Intent {
  readonly round: Round;
  readonly by: PartyId;
  readonly operations: readonly Operation[];
  /** What the answering side sends back, section by section: it has to have something to send by then. */
  readonly answers: readonly { readonly media: MediaKind; readonly mLine: number }[];
}

export interface Plan {
  readonly intents: readonly Intent[];
  readonly parties: readonly [PartyId, PartyId];
  /** Who hung up, if anybody did. */
  readonly hangup: PartyId | undefined;
  /** What an engine cannot be made to do again, in sentences. */
  readonly omitted: readonly string[];
}

/** The plan of a recording's first call; undefined if there is none with an answer. */
export function planOf(model: Model): Plan | undefined {
  const sessions = [...model.sessions.values()].filter(({ rounds }) => rounds.some(isComplete));
  const [session, ...others] = sessions;
  const first = session?.rounds.find(isComplete);
  if (session === undefined || first === undefined) return undefined;
  const rounds = session.rounds.filter(isComplete);
  const skipped = session.rounds.filter((round) => !isComplete(round));
  const intents = rounds.map((round, index) => intentOf(round, rounds[index - 1]));
  return {
    intents,
    parties: [first.offerer, first.answerer],
    hangup: closedBy(model, session),
    omitted: [
      ...skipped.map(
        (round) =>
          `Offer #${round.offer.number} of ${round.offerer} (event ${round.offer.seq}) is left out: it was ${FATES[round.state] ?? round.state}.`,
      ),
      ...rounds.flatMap((round, index) => omittedIn(round, rounds[index - 1])),
      ...(others.length > 0 ? [`Only the first call is done again; the recording has ${sessions.length}.`] : []),
    ],
  };
}

const isComplete = ({ state, answer }: Round): boolean => state === 'complete' && answer !== undefined;

const FATES: Readonly<Record<string, string>> = {
  open: 'never answered',
  superseded: 'superseded',
  'rolled-back': 'rolled back',
  failed: 'refused',
};

function closedBy({ events }: Model, { closedBy: seq }: Session): PartyId | undefined {
  return seq === undefined ? undefined : eventAt(events, seq)?.from;
}

function intentOf(round: Round, before: Round | undefined): Intent {
  const { offer, answer, offerer: by } = round;
  const answers = answer === undefined ? [] : attachedIn(answer);
  if (before === undefined) return { round, by, operations: openingOf(offer), answers };
  const operations = [
    ...changesOf(offer).flatMap((change) => operationsOf(change, offer)),
    // An engine has stopped it for good: something new takes its place.
    ...offeredAgain(round, before).flatMap((index) => offer.sdp.media.slice(index, index + 1).flatMap(added)),
  ];
  // What is added later has a section of its own there, also where another one could be sent on.
  return { round, by, operations: operations.map(withDirection), answers };
}

/** Sections the answer sends on. */
function attachedIn({ sdp }: Description): Intent['answers'] {
  return sdp.media.flatMap((section) => {
    const media = mediaOf(section);
    const sends = !section.rejected && /^send/.test(section.direction);
    return sends && media !== undefined && media !== 'data' ? [{ media, mLine: section.index }] : [];
  });
}

function mediaOf({ kind }: MSection): MediaKind | undefined {
  if (kind === 'application') return 'data';
  return kind === 'audio' || kind === 'video' ? kind : undefined;
}

/** A first offer: every section is added; one behind another of its kind could else be sent on that one. */
function openingOf({ sdp }: Description): readonly Operation[] {
  const sections = sdp.media.filter(({ rejected }) => !rejected);
  return sections.flatMap((section, index) => {
    const another = sections.slice(0, index).some(({ kind }) => kind === section.kind);
    return another ? added(section).map(withDirection) : added(section);
  });
}

function withDirection(operation: Operation): Operation {
  const { action } = operation;
  if (action.do !== 'add' || action.media === 'data') return operation;
  return { ...operation, action: { ...action, direction: action.direction ?? 'sendrecv' } };
}

function added(section: MSection): readonly Operation[] {
  const media = mediaOf(section);
  if (media === undefined) return [];
  if (media === 'data') return [{ action: { do: 'add', media } }];
  const { direction } = section;
  const codecs = codecNames(section);
  const unusual = codecs[0] !== undefined && !USUAL.has(codecs[0].toLowerCase());
  return [{ action: { do: 'add', media, ...(direction !== 'sendrecv' && { direction }), ...(unusual && { codecs }) } }];
}

/** What engines put first anyway. */
const USUAL = new Set(['opus', 'vp8']);

function operationsOf(change: Change, { sdp }: Description): readonly Operation[] {
  const section = sdp.media.find(({ mid }) => mid?.value === change.mid);
  switch (change.class) {
    case 'ice-restart':
      return [{ action: { do: 'restart-ice' } }];
    case 'section-added':
    case 'section-recycled':
    case 'section-revived':
      return section === undefined ? [] : added(section);
    case 'section-rejected':
      return section === undefined ? [] : [{ action: { do: 'stop' }, mLine: section.index }];
    default:
      return [];
  }
}

/**
 * What makes sections that are there already those of `offer`, where there is no engine to ask. `now` is what the same
 * side said of them last; `attached` are the m-lines on which it has something to send.
 */
export function turnsOf(
  offer: Description,
  now: Description | undefined,
  attached: ReadonlySet<number>,
): readonly Operation[] {
  return offer.sdp.media.flatMap((section): Operation[] => {
    const { index: mLine, direction, rejected } = section;
    const current = now?.sdp.media[mLine];
    const media = mediaOf(section);
    if (current === undefined || current.rejected || rejected || media === undefined || media === 'data') return [];
    const codecs = codecNames(section);
    const turned = current.direction !== direction;
    const attach = turned && /^send/.test(direction) && !attached.has(mLine);
    const preferred = codecs[0] !== undefined && codecNames(current)[0] !== codecs[0];
    return [
      ...(attach ? [{ action: { do: 'add', media }, mLine } as const] : []),
      ...(turned ? [{ action: { do: 'direction', direction }, mLine } as const] : []),
      ...(preferred ? [{ action: { do: 'prefer', media, codecs }, mLine } as const] : []),
    ];
  });
}

/** M-lines on which this side has ever sent. */
export function attachedBy(party: PartyId, said: readonly Description[]): ReadonlySet<number> {
  const own = said.filter(({ from }) => from === party).flatMap(({ sdp }) => sdp.media);
  return new Set(
    own.filter(({ direction, rejected }) => !rejected && /^send/.test(direction)).map(({ index }) => index),
  );
}
