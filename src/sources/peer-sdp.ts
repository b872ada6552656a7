/** The few things the negotiating machine reads out of descriptions and candidates. */
import type { CandidateSignal, PcId, Signal } from '../core/event.ts';
import type { RemoteCandidate } from './peer-state.ts';

/** All user fragments of a description, without repetition. */
export function ufragsOf(sdp: string): string[] {
  return [...new Set([...sdp.matchAll(/^a=ice-ufrag:([^\r\n]+)/gm)].map((match) => match[1] ?? ''))];
}

/**
 * Whether this offer comes from another RTCPeerConnection than the last description did: another session id (RFC 9429,
 * section 5.2.1: it never changes) and another certificate. A page that was reloaded offers like that.
 */
export function isOfAnother(offer: string, last: string): boolean {
  const sessionOf = (sdp: string): string | undefined => /^o=\S+ (\S+)/m.exec(sdp)?.[1];
  const certificatesOf = (sdp: string): string[] =>
    [...sdp.matchAll(/^a=fingerprint:([^\r\n]+)/gm)].map((match) => (match[1] ?? '').toLowerCase());
  const before = new Set(certificatesOf(last));
  const now = certificatesOf(offer);
  if (before.size === 0 || now.length === 0 || now.some((one) => before.has(one))) return false;
  return sessionOf(offer) !== sessionOf(last);
}

/** The user fragment a candidate belongs to: its member, else the extension in its text. */
export function candidateUfrag(candidate: RemoteCandidate): string | undefined {
  if (candidate.ufrag !== undefined) return candidate.ufrag;
  return candidate.type === 'candidate' ? / ufrag (\S+)/.exec(candidate.candidate)?.[1] : undefined;
}

/**
 * The end of candidates, said for the first section: the one that carries the transport of a BUNDLE. `gathered` is the
 * user fragment of the newest candidate: gathering may end when the next ICE generation is described already.
 */
export function endOfCandidates(pc: PcId, localSdp: string, gathered: string | undefined): Signal {
  const mid = /^a=mid:([^\r\n]+)/m.exec(localSdp)?.[1];
  const ufrag = gathered ?? ufragsOf(localSdp)[0];
  return {
    type: 'end-of-candidates',
    pc,
    ...(mid !== undefined && { mid }),
    ...(ufrag !== undefined && { ufrag }),
  };
}

/**
 * The description with these candidates in their sections, and the end of them: what goes out where nothing can follow.
 * A candidate without section is the first one's. Sections without a candidate stay as they are.
 */
export function withCandidates(sdp: string, candidates: readonly CandidateSignal[]): string {
  const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
  const full = sections.map((section, index) => {
    const mid = /^a=mid:([^\r\n]+)/m.exec(section)?.[1];
    const own = candidates.filter((one) => (one.mid === undefined ? (one.mLine ?? 0) === index : one.mid === mid));
    const bare = section.replace(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '');
    const lines = own.map(({ candidate }) => `a=${candidate}\r\n`);
    return own.length === 0 ? section : `${bare}${lines.join('')}a=end-of-candidates\r\n`;
  });
  return [session, ...full].join('');
}

/** The kinds of media a description has sections for in which its sender would like to receive. */
export function wantedMedia(sdp: string): ReadonlySet<string> {
  const direction = (text: string): string | undefined =>
    /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(text)?.[1];
  const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
  const receiving = sections.filter((section) => {
    return /^(sendrecv|recvonly)$/.test(direction(section) ?? direction(session) ?? 'sendrecv');
  });
  return new Set(receiving.map((section) => /^m=(\w+)/.exec(section)?.[1] ?? ''));
}

/** The answer with these sections rejected: port 0, out of the bundle (RFC 9429 5.3.1, RFC 9143 7.3). */
export function rejecting(answer: string, mids: ReadonlySet<string>): string {
  if (mids.size === 0) return answer;
  const [session = '', ...sections] = answer.split(/^(?=m=)/m);
  const kept = session.replace(/^a=group:BUNDLE.*$/m, (line) =>
    line
      .split(' ')
      .filter((mid) => !mids.has(mid))
      .join(' '),
  );
  const all = sections.map((section) => {
    const mid = /^a=mid:([^\r\n]+)/m.exec(section)?.[1] ?? '';
    if (!mids.has(mid)) return section;
    return section.replace(/^(m=\S+) \d+/, '$1 0').replace(/^a=(?:sendrecv|sendonly|recvonly)$/m, 'a=inactive');
  });
  return [kept, ...all].join('');
}
