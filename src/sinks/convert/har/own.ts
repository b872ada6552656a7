/**
 * What a HAR has no member for, in members of our own (their names begin with an underscore, HAR 1.2): so that a session
 * that was written as HAR comes back as it was. Read by importers/har/own.ts.
 */
import type { MessageEvent, SessionHeader } from '../../../core/event.ts';
import { hashOf } from '../../../core/hash.ts';

/** `_session` of the log. */
export const ownHeader = (header: SessionHeader): object => ({ _session: header });

/**
 * `_event` beside a frame or a body: all but the text itself, which stands there already. It counts only as long as that
 * text is the same, so that who changes it changes what it means.
 */
export function ownEvent({ raw, ...event }: MessageEvent): object {
  return { text: hashOf(raw), event };
}
