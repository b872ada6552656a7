/**
 * Where libwebrtc's parser stops reading a description, and how it says so (Chromium 156). Lines, their order, m= and c=
 * lines are read here as it reads them; the values of attributes are judged by the rules about them.
 */
import type { Sdp } from '../sdp/sdp.ts';
import { chromeParse } from './browser.ts';

/** What the line at which it stops is: one it cannot take for a line at all, or one of the wrong type or content. */
export type Flaw = 'unterminated' | 'blank' | 'indented' | 'no-line' | 'wrong-type' | 'content';

export interface Stop {
  readonly at: 'order' | 'origin' | 'session-part' | 'media-part' | 'mline' | 'connection' | 'group';
  readonly flaw: Flaw;
  /** From 1, counting line feeds. */
  readonly line: number;
  /** The line as it quotes it. */
  readonly text: string;
  readonly reason: string;
}

interface TextLine {
  readonly number: number;
  readonly text: string;
  readonly ended: boolean;
}

const STOPS = new WeakMap<Sdp, Stop | 'none'>();

/** Where Chromium stops; undefined if the lines are in order. Computed once per description, linear in its size. */
export function libwebrtcStop(sdp: Sdp): Stop | undefined {
  const known = STOPS.get(sdp);
  if (known !== undefined) return known === 'none' ? undefined : known;
  const stop = read(linesOf(sdp));
  STOPS.set(sdp, stop ?? 'none');
  return stop;
}

/** The whole sentence of Chromium. */
export function libwebrtcSays({ text, reason }: Stop): string {
  return chromeParse(asShown(text), reason);
}

/** Chromium takes the UTF-8 of a quoted line for Latin-1, twice. */
function asShown(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : latin1(latin1(text));
}

function latin1(text: string): string {
  let shown = '';
  for (const byte of new TextEncoder().encode(text)) shown += String.fromCharCode(byte);
  return shown;
}

/** Split at line feeds only; one carriage return before them is dropped. The last line is '' if the text ends properly. */
function linesOf({ text, lines }: Sdp): TextLine[] {
  if (!lines.some(({ eol }) => eol === '\r')) {
    const last = lines.at(-1);
    const whole = lines.map((line): TextLine => ({ number: line.number, text: line.text, ended: line.eol !== '' }));
    return last?.eol === '' ? whole : [...whole, { number: lines.length + 1, text: '', ended: false }];
  }
  const parts = text.split('\n');
  return parts.map((part, i) => {
    const ended = i < parts.length - 1;
    return { number: i + 1, text: ended && part.endsWith('\r') ? part.slice(0, -1) : part, ended };
  });
}

/** A line is a lower-case letter, `=` and something that is no blank; only s= may begin with one. */
function flawOf({ text, ended }: TextLine): Flaw | undefined {
  if (isLine(text)) return ended ? undefined : 'unterminated';
  if (text === '' && !ended) return 'content';
  if (text.trim() === '') return 'blank';
  return /^\s/.test(text) ? 'indented' : 'no-line';
}

/** By character codes: this is asked of every line of every description. */
function isLine(text: string): boolean {
  const letter = text.charCodeAt(0);
  if (letter < 0x61 || letter > 0x7a || text.charCodeAt(1) !== 0x3d || text.length < 3) return false;
  return text.charCodeAt(2) !== 0x20 || letter === 0x73;
}

function read(lines: readonly TextLine[]): Stop | undefined {
  const reader = { lines, next: 0 };
  return readSession(reader) ?? readMedia(reader);
}

interface Reader {
  readonly lines: readonly TextLine[];
  next: number;
}

const peek = ({ lines, next }: Reader): TextLine => lines[next] ?? { number: lines.length, text: '', ended: false };

function stopAt(at: Stop['at'], line: TextLine, reason: string, flaw: Flaw = 'content'): Stop {
  return { at, flaw, line: line.number, text: line.text, reason };
}

/** Takes the next line if it is of this type and well formed. */
function take(reader: Reader, type: string): TextLine | undefined {
  const line = peek(reader);
  if (!line.text.startsWith(`${type}=`) || flawOf(line) !== undefined) return undefined;
  reader.next += 1;
  return line;
}

function expected(reader: Reader, type: string): Stop {
  const line = peek(reader);
  return stopAt('order', line, `Expect line: ${type}=`, flawOf(line) ?? 'wrong-type');
}

/** `v o s [i u e p c b] t [r t z k] a…`, each optional one at its place only (RFC 8866 5). */
function readSession(reader: Reader): Stop | undefined {
  if (!take(reader, 'v')) return expected(reader, 'v');
  const origin = take(reader, 'o');
  if (!origin) return expected(reader, 'o');
  if (origin.text.slice(2).split(' ').length !== 6) return stopAt('origin', origin, 'Expects 6 fields.');
  if (!take(reader, 's')) return expected(reader, 's');
  for (const type of 'iuep') take(reader, type);
  const connection = take(reader, 'c');
  const stop = connection && connectionStop(connection);
  if (stop) return stop;
  while (take(reader, 'b'));
  if (!take(reader, 't')) return expected(reader, 't');
  while (take(reader, 'r') ?? take(reader, 't'));
  for (const type of 'zk') take(reader, type);
  for (let line = take(reader, 'a'); line; line = take(reader, 'a')) {
    const fault = groupStop(line);
    if (fault) return fault;
  }
  return undefined;
}

function readMedia(reader: Reader): Stop | undefined {
  const first = peek(reader);
  const atEnd = first.text === '' && !first.ended;
  if (!atEnd && !/^m=/.test(first.text))
    return stopAt('session-part', first, 'Expects m line.', flawOf(first) ?? 'wrong-type');
  for (const line of reader.lines.slice(reader.next)) {
    if (line.text === '' && !line.ended) return undefined;
    const flaw = flawOf(line);
    // It takes this neither for a line of the section nor for the next section, and reads no further.
    if (flaw !== undefined && line !== first && line.text.startsWith('m=')) return undefined;
    if (flaw !== undefined)
      return stopAt(
        line === first ? 'session-part' : 'media-part',
        line,
        line === first ? 'Expects m line.' : 'Invalid SDP line.',
        flaw,
      );
    if (line.text.charCodeAt(0) === 0x61) continue;
    const stop = line.text.startsWith('m=')
      ? mlineStop(line)
      : line.text.startsWith('c=')
        ? connectionStop(line)
        : undefined;
    if (stop) return stop;
  }
  return undefined;
}

/** `a=group:BUNDLE <mid> …`: the mids are tokens (RFC 8866 9). */
function groupStop(line: TextLine): Stop | undefined {
  if (!/^a=group(?:[: ]|$)/.test(line.text)) return undefined;
  const [name = '', ...mids] = line.text.split(' ');
  if (!name.includes(':')) return stopAt('group', line, 'Failed to parse group attribute.');
  const token = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]*$/;
  return mids.every((mid) => token.test(mid)) ? undefined : stopAt('group', line, 'Failed to parse group tag.');
}

/** `m=<media> <port> <proto> <fmt> …` (RFC 8866 5.14). */
function mlineStop(line: TextLine): Stop | undefined {
  const [kind = '', port = '', protocol = '', ...formats] = line.text.slice(2).split(' ');
  if (formats.length === 0) return stopAt('mline', line, 'Expects at least 4 fields.');
  if (!/^\d{1,9}$/.test(port) || Number(port) > 65535) return stopAt('mline', line, 'The port number is invalid');
  // To it, no protocol is one of RTP.
  const rtp = protocol === '' || protocol.includes('RTP/');
  const odd = rtp ? formats.find((format) => !/^-?\d{1,9}$/.test(format)) : undefined;
  if (odd !== undefined) return stopAt('mline', line, `Invalid value: ${odd}.`);
  if ((kind === 'audio' || kind === 'video') && !rtp)
    return stopAt('mline', line, 'Unsupported protocol for media type');
  return undefined;
}

/** `c=IN IP4|IP6 <address>` (RFC 8866 5.7); host names are taken. */
function connectionStop(line: TextLine): Stop | undefined {
  const [, network, , rest] = /^([^ ]*)( +(.*))?$/.exec(line.text.slice(2)) ?? [];
  if (network !== 'IN' || rest === undefined)
    return stopAt(
      'connection',
      line,
      'Failed to parse the connection data. The network type is not currently supported.',
    );
  const [, type, blank, address = ''] = /^([^ ]*)( +)?(.*)$/.exec(rest) ?? [];
  if (blank === undefined) return stopAt('connection', line, 'Failed to parse the address type.');
  if (address.includes('/'))
    return stopAt('connection', line, 'Failed to parse the connection data. Multicast is not currently supported.');
  const family = /^\d+\.\d+\.\d+\.\d+$/.test(address) ? 'IP4' : /^[\da-f:.]*:[\da-f:.]*$/i.test(address) ? 'IP6' : type;
  if (family !== type)
    return stopAt('connection', line, 'Failed to parse the connection data. The address type is mismatching.');
  return undefined;
}
