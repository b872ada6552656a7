/** A session in renego's own format: nothing is lost. */
import type { SessionHeader } from '../../core/event.ts';
import { encodeEnd, encodeEvent, encodeHeader } from '../../session/format.ts';
import type { EventWriter } from './writer.ts';

export function sessionWriter(header: SessionHeader): EventWriter {
  let events = 0;
  return {
    start: () => `${encodeHeader(header)}\n`,
    event(event) {
      events += 1;
      return `${encodeEvent(event)}\n`;
    },
    end: () => [`${encodeEnd({ events, reason: 'converted' })}\n`],
  };
}
