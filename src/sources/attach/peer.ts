/** One peer connection of a page, and what it hands over as signals. */
import { editOf } from '../../core/edited.ts';
import type { PartyId, PcId, Signal } from '../../core/event.ts';
import type { CallName, PageCandidate, PageDescription, Report } from './report.ts';

/** A document of a page or frame. */
export interface PageRef {
  /** Tells it from all others, also from the next document at the same place. */
  readonly key: string;
  /** The tab, frame or worker it is in. */
  readonly place: string;
  lane(): PartyId;
}

export interface Peer {
  readonly pc: PcId;
  readonly page: PageRef;
  /** Its number in the page. */
  readonly local: number;
  open: boolean;
  signaling: string;
  /** Something was set on it. */
  described: boolean;
  /** How often the page has begun to make or set a description of its own. */
  began: number;
  /** What createOffer and createAnswer made last. */
  readonly created: Map<string, string>;
  readonly calls: Map<number, OpenCall>;
  /** The id in its signals: its own, or that of the connection at the other end, if that is watched, too. */
  session: PcId;
  /** The lane at the other end. */
  far: PartyId;
  /** In this session descriptions came from an end that is not watched. */
  given: boolean;
}

/** The lane of whoever is at the other end of a connection, where that is not watched: only what comes from there is seen. */
export const REMOTE: PartyId = 'remote';

export interface OpenCall {
  readonly name: CallName;
  readonly description: PageDescription | undefined;
  /** The event with what is being applied. */
  readonly of: number | undefined;
}

/** A new one. */
export function newPeer(pc: PcId, page: PageRef, local: number): Peer {
  return {
    pc,
    page,
    local,
    open: true,
    signaling: 'stable',
    described: false,
    began: 0,
    created: new Map(),
    calls: new Map(),
    session: pc,
    far: REMOTE,
    given: false,
  };
}

export function signalOf(content: PageDescription | PageCandidate, pc: PcId): Signal {
  if ('sdp' in content) {
    const { type, sdp } = content;
    return type === 'rollback' ? { type, pc } : { type, pc, sdp };
  }
  const { mLine, candidate, ...whose } = content;
  if (candidate === '') return { type: 'end-of-candidates', pc, ...whose };
  return { type: 'candidate', pc, candidate, ...whose, ...(mLine !== undefined && { mLine }) };
}

export function initOf({ candidate, mid, mLine, ufrag }: PageCandidate): object {
  return { candidate, sdpMid: mid, sdpMLineIndex: mLine, usernameFragment: ufrag };
}

type Made = Extract<Report, { k: 'made' | 'outside' }>;

/** What is told of a call that was made and how it ended. */
export function madeOf({ name, error, args }: Made) {
  return { name, ...(args !== undefined && { args }), ok: error === undefined, ...(error && { error }) };
}

/** What was made, if something else is set. */
export function mungedFrom({ created }: Peer, { type, sdp }: PageDescription): string | undefined {
  const made = created.get(type === 'pranswer' ? 'answer' : type);
  return made !== undefined && editOf(made, sdp) !== undefined ? made : undefined;
}
