/** The parser: text to `Sdp`. It never throws, reads each line once, and keeps what it does not understand. */
import { type Level, newLevel, newMemo } from './attributes/level.ts';
import { type AttributeText, readAttribute, splitAttribute } from './attributes/table.ts';
import { splitLines } from './lines.ts';
import type { MSection, Sdp, SdpLine, SdpProblem } from './sdp.ts';
import { buildSection, dtlsOf, iceOf, type MLine, readMLine } from './section.ts';
import { checkMandatory, checkOrder, readMediaLine, readSessionLine, type SessionDraft } from './session-lines.ts';
import { finished, type Steps } from './steps.ts';

interface OpenSection {
  readonly mline: MLine;
  readonly level: Level;
}

/** Everything known so far while lines are read. */
interface Reading {
  readonly session: SessionDraft;
  readonly sessionLevel: Level;
  /** The section whose lines are read now, and those before it. */
  open: OpenSection | undefined;
  readonly media: MSection[];
  readonly problems: SdpProblem[];
  readonly attributes: Map<string, AttributeText>;
}

/**
 * Parses a session description. What cannot be read is listed in `problems` (sorted by line) and otherwise left out of
 * the fields; it is always in `lines`, and an `a=` line always in `attributes`. Of an attribute that may stand only once
 * the last counts, as in libwebrtc. A text without m= lines is fine: it is the offer of a connection without media.
 */
export function parseSdp(text: string): Sdp {
  return finished(parsing(text));
}

/** Lines that are read in one step. */
const STEP = 250;

/** The same in steps. */
export function* parsing(text: string): Steps<Sdp> {
  const lines = splitLines(text);
  const reading: Reading = {
    session: { origin: undefined, sessionName: undefined, seen: new Set(), rank: 0 },
    sessionLevel: newLevel(newMemo()),
    open: undefined,
    media: [],
    problems: [],
    attributes: new Map(),
  };
  for (let from = 0; from < lines.length; from += STEP) {
    readLines(reading, lines, from);
    yield;
  }
  closeSection(reading, lines.length);
  if (lines.length === 0) reading.problems.push({ code: 'empty', message: 'The description is empty.', line: 0 });
  else checkMandatory(reading.session, reading.problems);
  return assemble(text, lines, reading);
}

function readLines(reading: Reading, lines: readonly SdpLine[], from: number): void {
  const to = Math.min(lines.length, from + STEP);
  for (let index = from; index < to; index += 1) readLine(reading, lines[index] as SdpLine);
}

function readLine(reading: Reading, line: SdpLine): void {
  const { session, sessionLevel, problems } = reading;
  const { text, number } = line;
  if (text.charCodeAt(1) !== 61) {
    problems.push(
      text.trim() === ''
        ? { code: 'line-blank', message: 'A blank line inside the description.', line: number }
        : { code: 'line-syntax', message: 'A line must be one letter, = and a value.', line: number },
    );
    return;
  }
  const type = text.charAt(0);
  const level = reading.open?.level;
  if (type === 'a') {
    if (level === undefined) checkOrder(session, type, number, problems);
    readAttribute(level ?? sessionLevel, attributeOf(reading, text), number, problems);
    return;
  }
  const value = text.slice(2);
  if (type === 'm') {
    closeSection(reading, number - 1);
    reading.open = { mline: readMLine(value, number, problems), level: newLevel(sessionLevel.memo) };
  } else if (level === undefined) {
    readSessionLine(session, sessionLevel, type, value, number, problems);
  } else {
    readMediaLine(session, level, type, value, number, problems);
  }
}

/** All lines of the section that was open have been read: what its draft took is free for the next. */
function closeSection(reading: Reading, lastLine: number): void {
  const { open, media, sessionLevel, problems } = reading;
  if (open === undefined) return;
  media.push(buildSection(media.length, lastLine, open.mline, open.level, sessionLevel, problems));
}

function attributeOf({ attributes }: Reading, text: string): AttributeText {
  let attribute = attributes.get(text);
  if (attribute === undefined) {
    attribute = splitAttribute(text);
    attributes.set(text, attribute);
  }
  return attribute;
}

function assemble(text: string, lines: SdpLine[], { session, sessionLevel, media, problems }: Reading): Sdp {
  return {
    text,
    lines,
    origin: session.origin,
    sessionName: session.sessionName,
    groups: sessionLevel.groups,
    attributes: sessionLevel.attributes,
    connection: sessionLevel.connection,
    bandwidth: sessionLevel.bandwidth,
    ice: iceOf(sessionLevel),
    dtls: dtlsOf(sessionLevel),
    extensions: sessionLevel.extensions,
    extmapAllowMixed: sessionLevel.extmapAllowMixed,
    direction: sessionLevel.direction,
    media,
    problems: problems.sort((a, b) => a.line - b.line),
  };
}
