/** Why an action cannot be done now, as a sentence; the same answer for keys, --do and scripts. */
import { type Action, isInterception, type PartyId, type PeerAction } from '../core/event.ts';
import type { TransceiverInfo } from '../engines/engine.ts';
import type { Capabilities } from '../protocols/protocol.ts';

/** What the decision needs to know. */
export interface Situation {
  readonly over: boolean;
  readonly linkOpen: boolean;
  readonly joined: boolean;
  readonly others: readonly PartyId[];
  /** Everyone there is a call with. */
  readonly calls: readonly PartyId[];
  /** Those of the call in front. */
  readonly capabilities: Capabilities;
  /** The call in front, if there is one. */
  readonly call:
    | {
        readonly remote: PartyId;
        readonly signaling: string;
        readonly localSdp: string;
        readonly busy: boolean;
        readonly transceivers: readonly TransceiverInfo[];
      }
    | undefined;
}

/** undefined if the action can be done. */
export function refusalOf(action: Action, now: Situation): string | undefined {
  if (now.over) return 'the session is over';
  if (isInterception(action)) return 'there is nothing between the two sides here: that is for renego proxy';
  if (action.do === 'mark') return undefined;
  if (action.do === 'step') return 'only replay --step has steps';
  if (action.do === 'send') return now.linkOpen ? undefined : 'the signaling connection is not open';
  if (action.do === 'stats' || action.do === 'set-configuration') return 'only a page in a browser is asked for that';
  if (action.do === 'call') return refuseCall(action.to, now);
  if (!now.call) return 'there is no call yet';
  if (action.do === 'hangup') return undefined;
  return refuseChange(action, now, now.call);
}

/**
 * Why no waiting helps: the system has no way to do it. What a system can do is known for sure once a call is settled.
 * undefined if the action can be done, or may be later.
 */
export function finalRefusalOf(action: Action, now: Situation): string | undefined {
  const { capabilities, call } = now;
  const why = refusalOf(action, now);
  if (why === undefined) return undefined;
  if (isInterception(action)) return why;
  if (action.do === 'step' || action.do === 'stats' || action.do === 'set-configuration') return why;
  if (call?.signaling !== 'stable' || call.localSdp === '') return undefined;
  const { restart, renegotiation } = capabilities;
  const final = [typeof restart === 'object' && restart.why, renegotiation !== true && renegotiation.why];
  return final.includes(why) ? why : undefined;
}

function refuseCall(to: PartyId | undefined, now: Situation): string | undefined {
  if (!now.joined) return 'the server has not let us in yet';
  const there = to === undefined ? now.call?.remote : now.calls.find((one) => one === to);
  if (there !== undefined) return `a call with ${there} is there already; hang up first`;
  if (to !== undefined) return now.others.includes(to) ? undefined : `${to} is not here`;
  return now.others.length > 0 ? undefined : 'there is no one to call';
}

function refuseChange(action: PeerAction, now: Situation, call: NonNullable<Situation['call']>): string | undefined {
  const { restart, renegotiation } = now.capabilities;
  if (action.do === 'rollback') {
    return call.signaling === 'have-local-offer' ? undefined : 'there is no offer of ours to roll back';
  }
  if (action.do === 'restart-ice') {
    if (typeof restart === 'object') return restart.why;
    if (call.localSdp === '') return 'nothing is negotiated yet';
  } else if (renegotiation !== true && call.localSdp !== '') return renegotiation.why;
  if (action.do === 'restart-ice' || action.do === 'offer') {
    if (call.signaling === 'have-local-offer') return 'an offer of ours waits for its answer; roll it back first';
    if (call.signaling !== 'stable' || call.busy) return 'a negotiation is under way';
  }
  if (action.do === 'add' && action.media === 'data' && /^m=application [^0]/m.test(call.localSdp)) {
    return 'there is a data channel already';
  }
  if (action.do === 'stop' || action.do === 'direction') {
    const live = call.transceivers.filter((one) => !one.stopped && one.mid !== null);
    if (action.mid !== undefined) {
      return live.some((one) => one.mid === action.mid)
        ? undefined
        : `there is no live section with mid '${action.mid}'`;
    }
    if (live.length === 0) return action.do === 'stop' ? 'there is no section to stop' : 'there is no section to turn';
  }
  return undefined;
}

const CYCLE = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

/** The section an action without mid means: the newest that sends, else the newest. */
export function newestSection(transceivers: readonly TransceiverInfo[]): TransceiverInfo | undefined {
  const live = transceivers.filter((one) => !one.stopped && one.mid !== null);
  return live.filter((one) => one.sending).at(-1) ?? live.at(-1);
}

/**
 * The next direction in the round sendrecv, sendonly, recvonly, inactive. What is agreed on already is left out: it would
 * need no negotiation.
 */
export function nextDirection({ direction, currentDirection }: TransceiverInfo): string {
  const at = CYCLE.indexOf(direction);
  const round = [1, 2].map((steps) => CYCLE[(at + steps) % CYCLE.length] ?? 'sendrecv');
  return round.find((one) => one !== currentDirection) ?? 'sendrecv';
}
