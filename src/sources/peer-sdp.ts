/** The few things the negotiating machine reads out of descriptions and candidates. */
import type { PcId, Signal } from '../core/event.ts';
import type { RemoteCandidate } from './peer-state.ts';

/** All user fragments of a description, without repetition. */
export function ufragsOf(sdp: string): string[] {
  return [...new Set([...sdp.matchAll(/^a=ice-ufrag:([^\r\n]+)/gm)].map((match) => match[1] ?? ''))];
}

/** The user fragment a candidate belongs to: its member, else the extension in its text. */
export function candidateUfrag(candidate: RemoteCandidate): string | undefined {
  if (candidate.ufrag !== undefined) return candidate.ufrag;
  return candidate.type === 'candidate' ? / ufrag (\S+)/.exec(candidate.candidate)?.[1] : undefined;
}

/** The end of candidates, said for the first section: the one that carries the transport of a BUNDLE. */
export function endOfCandidates(pc: PcId, localSdp: string): Signal {
  const mid = /^a=mid:([^\r\n]+)/m.exec(localSdp)?.[1];
  const ufrag = ufragsOf(localSdp)[0];
  return {
    type: 'end-of-candidates',
    pc,
    ...(mid !== undefined && { mid }),
    ...(ufrag !== undefined && { ufrag }),
  };
}
