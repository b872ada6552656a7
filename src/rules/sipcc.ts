/**
 * How sipcc, the parser of Firefox, reads a description (Firefox 153): what it complains about and where it gives up.
 * Its refusal quotes everything it complained about before, warnings included, so each sentence needs them all.
 */
import type { Sdp } from '../sdp/sdp.ts';
import {
  bandwidthFault,
  connectionFault,
  connectionWarning,
  isPlainAttribute,
  mediaFault,
  mediaWarning,
  missingLine,
  oddAttribute,
  ownerFault,
  timeFault,
  versionFault,
} from './sipcc-lines.ts';

/** What a line it gives up on is about. */
type FaultAt = 'text' | 'line' | 'owner' | 'time' | 'bandwidth' | 'connection' | 'mline';

export interface SipccReading {
  /** One line each, in its words: `SDP Parse Error on line 25:  Warning: …`. */
  readonly complaints: readonly string[];
  /** Why it refuses; undefined if it does not. */
  readonly refusal: { readonly at: FaultAt | 'missing'; readonly line: number } | undefined;
  /** How many lines it has read: less than there are if a line is blank or no line at all. */
  readonly lines: number;
}

const READINGS = new WeakMap<Sdp, SipccReading>();

/** Reads the description as sipcc does. Once per description, linear in its size. */
export function sipccReads(sdp: Sdp): SipccReading {
  let reading = READINGS.get(sdp);
  if (reading === undefined) {
    reading = read(partsOf(sdp));
    READINGS.set(sdp, reading);
  }
  return reading;
}

/** Firefox's sentence if it cannot read the text; undefined if it can. */
export function sipccRefuses(sdp: Sdp): string | undefined {
  const odd = sdp.text.search(/[^\0-\x7f]/);
  if (odd >= 0) return `InvalidParameterError: SDP contains non ASCII characters at position ${odd}`;
  const { refusal, complaints } = sipccReads(sdp);
  return refusal && sentence(complaints);
}

/** The same if this is the line it cannot read. */
export function sipccRefusesLine(sdp: Sdp, line: number): string | undefined {
  return sipccReads(sdp).refusal?.line === line ? sipccRefuses(sdp) : undefined;
}

/**
 * Firefox's sentence for what it refuses on its second pass, when sipcc has read all lines: a fingerprint, a rid, a media
 * type. Undefined if it does not get that far.
 */
export function sipccRefusesLater(sdp: Sdp, line: number, reason: string): string | undefined {
  const { refusal, complaints } = sipccReads(sdp);
  if (refusal) return undefined;
  return sentence([...complaints, `SDP Parse Error on line ${line}: ${reason}`]);
}

/** Firefox's sentence for a line that sipcc itself gives up on: what came before, and the reason. */
export function sipccRefusesAt(sdp: Sdp, line: number, reason: string): string {
  const before = sipccReads(sdp).complaints.filter((text) => lineOf(text) < line);
  return sentence([...before, complaint(line, reason)]);
}

function sentence(complaints: readonly string[]): string {
  return `OperationError: SIPCC Failed to parse SDP: ${complaints.join('\n')}`.trimEnd();
}

function lineOf(complaint: string): number {
  return Number(/\d+/.exec(complaint)?.[0]);
}

function complaint(line: number, reason: string): string {
  return `SDP Parse Error on line ${line}:  ${reason}`;
}

/** The types of lines, in the order RFC 8866 gives them. */
const TYPES = 'vosiuepcbtrzkam';

type Refusal = SipccReading['refusal'];

/** What stands between line feeds. */
function partsOf({ text, lines }: Sdp): readonly string[] {
  const plain = lines.every(({ eol }) => eol === '\n' || eol === '\r\n');
  return plain ? [...lines.map((line) => line.text), ''] : text.split('\n');
}

function read(parts: readonly string[]): SipccReading {
  const complaints: string[] = [];
  const taken: string[] = [];
  const note = (line: number, reason: string): void => {
    complaints.push(complaint(line, reason));
  };
  const done = (lines: number, refusal: Refusal): SipccReading => ({ complaints, lines, refusal });
  let rank = 0;
  let connected = false;
  for (const [i, part] of parts.entries()) {
    const number = i + 1;
    if (i > 0 && i === parts.length - 1 && part === '') break;
    if (i === parts.length - 1) {
      note(number, 'End of line beyond end of buffer.');
      return i === 0 ? done(1, { at: 'text', line: 1 }) : finish(taken, number, complaints);
    }
    const at = part[1] === '=' ? TYPES.indexOf(part.charAt(0)) : -1;
    if (at < 0 && i === 0) {
      note(1, 'Attempt to parse text not recognized as SDP text, parse fails.');
      return done(1, { at: 'text', line: 1 });
    }
    if (at < 0 && part[1] === '=') return done(number, { at: 'line', line: number });
    // Anything else that is no line, and the v= of a second description, end the reading: what follows is not seen.
    if (at < 0 || (at === 0 && i > 0)) return finish(taken, number, complaints);
    if (i > 0 && at < rank)
      note(number, `Warning: Invalid token ordering detected, token ${TYPES[at]}= found after token ${TYPES[rank]}=`);
    rank = TYPES[at] === 'm' ? 2 : at;
    const line = part.endsWith('\r') ? part.slice(0, -1) : part;
    taken.push(line);
    if (line.startsWith('m=')) connected = false;
    const fault = connected && line.startsWith('c=') ? SECOND_CONNECTION : faultOf(line);
    if (line.startsWith('c=')) connected = true;
    for (const reason of fault?.reasons ?? []) note(number, reason);
    if (fault?.at) return done(number, { at: fault.at, line: number });
  }
  return finish(taken, taken.length, complaints);
}

interface Fault {
  readonly reasons: readonly string[];
  /** Undefined for a warning. */
  readonly at?: FaultAt;
}

const SECOND_CONNECTION: Fault = {
  reasons: ['c= line specified twice at same level, parse failed.'],
  at: 'connection',
};

function faultOf(line: string): Fault | undefined {
  if (line.charCodeAt(0) === 0x61 && isPlainAttribute(line)) return undefined;
  const value = line.slice(2);
  switch (line[0]) {
    case 'v':
      return fatal('text', versionFault(value));
    case 'o':
      return fatal('owner', ownerFault(value));
    case 'c':
      return fatal('connection', connectionFault(value)) ?? warning(connectionWarning(value));
    case 't':
      return fatal('time', timeFault(value));
    case 'b':
      return fatal('bandwidth', bandwidthFault(value));
    case 'm':
      return fatal('mline', mediaFault(value)) ?? warning(mediaWarning(value));
    case 'a':
      return value === ''
        ? fatal('line', ['No attribute type specified, parse failed.'])
        : warning(oddAttribute(value));
    default:
      return undefined;
  }
}

function warning(reason: string | undefined): Fault | undefined {
  return reason === undefined ? undefined : { reasons: [reason] };
}

function fatal(at: Fault['at'] & string, reasons: readonly string[] | undefined): Fault | undefined {
  return reasons && { reasons, at };
}

/** All lines are read: what is mandatory and missing. */
function finish(taken: readonly string[], lines: number, complaints: string[]): SipccReading {
  const missing = missingLine(taken);
  if (missing === undefined) return { complaints, lines, refusal: undefined };
  complaints.push(complaint(lines, missing));
  return { complaints, lines, refusal: { at: 'missing', line: lines } };
}
