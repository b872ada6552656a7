/** What a=ssrc and a=ssrc-group lines declare (RFC 5576). */
import type { MSection } from '../sdp/sdp.ts';

/** The SSRCs with a line of their own, in order of first appearance. */
export function declaredSsrcs({ ssrcs }: MSection): readonly string[] {
  return [...new Set(ssrcs.map(({ ssrc }) => ssrc))];
}

/** The different tracks that a=ssrc lines name by msid. */
export function declaredTracks({ ssrcs }: MSection): ReadonlySet<string> {
  return new Set(ssrcs.flatMap(({ attribute, value }) => (attribute === 'msid' && value ? [value] : [])));
}
