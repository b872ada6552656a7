/**
 * How libwebrtc reads the attributes of payload types and header extensions (Chromium 156): where it gives up on a line,
 * and which codecs stay without a name. It reads rejected sections no less strictly.
 */

import type { Attribute, MSection, Sdp } from '../sdp/sdp.ts';
import { isRtp } from '../sdp/section.ts';
import { STATIC_PAYLOADS } from '../sdp/static-payloads.ts';
import { chromeParse } from './browser.ts';
import { codecsAsWritten, isKnownClean, noteClean, textOf } from './codecs-as-written.ts';

/** A line it cannot read. */
export interface LineFault {
  readonly attribute: 'rtpmap' | 'fmtp' | 'rtcp-fb' | 'extmap';
  readonly line: number;
  readonly text: string;
  /** What is wrong, after "its …": for our own sentence. */
  readonly flaw: string;
  /** Chromium's whole sentence. */
  readonly chrome: string;
}

/** A second `a=rtpmap`, or one for a static number, that says something else. */
export interface Conflict {
  readonly payloadType: string;
  readonly line: number;
  readonly first: string;
  readonly second: string;
  /** The first meaning is RFC 3551's, not that of another line. */
  readonly fixed: boolean;
  readonly chrome: string;
}

/** A payload type with parameters or feedback and no name. */
export interface Unnamed {
  readonly payloadType: string;
  readonly lines: readonly number[];
  /** Its number stands on the m= line. */
  readonly listed: boolean;
}

export interface SectionReading {
  readonly faults: readonly LineFault[];
  readonly conflicts: readonly Conflict[];
  readonly unnamed: readonly Unnamed[];
}

/** What it says about a codec that has no name when the section has been read. */
export const UNNAMED_CODEC = chromeParse('', 'Failed to parse codecs correctly.');
/** A payload type outside 0–127 is refused without a word. */
export const PAYLOAD_TYPE_RANGE = chromeParse('', '');
export const MIXED_LEVELS = chromeParse('', 'The a=extmap MUST be either all session level or all media level.');

const READINGS = new WeakMap<MSection, SectionReading>();
const NOTHING: SectionReading = { faults: [], conflicts: [], unnamed: [] };

/** Reads a section's attributes as libwebrtc does. Once per section, linear in its size. */
export function libwebrtcReads(sdp: Sdp, section: MSection): SectionReading {
  if ((section.kind !== 'audio' && section.kind !== 'video') || !isRtp(section.protocol)) return NOTHING;
  const known = READINGS.get(section);
  if (known !== undefined) return known;
  const written = codecsAsWritten(sdp, section, JUDGES);
  const reading = isKnownClean(sdp, written) ? NOTHING : read(sdp, section);
  READINGS.set(section, reading);
  if (reading !== NOTHING && isClean(reading)) noteClean(sdp, written);
  return reading;
}

const isClean = ({ faults, conflicts, unnamed }: SectionReading): boolean =>
  faults.length + conflicts.length + unnamed.length === 0;

/** The faults of `a=extmap` lines of the session part. */
export function sessionFaults(sdp: Sdp): readonly LineFault[] {
  return sdp.attributes.flatMap((attribute) => {
    const judged = attribute.name === 'extmap' ? judgeExtmap(textOf(sdp, attribute)) : undefined;
    return judged ? [fault(sdp, attribute, judged)] : [];
  });
}

interface Judged {
  readonly flaw: string;
  readonly chrome: string;
}

interface Names {
  readonly kind: string;
  readonly listed: ReadonlySet<string>;
  readonly named: Map<string, { name: string; clock: string; text: string; fixed: boolean }>;
  readonly used: Map<string, number[]>;
  readonly conflicts: Conflict[];
}

function read(sdp: Sdp, section: MSection): SectionReading {
  const names: Names = {
    kind: section.kind,
    listed: new Set(section.formats.map((format) => (isNumber(format) ? plain(format) : format))),
    named: new Map(),
    used: new Map(),
    conflicts: [],
  };
  if (section.kind === 'audio') for (const format of section.formats) nameFixed(names, format);
  const faults: LineFault[] = [];
  for (const attribute of section.attributes) {
    const judge = JUDGES.get(attribute.name);
    const judged = judge?.(textOf(sdp, attribute), names, attribute.line);
    if (judged) faults.push(fault(sdp, attribute, judged));
  }
  return { faults, conflicts: names.conflicts, unnamed: unnamedOf(names) };
}

function fault(sdp: Sdp, attribute: Attribute, judged: Judged): LineFault {
  const name = attribute.name as LineFault['attribute'];
  return { attribute: name, line: attribute.line, text: textOf(sdp, attribute), ...judged };
}

/** It knows the static numbers 0–18 of audio without `a=rtpmap`, the reserved ones among them. */
function nameFixed({ named }: Names, format: string): void {
  if (!/^(?:\d|1[0-8])$/.test(format)) return;
  const known = STATIC_PAYLOADS.get(format);
  const text = known ? `${known.name}/${known.clockRate}` : 'reserved';
  named.set(format, { name: known?.name ?? 'reserved', clock: String(known?.clockRate ?? 0), text, fixed: true });
}

function unnamedOf({ used, named, listed }: Names): Unnamed[] {
  return [...used].flatMap(([payloadType, lines]) =>
    named.has(payloadType) ? [] : [{ payloadType, lines, listed: listed.has(payloadType) }],
  );
}

type Judge = (text: string, names: Names, line: number) => Judged | undefined;

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['rtpmap', judgeRtpmap],
  ['fmtp', judgeFmtp],
  ['rtcp-fb', judgeFeedback],
  ['extmap', judgeExtmap],
]);

/** A number as it reads one: digits with a sign, within 32 bits. */
function isNumber(text: string): boolean {
  return /^[+-]?\d{1,10}$/.test(text) && Math.abs(Number(text)) < 2 ** 31;
}

const inRange = (text: string): boolean => Number(text) >= 0 && Number(text) <= 127;

/** Its judgement of a payload type at the head of an attribute; what is wrong on the m= line is no fault of the attribute. */
function judgeNumber(payloadType: string, quoted: string, { listed }: Names): Judged | undefined {
  if (!isNumber(payloadType))
    return { flaw: 'payload type is no number', chrome: chromeParse(quoted, `Invalid value: ${payloadType}.`) };
  if (inRange(payloadType) || listed.has(plain(payloadType))) return undefined;
  return { flaw: 'payload type is above 127', chrome: PAYLOAD_TYPE_RANGE };
}

const plain = (payloadType: string): string => String(Number(payloadType));

function judgeRtpmap(text: string, names: Names, line: number): Judged | undefined {
  const [head = '', encoding] = text.split(' ');
  if (encoding === undefined)
    return { flaw: 'codec name is missing', chrome: chromeParse(text, 'Expects at least 2 fields.') };
  const payloadType = head.slice(head.indexOf(':') + 1);
  const odd = judgeNumber(payloadType, text, names);
  if (odd) return odd;
  if (!names.listed.has(plain(payloadType))) return undefined;
  const [name = '', clock, channels, more] = encoding.split('/');
  if (clock === undefined || more !== undefined) {
    const reason = 'Expected format "<encoding name>/<clock rate>[/<encodingparameters>]".';
    return { flaw: 'codec is not written as name/clock rate', chrome: chromeParse(text, reason) };
  }
  if (!isNumber(clock))
    return { flaw: 'clock rate is no number', chrome: chromeParse(text, `Invalid value: ${clock}.`) };
  if (names.kind === 'audio' && channels !== undefined) {
    if (!isNumber(channels))
      return { flaw: 'channel count is no number', chrome: chromeParse(text, `Invalid value: ${channels}.`) };
    if (Number(channels) > 16)
      return { flaw: 'channel count is above 16', chrome: chromeParse(text, 'At most 16 channels are supported.') };
  }
  if (name === '') use(names, plain(payloadType), line);
  else enterName(names, plain(payloadType), { name, clock, text: encoding, fixed: false }, { text, line });
  return undefined;
}

type Name = { name: string; clock: string; text: string; fixed: boolean };

function enterName(names: Names, payloadType: string, now: Name, at: { text: string; line: number }): void {
  const known = names.named.get(payloadType);
  // Of a static number it only compares the name.
  const sameName = known?.name.toLowerCase() === now.name.toLowerCase();
  const same = !known || (sameName && (known.fixed || known.clock === now.clock));
  if (same) {
    names.named.set(payloadType, known ?? now);
    return;
  }
  const statically = Number(payloadType) < 35 ? 'statically assigned' : '';
  const reason = `Duplicate ${statically} payload type with conflicting codec name or clock rate.`;
  names.conflicts.push({
    payloadType,
    line: at.line,
    first: known.text,
    second: now.text,
    fixed: known.fixed,
    chrome: chromeParse(at.text, reason),
  });
}

function use({ used }: Names, payloadType: string, line: number): void {
  const lines = used.get(payloadType);
  if (lines === undefined) used.set(payloadType, [line]);
  else lines.push(line);
}

function judgeFmtp(text: string, names: Names, line: number): Judged | undefined {
  const blank = text.indexOf(' ');
  if (blank < 0) return { flaw: 'parameters are missing', chrome: chromeParse(text, 'Expects at least 2 fields.') };
  const head = text.slice(2, blank);
  const payloadType = head.slice(head.indexOf(':') + 1);
  const odd = judgeNumber(payloadType, head, names);
  if (!odd) use(names, plain(payloadType), line);
  return odd;
}

function judgeFeedback(text: string, names: Names, line: number): Judged | undefined {
  const [head = '', type] = text.split(' ');
  const payloadType = head.slice(head.indexOf(':') + 1);
  if (type === undefined) {
    const reason = 'Failed to get the value of attribute: rtcp-fb';
    return { flaw: 'feedback type is missing', chrome: chromeParse(text, reason) };
  }
  if (payloadType === '*') return undefined;
  const odd = judgeNumber(payloadType, text, names);
  if (!odd) use(names, plain(payloadType), line);
  return odd;
}

/** Ids 1–255, whatever the other attributes say. */
function judgeExtmap(text: string): Judged | undefined {
  const [head = '', uri] = text.split(' ');
  if (uri === undefined) return { flaw: 'URI is missing', chrome: chromeParse(text, 'Expects at least 2 fields.') };
  const id = head.slice(head.indexOf(':') + 1).split('/')[0] ?? '';
  if (!isNumber(id)) return { flaw: 'id is no number', chrome: chromeParse(text, `Invalid value: ${id}.`) };
  if (Number(id) >= 1 && Number(id) <= 255) return undefined;
  return { flaw: 'id is not from 1 to 255', chrome: chromeParse(text, 'Extension ID is not in valid range.') };
}
