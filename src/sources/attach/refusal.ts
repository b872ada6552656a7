/** Why an action cannot be done to a page, as a sentence; and which connection it means. */
import type { Action, PcId } from '../../core/event.ts';
import type { Peer } from './peer.ts';
import type { Peers } from './peers.ts';

const WATCHING =
  'up to the page, which renego only watches: r restarts ICE, s gets statistics, S, A and C configure a connection, h closes it';

/** `over`: the browser is gone. */
export function refusalOf(action: Action, peers: Peers, over: boolean): string | undefined {
  switch (action.do) {
    case 'mark':
      return undefined;
    case 'restart-ice':
    case 'hangup':
    case 'stats':
    case 'set-configuration':
      break;
    case 'send':
      return 'renego only listens: it cannot send on a WebSocket of the page';
    default:
      return WATCHING;
  }
  if (over) return 'the browser is gone';
  const peer = peerFor(action, peers);
  if (peer === undefined) {
    return action.pc === undefined ? 'no page has an RTCPeerConnection' : `there is no open connection ${action.pc}`;
  }
  if (action.do !== 'restart-ice') return undefined;
  if (action.how === 'createOffer') return 'offers are the page’s to make: r calls restartIce(), and the page offers';
  return peer.described ? undefined : `nothing is negotiated on ${peer.pc} yet`;
}

/** The connection named; else the newest that has negotiated; else the newest. */
export function peerFor({ pc }: { readonly pc?: PcId }, peers: Peers): Peer | undefined {
  const open = peers.open();
  if (pc !== undefined) return open.find((peer) => peer.pc === pc);
  return open.findLast(({ described }) => described) ?? open.at(-1);
}
