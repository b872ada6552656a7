/** SDP fragments (RFC 8840, `application/trickle-ice-sdpfrag`): candidates and credentials, as WHIP and WHEP send them in PATCH. */
import type { FoundSignal } from '../core/find-signals.ts';

/** Candidates and ends of candidates, in the order they stand, each with its section and credentials. [] if there are none. */
export function readFragment(text: string): FoundSignal[] {
  const signals: FoundSignal[] = [];
  let [session, ufrag, mid]: (string | undefined)[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('m=')) [inside, mid, ufrag] = [true, undefined, session];
    else if (line.startsWith('a=mid:')) mid = line.slice(6).trim();
    else if (line.startsWith('a=ice-ufrag:')) {
      ufrag = line.slice(12).trim();
      if (!inside) session = ufrag;
    } else {
      const whose = { ...(mid !== undefined && { mid }), ...(ufrag !== undefined && { ufrag }) };
      if (line.startsWith('a=candidate:')) signals.push({ type: 'candidate', candidate: line.slice(2), ...whose });
      else if (/^a=end-of-candidates\s*$/.test(line)) signals.push({ type: 'end-of-candidates', ...whose });
    }
  }
  return signals;
}
