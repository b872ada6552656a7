/** What a SIP message carries: a description, alone or as a part of several, or trickled candidates (RFC 8840). */
import type { PcId, Signal } from '../../core/event.ts';
import { headerOf, type SipMessage } from './message.ts';

/** The first user fragment of a description; undefined if it has none. */
export const ufragOf = (sdp: string): string | undefined => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];

/** The SDP of a message; undefined if it has none. */
export function sdpOf(message: SipMessage): string | undefined {
  return partOf(message, 'application/sdp');
}

function partOf(message: SipMessage, wanted: string): string | undefined {
  const type = headerOf(message, 'Content-Type').toLowerCase();
  if (message.body === '') return undefined;
  if (type.startsWith(wanted)) return message.body;
  if (!type.startsWith('multipart/')) return undefined;
  const boundary = /boundary="?([^";\s]+)/i.exec(headerOf(message, 'Content-Type'))?.[1];
  const parts = boundary === undefined ? [] : message.body.split(`--${boundary}`).slice(0, 32);
  for (const part of parts) {
    const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
    if (new RegExp(`content-type:\\s*${wanted}`, 'i').test(head)) return `${rest.join('\r\n\r\n').trimEnd()}\r\n`;
  }
  return undefined;
}

/** Candidates in the body of an INFO, section by section. */
export function fragmentOf(message: SipMessage, pc: PcId): readonly Signal[] {
  const text = partOf(message, 'application/trickle-ice-sdpfrag');
  if (text === undefined) return [];
  const ufrag = /^a=ice-ufrag:(\S+)/m.exec(text)?.[1];
  const generation = ufrag === undefined ? {} : { ufrag };
  const signals: Signal[] = [];
  for (const section of text.split(/^(?=m=)/m)) {
    const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
    const target = { pc, ...(mid !== undefined && { mid }), ...generation };
    for (const [, candidate = ''] of section.matchAll(/^a=(candidate:[^\r\n]+)/gm)) {
      signals.push({ type: 'candidate', candidate, ...target });
    }
    if (/^a=end-of-candidates/m.test(section)) signals.push({ type: 'end-of-candidates', ...target });
  }
  return signals;
}
