/** Reads a renego session, as forgiving as it can be: any prefix of a recording opens, what is damaged is named. */
import { RenegoError } from '../core/errors.ts';
import type { EventBody, SessionHeader, Signal, SignalEvent } from '../core/event.ts';
import { isKnownKind, wrongField, wrongSignalField } from './fields.ts';
import { SESSION_FORMAT, type SessionEnd } from './format.ts';
import {
  createLineReader,
  DEEPEST,
  isObject,
  type JsonLine,
  type JsonObject,
  type LineReader,
  LONGEST_LINE,
} from './lines.ts';

export interface DecodeProblem {
  /** From 1. */
  readonly line: number;
  readonly detail: string;
}

export interface DecodedSession {
  readonly header: SessionHeader;
  /** In order, `seq` and `t` growing. A line that cannot be read is a `problem` event, one of an unknown kind is `other`. */
  readonly events: readonly SignalEvent[];
  /** All that was wrong with the text, by line. */
  readonly problems: readonly DecodeProblem[];
  /** Undefined if the recording was not finished. */
  readonly end: SessionEnd | undefined;
}

/** What `connect --json` prints besides events: derived, so it is computed again and not read. */
const DERIVED = new Set(['finding', 'negotiation']);

/** A session that is read piece by piece. */
export interface SessionDecoder extends LineReader {
  /** As the first line says; before that has been read an empty one. */
  header(): SessionHeader;
  /** The end line, if it has been read. */
  finished(): SessionEnd | undefined;
}

/**
 * Reads a session text, or what `connect --json` prints: the same lines without a header. Throws RenegoError `input`:
 * `SESSION_HEADER` if it begins with neither, `SESSION_NEWER` if a newer version wrote it. Everything behind the first
 * line is read as far as possible.
 */
export function decodeSession(text: string): DecodedSession {
  const events: SignalEvent[] = [];
  const problems: DecodeProblem[] = [];
  const decoder = createSessionDecoder(
    (event) => events.push(event),
    (problem) => problems.push(problem),
  );
  decoder.write(text);
  decoder.end();
  return { header: decoder.header(), events, problems, end: decoder.finished() };
}

/**
 * The same, piece by piece: each event is put out as soon as its line is whole. `asWritten` tells that its line holds
 * exactly this event. `write` and `end` throw what `decodeSession` does.
 */
export function createSessionDecoder(
  put: (event: SignalEvent, asWritten: boolean) => void,
  tell: (problem: DecodeProblem) => void = () => {},
): SessionDecoder {
  const reader: Reader = { put, tell, end: undefined, seq: 0, t: 0 };
  let header: SessionHeader | undefined;
  const lines = createLineReader((line) => {
    const printed = withoutSchema(line);
    if (header !== undefined) readLine(printed, reader);
    else if (isPrintedEvent(printed)) {
      header = headerOf({});
      readLine(printed, reader);
    } else header = readHeader(line, reader);
  });
  return {
    write: lines.write,
    end() {
      lines.end();
      header ??= readHeader({ number: 1, text: '', object: undefined, last: true }, reader);
    },
    header: () => header ?? headerOf({}),
    finished: () => reader.end,
  };
}

/** The first line of what `connect --json` prints: an event, where a recording has its header. */
function isPrintedEvent({ object }: JsonLine): boolean {
  return Number.isSafeInteger(object?.seq) && typeof object?.t === 'number' && isKnownKind(text(object.kind, ''));
}

/** `"schema":1` belongs to the line as printed, not to the event. */
function withoutSchema(line: JsonLine): JsonLine {
  if (line.object?.schema === undefined) return line;
  const { schema: _, ...object } = line.object;
  return { ...line, object };
}

interface Reader {
  readonly put: (event: SignalEvent, asWritten: boolean) => void;
  readonly tell: (problem: DecodeProblem) => void;
  end: SessionEnd | undefined;
  seq: number;
  t: number;
}

const BEGINNING = '{"kind":"session","format":1,';

function readHeader({ object, text, last }: JsonLine, reader: Reader): SessionHeader {
  if (object === undefined && last && (BEGINNING.startsWith(text) || text.startsWith(BEGINNING))) {
    reader.tell({ line: 1, detail: 'the header is cut off' });
    return headerOf({});
  }
  if (object?.kind !== 'session' || !isFormat(object.format)) {
    throw new RenegoError('input', 'SESSION_HEADER', 'This is no renego session: line 1 is not its header.');
  }
  if (object.format > SESSION_FORMAT) {
    const message = `This session was written by a newer renego (format ${object.format}, this version reads ${SESSION_FORMAT}).`;
    throw new RenegoError('input', 'SESSION_NEWER', message, 'Update renego: npm install --global renego');
  }
  return headerOf(object);
}

function isFormat(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

function headerOf({ kind: _, ...object }: JsonObject): SessionHeader {
  const { url, ...rest } = object;
  return {
    ...rest,
    format: SESSION_FORMAT,
    tool: text(object.tool, 'unknown'),
    startedAt: text(object.startedAt, '1970-01-01T00:00:00.000Z'),
    source: text(object.source, 'unknown'),
    ...(typeof url === 'string' && { url }),
    parties: texts(object.parties),
    redacted: texts(object.redacted),
  };
}

const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

function readLine(line: JsonLine, reader: Reader): void {
  const { object } = line;
  if (object === undefined) {
    spoil(reader, line, faultOf(line));
    return;
  }
  const kind = text(object.kind, '');
  if (kind === 'end') reader.end = { events: Number(object.events) || 0, reason: text(object.reason, '') };
  else if (kind === 'session' && reader.end?.reason === 'rotated') reader.end = undefined;
  else if (DERIVED.has(kind)) return;
  else if (!isKnownKind(kind)) {
    reader.tell({ line: line.number, detail: `unknown kind of event: ${kind || 'none'}` });
    add(reader, object, {
      from: text(object.from, ''),
      to: text(object.to, ''),
      kind: 'other',
      label: kind,
      raw: line.text,
    });
  } else readEvent(line, object, kind, reader);
}

function faultOf({ last, tooLong, tooDeep }: JsonLine): string {
  if (tooDeep) return `this line is nested more than ${DEEPEST} levels deep`;
  if (tooLong) return `this line is longer than ${LONGEST_LINE / 1024 / 1024} MB; only its beginning is kept`;
  return last ? 'the last line is cut off' : 'this line is not a JSON object';
}

function readEvent(line: JsonLine, object: JsonObject, kind: string, reader: Reader): void {
  const wrong = wrongField(object, kind);
  if (wrong !== undefined) spoil(reader, line, `${kind} event without a valid "${wrong}"`);
  else if (kind === 'message') {
    const signals = readSignals(line, object.signals, reader);
    const whole = signals.every((signal, i) => signal === (object.signals as unknown[])[i]);
    add(reader, object, whole ? object : { ...object, signals }, whole);
  } else add(reader, object, object, true);
}

/** Signals that are not what they should be become `other`; the raw frame beside them is whole. */
function readSignals(line: JsonLine, signals: unknown, reader: Reader): Signal[] {
  return (signals as unknown[]).map((signal) => {
    const wrong = wrongSignalField(signal);
    if (wrong === undefined) return signal as Signal;
    const type = isObject(signal) ? text(signal.type, 'untyped') : 'untyped';
    reader.tell({ line: line.number, detail: `${type} signal without a valid "${wrong}"` });
    return { type: 'other', label: `unreadable ${type}` };
  });
}

function spoil(reader: Reader, line: JsonLine, detail: string): void {
  reader.tell({ line: line.number, detail });
  const [from, to] = [text(line.object?.from, ''), text(line.object?.to, '')];
  const body: EventBody = {
    kind: 'problem',
    code: 'SESSION_LINE',
    detail: `line ${line.number}: ${detail}`,
    raw: line.text,
  };
  add(reader, line.object ?? {}, { from, to, ...body });
}

/** Stamps: the recorded ones where they grow, else the next possible. */
function add(reader: Reader, stamp: JsonObject, event: object, whole = false): void {
  const { seq, t } = stamp;
  reader.seq = Number.isSafeInteger(seq) && (seq as number) > reader.seq ? (seq as number) : reader.seq + 1;
  if (typeof t === 'number' && Number.isFinite(t) && t > reader.t) reader.t = t;
  const asWritten = whole && seq === reader.seq && t === reader.t;
  reader.put((asWritten ? event : { ...event, seq: reader.seq, t: reader.t }) as SignalEvent, asWritten);
}
