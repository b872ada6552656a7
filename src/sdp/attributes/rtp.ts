/** Readers for payload types (`rtpmap`, `fmtp`, `rtcp-fb`) and header extensions. */
import { encodingOf, type RtpmapText } from '../codec.ts';
import { parseParameters } from '../fmtp.ts';
import type { Direction } from '../sdp.ts';
import { decimal, words } from '../tokens.ts';
import { type AttributeReader, type ExtensionText, type FeedbackText, type FmtpText, unreadable } from './level.ts';

/** `<payload type> <name>/<clock>[/<channels>]` (RFC 8866 6.6). */
const rtpmap: AttributeReader = (level, value, line, problems) => {
  const text = remember(level.memo.rtpmaps, value, readRtpmap);
  const { payloadType, encoding, readable } = text;
  if (!readable) unreadable(problems, 'rtpmap', line, 'a payload type, a blank and name/clock[/channels]');
  if (payloadType !== undefined && encoding !== undefined) level.rtpmaps.set(payloadType, { encoding, line });
};

function readRtpmap(value: string): RtpmapText {
  const [payloadType, encoding] = words(value);
  const [name, clock, channels] = (encoding ?? '').split('/');
  const clockRate = decimal(clock);
  const count = channels === undefined ? 1 : decimal(channels);
  const readable = payloadType !== undefined && !!name && clockRate !== undefined && count !== undefined;
  return {
    payloadType,
    encoding: name ? encodingOf(name, clockRate ?? 0, count ?? 1) : undefined,
    readable,
  };
}

/** What was read from this text before, else what `read` makes of it. */
function remember<T>(known: Map<string, T>, text: string, read: (text: string) => T): T {
  const before = known.get(text);
  if (before !== undefined) return before;
  const value = read(text);
  known.set(text, value);
  return value;
}

/** `<format> <parameters>` (RFC 8866 6.15). */
const fmtp: AttributeReader = (level, value, line, problems) => {
  const said = remember(level.memo.fmtps, value, readFmtp);
  if (said === undefined) unreadable(problems, 'fmtp', line, 'a payload type, a blank and the parameters');
  else append(level.fmtps, said.payloadType, { text: said.text, parameters: said.parameters, line });
};

function readFmtp(value: string): FmtpText | undefined {
  const blank = value.indexOf(' ');
  if (blank <= 0) return undefined;
  const text = value.slice(blank + 1);
  return { payloadType: value.slice(0, blank), text, parameters: parseParameters(text) };
}

/** `<payload type or *> <type> [<parameter>]` (RFC 4585 4.2). */
const rtcpFb: AttributeReader = (level, value, line, problems) => {
  const said = remember(level.memo.feedback, value, readFeedback);
  if (said === undefined) unreadable(problems, 'rtcp-fb', line, 'a payload type or *, a blank and the feedback type');
  else append(level.feedback, said.payloadType, { payloadType: said.payloadType, type: said.type, line });
};

function readFeedback(value: string): FeedbackText | undefined {
  const blank = value.indexOf(' ');
  const plain = blank > 0 && !/^ | {2}| $|\t/.test(value);
  const text = plain ? value : words(value).join(' ');
  const end = plain ? blank : text.indexOf(' ');
  return end <= 0 ? undefined : { payloadType: text.slice(0, end), type: text.slice(end + 1) };
}

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map<string, Direction>([
  ['sendrecv', 'sendrecv'],
  ['sendonly', 'sendonly'],
  ['recvonly', 'recvonly'],
  ['inactive', 'inactive'],
]);

/** `<id>[/<direction>] <uri> [<attributes>]` (RFC 8285 8). */
const extmap: AttributeReader = (level, value, line, problems) => {
  const { extension, readable } = remember(level.memo.extensions, value, readExtension);
  if (!readable) unreadable(problems, 'extmap', line, 'an id[/direction], a blank and a URI');
  if (extension === undefined) return;
  const { id, uri, direction: way, config } = extension;
  level.extensions.push({ id, uri, direction: way, config, line });
};

function readExtension(value: string): ExtensionText {
  const [number = '', uri, ...config] = words(value);
  const [id = '', direction] = number.split('/');
  const known = direction === undefined ? undefined : DIRECTIONS.get(direction);
  const readable = decimal(id) !== undefined && uri !== undefined && (direction === undefined || known !== undefined);
  if (id === '' || uri === undefined) return { extension: undefined, readable };
  const text = config.length === 0 ? undefined : config.join(' ');
  return { extension: { id, uri, direction: known, config: text }, readable };
}

const allowMixed: AttributeReader = (level) => {
  level.extmapAllowMixed = true;
};

const direction =
  (value: Direction): AttributeReader =>
  (level, _value, line) => {
    level.direction = { value, line };
  };

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

export const RTP: readonly (readonly [string, AttributeReader])[] = [
  ['rtpmap', rtpmap],
  ['fmtp', fmtp],
  ['rtcp-fb', rtcpFb],
  ['extmap', extmap],
  ['extmap-allow-mixed', allowMixed],
  ...[...DIRECTIONS.values()].map((value) => [value, direction(value)] as const),
];
