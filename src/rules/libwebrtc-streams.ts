/**
 * How libwebrtc reads the attributes of media streams (Chromium 156): a=msid, a=ssrc, a=ssrc-group and a=simulcast, and
 * where it gives up. It reads rejected sections no less strictly.
 */
import type { MSection, Sdp } from '../sdp/sdp.ts';
import { isRtp } from '../sdp/section.ts';
import { words } from '../sdp/tokens.ts';
import { chromeParse } from './browser.ts';

/** A line it cannot read. */
export interface StreamFault {
  readonly attribute: 'msid' | 'ssrc' | 'ssrc-group' | 'simulcast';
  readonly line: number;
  readonly text: string;
  /** What is wrong, after "a=msid …": for our own sentence. */
  readonly flaw: string;
  /** Chromium's whole sentence; undefined behind the first fault of a section, where it has stopped reading. */
  readonly chrome: string | undefined;
}

const FAULTS = new WeakMap<MSection, readonly StreamFault[]>();

/** The faults of a section in the order of its lines. Once per section, linear in its size. */
export function streamFaults(sdp: Sdp, section: MSection): readonly StreamFault[] {
  if (!isRtp(section.protocol)) return [];
  const known = FAULTS.get(section);
  if (known !== undefined) return known;
  const memory: Memory = { track: '', simulcast: false };
  const faults: StreamFault[] = [];
  for (const { name, line } of section.attributes) {
    const text = sdp.lines[line - 1]?.text ?? '';
    const fault = JUDGES.get(name)?.(text, memory);
    if (!fault) continue;
    const chrome = faults.length === 0 ? chromeParse(text, fault.reason) : undefined;
    faults.push({ attribute: name as StreamFault['attribute'], line, text, flaw: fault.flaw, chrome });
  }
  FAULTS.set(section, faults);
  return faults;
}

interface Memory {
  track: string;
  simulcast: boolean;
}

interface Fault {
  readonly flaw: string;
  readonly reason: string;
}

type Judge = (text: string, memory: Memory) => Fault | undefined;

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['msid', judgeMsid],
  ['ssrc', judgeSsrc],
  ['ssrc-group', judgeGroup],
  ['simulcast', judgeSimulcast],
]);

const noValue = (name: string): Fault => ({
  flaw: 'has no value',
  reason: `Failed to get the value of attribute: ${name}`,
});

/** `a=msid:<stream> [<track>]`; all lines of a section name the same track (RFC 8830 2). */
function judgeMsid(text: string, memory: Memory): Fault | undefined {
  const [head = '', track, ...more] = words(text.slice(2));
  if (more.length > 0)
    return { flaw: 'has more than two ids', reason: 'Expected a stream ID and optionally a track ID' };
  if (track === undefined && text.endsWith(' '))
    return { flaw: 'ends where the track id should be', reason: 'Missing track ID in msid attribute.' };
  const id = track ?? memory.track;
  if (memory.track !== '' && memory.track !== id)
    return {
      flaw: `names the track '${id}' besides '${memory.track}'`,
      reason: 'Two different track IDs in msid attribute in one m= section',
    };
  memory.track = id;
  if (!head.includes(':')) return noValue('msid');
  if (head === 'msid:') return { flaw: 'names no stream', reason: 'Missing stream ID in msid attribute.' };
  return undefined;
}

/** An unsigned number of 32 bits. */
export function isSsrc(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32;
}

/** `a=ssrc:<number> <attribute>:<value>` (RFC 5576 4.1); it knows no attribute without value. */
function judgeSsrc(text: string): Fault | undefined {
  const [, head = '', rest] = /^([^ ]*)(?: +(.*))?$/.exec(text.slice(2)) ?? [];
  if (rest === undefined) return { flaw: 'has no attribute', reason: 'Expects 2 fields.' };
  const colon = head.indexOf(':');
  if (colon < 0) return noValue('ssrc');
  const ssrc = head.slice(colon + 1);
  if (!isSsrc(ssrc)) return { flaw: 'names no number of 32 bits', reason: `Invalid value: ${ssrc}.` };
  if (!rest.includes(':'))
    return {
      flaw: 'has an attribute without a value',
      reason: `Failed to get the ssrc attribute value from ${rest}. Expected format <attribute>:<value>.`,
    };
  if (rest.startsWith('msid:') && rest.slice(5).split(' ').length > 2)
    return { flaw: 'has an msid of more than two ids', reason: 'Expected format "msid:<identifier>[ <appdata>]".' };
  return undefined;
}

/** `a=ssrc-group:<semantics> <number> …` (RFC 5576 4.2). */
function judgeGroup(text: string): Fault | undefined {
  const [head = '', ...ssrcs] = text.slice(2).split(' ');
  if (ssrcs.length === 0) return { flaw: 'lists no SSRC', reason: 'Expects at least 2 fields.' };
  if (!head.includes(':')) return noValue('ssrc-group');
  const seen = new Set<number>();
  for (const ssrc of ssrcs) {
    if (!isSsrc(ssrc)) return { flaw: 'lists something that is no SSRC', reason: `Invalid value: ${ssrc}.` };
    if (seen.has(Number(ssrc))) return { flaw: `lists ${ssrc} twice`, reason: 'Duplicate SSRC in ssrc-group' };
    seen.add(Number(ssrc));
  }
  return undefined;
}

const malformed = (flaw: string, reason: string): Fault => ({ flaw, reason: `Malformed simulcast line: ${reason}` });

/** `a=simulcast:send a;b recv c` (RFC 8853 5.1); one line a section. */
function judgeSimulcast(text: string, memory: Memory): Fault | undefined {
  const value = text.slice('a=simulcast:'.length);
  if (value === '') return { flaw: 'is empty', reason: 'Simulcast attribute is empty.' };
  if (memory.simulcast)
    return { flaw: 'stands there a second time', reason: 'Multiple Simulcast attributes specified.' };
  memory.simulcast = true;
  const tokens = words(value);
  const [one, first = '', other, second] = tokens;
  if (tokens.length !== 2 && tokens.length !== 4)
    return malformed(
      'is not made of pairs of a direction and a list',
      'Must have one or two <direction, streams> pairs.',
    );
  const is = (direction: string | undefined) => direction === 'send' || direction === 'recv';
  if (!is(one) || (other !== undefined && (!is(other) || other === one)))
    return malformed('does not say send or recv, each once', 'Valid values: send / recv.');
  return judgeList(first) ?? (second === undefined ? undefined : judgeList(second));
}

function judgeList(list: string): Fault | undefined {
  for (const stream of list.split(';')) {
    if (stream === '')
      return malformed('has an empty stream in its list', 'Simulcast alternative layer list is empty.');
    const empty = stream.split(',').some((rid) => rid === '' || rid === '~');
    if (empty) return malformed('has an empty rid in its list', 'Rid must not be empty.');
  }
  return undefined;
}
