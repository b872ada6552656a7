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
  const lines: SdpLine[] = [];
  for (let number = section.line + 1; number <= section.lastLine; number++) {
    const line = sdp.lines[number - 1];
    if (line !== undefined && !read.has(number)) lines.push(line);
  }
  return sort(lines, (line) => line.text.startsWith('c=') || isIn(line, BY_NAME));
}

/** The same for the session part; `o=`, `s=`, `c=` and `v=` are looked at elsewhere or say nothing. */
export function sessionResidue(sdp: Sdp): Residue {
  const last = (sdp.media[0]?.line ?? sdp.lines.length + 1) - 1;
  const read = new Lines(1, last);
  if (sdp.origin !== undefined) read.add(sdp.origin.line);
  addTransport(read, sdp.ice, sdp.dtls);
  for (const each of [...sdp.groups, ...sdp.bandwidth, ...sdp.extensions]) read.add(each.line);
  if (sdp.direction !== undefined) read.add(sdp.direction.line);
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

/** Some of the lines from one to another. Cheaper than a set of numbers: there is one for each section. */
class Lines {
  readonly #first: number;
  readonly #marks: Uint8Array;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#marks = new Uint8Array(Math.max(0, last - first + 1));
  }

  add(line: number): void {
    this.#marks[line - this.#first] = 1;
  }

  has(line: number): boolean {
    return this.#marks[line - this.#first] === 1;
  }
}

function linesOfSection(section: MSection): Lines {
  const read = new Lines(section.line, section.lastLine);
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
  for (const list of many) for (const each of list) read.add(each.line);
  for (const codec of section.codecs) {
    if (codec.rtpmapLine !== undefined) read.add(codec.rtpmapLine);
    for (const each of codec.fmtp) read.add(each.line);
    for (const each of codec.feedback) read.add(each.line);
  }
  return read;
}

function addTransport(read: Lines, ice: Sdp['ice'], dtls: Sdp['dtls']): void {
  for (const each of [ice.ufrag, ice.pwd, ice.options, ice.lite, dtls.setup, dtls.tlsId]) {
    if (each !== undefined) read.add(each.line);
  }
  for (const print of dtls.fingerprints) read.add(print.line);
}
