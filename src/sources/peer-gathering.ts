/** Signaling without trickle: a description waits until its candidates are gathered, and takes them along. */
import type { CandidateSignal } from '../core/event.ts';
import { candidateUfrag, ufragsOf, withCandidates } from './peer-sdp.ts';
import { MAX_POOL, type PeerState, type Spoken, type Stepped } from './peer-state.ts';

/** A candidate of ours, or null for the end of them. `state` has noted both already. */
export function collect(state: PeerState, candidate: CandidateSignal | null): Stepped {
  if (candidate !== null)
    return { state: { ...state, pool: [...state.pool, candidate].slice(-MAX_POOL) }, outputs: [] };
  const { pending } = state;
  if (pending === undefined || !gatheredFor(state, pending.sdp)) return { state, outputs: [] };
  return { state: { ...state, pending: undefined }, outputs: [{ do: 'send', signal: spoken(state, pending) }] };
}

/**
 * Whether all candidates of this description are there: those of its ICE generation, for a second description of the same
 * generation is not gathered for. A machine without any network has an end but no candidates.
 */
export function gatheredFor(state: PeerState, sdp: string): boolean {
  if (!state.endTold) return false;
  return state.gathered === undefined || ufragsOf(sdp).includes(state.gathered);
}

/** How it goes out: without trickle together with its candidates. */
export function spoken(state: PeerState, signal: Spoken): Spoken {
  if (state.terms.trickle) return signal;
  const ufrags = ufragsOf(signal.sdp);
  const own = state.pool.filter((candidate) => {
    const ufrag = candidateUfrag(candidate);
    return ufrag === undefined || ufrags.includes(ufrag);
  });
  return { ...signal, sdp: withCandidates(signal.sdp, own) };
}
