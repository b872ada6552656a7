/** A session in renego's own format: nothing is lost. */
import type { SessionHeader, SignalEvent } from '../../core/event.ts';
import { encodeEnd, encodeEvent, encodeHeader } from '../../session/format.ts';

export function writeSession(header: SessionHeader, events: readonly SignalEvent[]): string {
  const lines = [encodeHeader(header), ...events.map(encodeEvent)];
  return `${lines.join('\n')}\n${encodeEnd({ events: events.length, reason: 'converted' })}\n`;
}
