/** Readers for the lines that are not attributes: `v= o= s= i= c= b= t=` and their order (RFC 8866 5). */
import type { Level } from './attributes/level.ts';
import type { Bandwidth, Connection, Origin, SdpProblem } from './sdp.ts';
import { words } from './tokens.ts';

/** Position of each line type in the session part. `t=` and `r=` share one: they may alternate. */
const SESSION_ORDER: ReadonlyMap<string, number> = new Map(
  [...'vosiuepcbtzka'].map((type, rank) => [type, rank] as const).concat([['r', 9]]),
);

/** What the session part has besides attributes. */
export interface SessionDraft {
  origin: Origin | undefined;
  sessionName: string | undefined;
  seen: Set<string>;
  /** Highest position in SESSION_ORDER so far. */
  rank: number;
}

type LineReader = (session: SessionDraft, level: Level, text: string, line: number, problems: SdpProblem[]) => void;

const version: LineReader = (_session, _level, text, line, problems) => {
  if (text.trim() !== '0') problems.push({ code: 'v-line', message: 'The version line must be v=0.', line });
};

const origin: LineReader = (session, _level, text, line, problems) => {
  const fields = words(text);
  const [username = '', sessionId = '', sessionVersion = '', netType = '', addressType = '', address = ''] = fields;
  if (fields.length !== 6)
    problems.push({ code: 'o-line', message: 'The o= line must have exactly six fields.', line });
  session.origin = { username, sessionId, sessionVersion, netType, addressType, address, line };
};

const name: LineReader = (session, _level, text, line, problems) => {
  if (text === '') problems.push({ code: 's-line', message: 'The s= line must not be empty; s=- is usual.', line });
  session.sessionName = text;
};

const timing: LineReader = (_session, _level, text, line, problems) => {
  const fields = words(text);
  if (fields.length !== 2 || !fields.every((field) => /^\d+$/.test(field))) {
    problems.push({ code: 't-line', message: 'The t= line must have two numbers; t=0 0 is usual.', line });
  }
};

const title: LineReader = (_session, level, text) => {
  level.title = text;
};

const connection: LineReader = (_session, level, text, line, problems) => {
  level.connection = readConnection(text, line, problems);
};

const bandwidth: LineReader = (_session, level, text, line, problems) => {
  const read = readBandwidth(text, line, problems);
  if (read !== undefined) level.bandwidth.push(read);
};

function readConnection(text: string, line: number, problems: SdpProblem[]): Connection {
  const fields = words(text);
  const [netType = '', addressType = '', address = ''] = fields;
  if (fields.length !== 3) problems.push({ code: 'c-line', message: 'A c= line must have three fields.', line });
  return { netType, addressType, address, line };
}

function readBandwidth(text: string, line: number, problems: SdpProblem[]): Bandwidth | undefined {
  const colon = text.indexOf(':');
  const value = text.slice(colon + 1).trim();
  if (colon <= 0 || !/^\d+$/.test(value)) {
    problems.push({ code: 'b-line', message: 'A b= line must be a modifier, a colon and a number.', line });
  }
  return colon <= 0 ? undefined : { modifier: text.slice(0, colon), value, line };
}

const keep: LineReader = () => {};

const SESSION: ReadonlyMap<string, LineReader> = new Map<string, LineReader>([
  ['v', version],
  ['o', origin],
  ['s', name],
  ['t', timing],
  ['i', title],
  ['c', connection],
  ['b', bandwidth],
  ...[...'uepzkr'].map((type) => [type, keep] as const),
]);

const MEDIA: ReadonlyMap<string, LineReader> = new Map<string, LineReader>([
  ['i', title],
  ['c', connection],
  ['b', bandwidth],
  ['k', keep],
]);

/** Reads a line of the session part other than `a=`. */
export function readSessionLine(
  session: SessionDraft,
  level: Level,
  type: string,
  text: string,
  line: number,
  problems: SdpProblem[],
): void {
  const read = SESSION.get(type);
  if (read === undefined) {
    problems.push({ code: 'line-type', message: 'No line of the session part has this type letter.', line });
    return;
  }
  checkOrder(session, type, line, problems);
  read(session, level, text, line, problems);
}

/** Reads a line of an m-section other than `a=`. The order inside a section is not judged: all stacks tolerate it. */
export function readMediaLine(
  session: SessionDraft,
  level: Level,
  type: string,
  text: string,
  line: number,
  problems: SdpProblem[],
): void {
  const read = MEDIA.get(type);
  if (read === undefined) {
    problems.push({ code: 'line-type', message: 'No line of a media section has this type letter.', line });
    return;
  }
  read(session, level, text, line, problems);
}

/** Notes a session line that comes too late (RFC 8866 5: the order is fixed). */
export function checkOrder(session: SessionDraft, type: string, line: number, problems: SdpProblem[]): void {
  const rank = SESSION_ORDER.get(type) ?? 0;
  session.seen.add(type);
  if (rank < session.rank) {
    problems.push({ code: 'line-order', message: `The ${type}= line stands behind lines it must precede.`, line });
  } else {
    session.rank = rank;
  }
}

const MANDATORY = ['v', 'o', 's', 't'] as const;

/** Notes mandatory lines the session part does not have. */
export function checkMandatory(session: SessionDraft, problems: SdpProblem[]): void {
  for (const type of MANDATORY) {
    if (!session.seen.has(type)) {
      problems.push({ code: `${type}-line`, message: `The mandatory ${type}= line is missing.`, line: 0 });
    }
  }
}
