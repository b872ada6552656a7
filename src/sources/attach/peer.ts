/** One peer connection of a page, and what it hands over as signals. */
import type { PartyId, PcId, Signal } from '../../core/event.ts';
import type { CallName, PageCandidate, PageDescription } from './report.ts';

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
}

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
