/** Whether a side has built a new RTCPeerConnection: certificate, ICE credentials and `o=` id are all new (rules B.6). */
import type { Description } from '../core/model.ts';
import type { MSection } from '../sdp/sdp.ts';
import { certificateChange, credentialChange } from './transport.ts';

/** `before` and `now` are of the same side. The id of `o=` alone proves nothing: some stacks write a new one each time. */
export function isReplaced(before: Description, now: Description): boolean {
  const [old, fresh] = [before.sdp.origin, now.sdp.origin];
  if (!old || !fresh || old.sessionId === fresh.sessionId) return false;
  const [was, is] = [firstLive(before.sdp.media), firstLive(now.sdp.media)];
  return (
    was !== undefined &&
    is !== undefined &&
    certificateChange(was, is) === 'changed' &&
    credentialChange(was, is) === 'both'
  );
}

function firstLive(media: readonly MSection[]): MSection | undefined {
  return media.find((section) => !section.rejected);
}
