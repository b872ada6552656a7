/** Lines no other part of the diff looks at: unknown attributes, repeated ones, orphans. They are compared as text. */
import type { MSection, Sdp, SdpLine } from '../sdp.ts';

/** Attributes judged by name only; their text carries no more than that. */
const BY_NAME = new Set([
  'bundle-only',
  'extmap-allow-mixed',
  'rtcp-mux',
  'rtcp-rsize',
  'rtcp-mux-only',
  'end-of-candidates',
  'ice-lite',
]);
/** Attributes without meaning of their own: the default RTCP address and the obsolete list of stream ids. */
const NOISE = new Set(['rtcp', 'msid-semantic']);

export interface Residue {
  /** Lines that mean something to somebody. */
  readonly visible: readonly SdpLine[];
  /** Lines which mean nothing, or nothing new. */
  readonly noise: readonly SdpLine[];
}

/** What is left of a section once every line with a field of its own is taken away. */
export function sectionResidue(sdp: Sdp, section: MSection): Residue {
  const read = linesOfSection(section);
  const lines = sdp.lines.slice(section.line, section.lastLine);
  return sort(lines, (line) => read.has(line.number) || line.text.startsWith('c=') || isIn(line, BY_NAME));
}

/** The same for the session part; `o=`, `s=`, `c=` and `v=` are looked at elsewhere or say nothing. */
export function sessionResidue(sdp: Sdp): Residue {
  const read = new Set<number>(sdp.origin === undefined ? [] : [sdp.origin.line]);
  addTransport(read, sdp.ice, sdp.dtls);
  for (const each of [...sdp.groups, ...sdp.bandwidth, ...sdp.extensions]) read.add(each.line);
  if (sdp.direction !== undefined) read.add(sdp.direction.line);
  const last = (sdp.media[0]?.line ?? sdp.lines.length + 1) - 1;
  const lines = sdp.lines.slice(0, last);
  return sort(lines, (line) => read.has(line.number) || /^[cs]=/.test(line.text) || isIn(line, BY_NAME));
}

function sort(lines: readonly SdpLine[], isRead: (line: SdpLine) => boolean): Residue {
  const left = lines.filter((line) => !isRead(line));
  return { visible: left.filter((line) => !isIn(line, NOISE)), noise: left.filter((line) => isIn(line, NOISE)) };
}

function isIn(line: SdpLine, names: ReadonlySet<string>): boolean {
  if (!line.text.startsWith('a=')) return false;
  const colon = line.text.indexOf(':');
  return names.has(line.text.slice(2, colon < 0 ? undefined : colon).trimEnd());
}

function linesOfSection(section: MSection): Set<number> {
  const read = new Set<number>([section.line]);
  const one = [section.mid, section.ptime, section.maxptime, section.sctpPort, section.maxMessageSize];
  for (const each of one) if (each !== undefined) read.add(each.line);
  if (section.directionLine !== undefined) read.add(section.directionLine);
  addTransport(read, section.ownIce, section.ownDtls);
  const many = [
    section.bandwidth,
    section.extensions,
    section.msids,
    section.ssrcs,
    section.ssrcGroups,
    section.rids,
    section.simulcast,
    section.candidates,
  ];
  for (const each of many.flat()) read.add(each.line);
  for (const codec of section.codecs) {
    if (codec.rtpmapLine !== undefined) read.add(codec.rtpmapLine);
    for (const each of [...codec.fmtp, ...codec.feedback]) read.add(each.line);
  }
  return read;
}

function addTransport(read: Set<number>, ice: Sdp['ice'], dtls: Sdp['dtls']): void {
  for (const each of [ice.ufrag, ice.pwd, ice.options, ice.lite, dtls.setup, dtls.tlsId]) {
    if (each !== undefined) read.add(each.line);
  }
  for (const print of dtls.fingerprints) read.add(print.line);
}
