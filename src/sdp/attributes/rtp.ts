/** Readers for payload types (`rtpmap`, `fmtp`, `rtcp-fb`) and header extensions. */
import { encodingOf, type RtpmapText } from '../codec.ts';
import { parseParameters } from '../fmtp.ts';
import type { Direction } from '../sdp.ts';
import { decimal, words } from '../tokens.ts';
import { type AttributeReader, unreadable } from './level.ts';

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
  let value = known.get(text);
  if (value === undefined) {
    value = read(text);
    known.set(text, value);
  }
  return value;
}

/** `<format> <parameters>` (RFC 8866 6.15). */
const fmtp: AttributeReader = (level, value, line, problems) => {
  const blank = value.indexOf(' ');
  if (blank <= 0) {
    unreadable(problems, 'fmtp', line, 'a payload type, a blank and the parameters');
    return;
  }
  const payloadType = value.slice(0, blank);
  const text = value.slice(blank + 1);
  append(level.fmtps, payloadType, { text, parameters: remember(level.memo.parameters, text, parseParameters), line });
};

/** `<payload type or *> <type> [<parameter>]` (RFC 4585 4.2). */
const rtcpFb: AttributeReader = (level, value, line, problems) => {
  const blank = value.indexOf(' ');
  const plain = blank > 0 && !/^ | {2}| $|\t/.test(value);
  const text = plain ? value : words(value).join(' ');
  const end = plain ? blank : text.indexOf(' ');
  if (end <= 0) {
    unreadable(problems, 'rtcp-fb', line, 'a payload type or *, a blank and the feedback type');
    return;
  }
  const payloadType = text.slice(0, end);
  append(level.feedback, payloadType, { payloadType, type: text.slice(end + 1), line });
};

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map<string, Direction>([
  ['sendrecv', 'sendrecv'],
  ['sendonly', 'sendonly'],
  ['recvonly', 'recvonly'],
  ['inactive', 'inactive'],
]);

/** `<id>[/<direction>] <uri> [<attributes>]` (RFC 8285 8). */
const extmap: AttributeReader = (level, value, line, problems) => {
  const [number = '', uri, ...config] = words(value);
  const [id = '', direction] = number.split('/');
  const known = direction === undefined ? undefined : DIRECTIONS.get(direction);
  if (decimal(id) === undefined || uri === undefined || (direction !== undefined && known === undefined)) {
    unreadable(problems, 'extmap', line, 'an id[/direction], a blank and a URI');
  }
  if (id === '' || uri === undefined) return;
  const text = config.length === 0 ? undefined : config.join(' ');
  level.extensions.push({ id, uri, direction: known, config: text, line });
};

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
