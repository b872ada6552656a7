/** Data sections: m=application over SCTP (RFC 8841). */
import type { MSection, Sdp } from '../sdp/sdp.ts';

/** Live ones. */
export function dataSections(sdp: Sdp): readonly MSection[] {
  return sdp.media.filter(({ kind, protocol, rejected }) => {
    return !rejected && kind === 'application' && protocol.includes('DTLS/SCTP');
  });
}

/** The lines of an attribute, as they stand. */
export function linesOf(sdp: Sdp, section: MSection, name: string) {
  return section.attributes
    .filter((attribute) => attribute.name === name)
    .map(({ line, value }) => ({ line, value, text: sdp.lines[line - 1]?.text ?? '' }));
}

/** Digits, within 31 bits. */
export function isNumber(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) < 2 ** 31;
}
