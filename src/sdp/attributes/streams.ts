/** Readers for media streams: `msid`, `ssrc`, `ssrc-group`, `rid` and `simulcast`. */
import { parseParameters } from '../fmtp.ts';
import type { SimulcastList } from '../sdp.ts';
import { words } from '../tokens.ts';
import { type AttributeReader, unreadable } from './level.ts';

/** `<stream> [<track>]` (RFC 8830 2); the stream `-` means none. Ids may hold any visible character (`{uuid}`). */
const msid: AttributeReader = (level, value, line, problems) => {
  const [stream, track] = words(value);
  if (stream === undefined) unreadable(problems, 'msid', line, 'a stream id');
  else level.msids.push({ stream, track, line });
};

/** `<ssrc> <attribute>[:<value>]` (RFC 5576 4.1). */
const ssrc: AttributeReader = (level, value, line, problems) => {
  const blank = value.indexOf(' ');
  if (blank <= 0 || blank === value.length - 1) {
    unreadable(problems, 'ssrc', line, 'a number, a blank and an attribute');
    return;
  }
  const rest = value.slice(blank + 1);
  const colon = rest.indexOf(':');
  level.ssrcs.push({
    ssrc: value.slice(0, blank),
    attribute: colon < 0 ? rest : rest.slice(0, colon),
    value: colon < 0 ? undefined : rest.slice(colon + 1),
    line,
  });
};

const ssrcGroup: AttributeReader = (level, value, line, problems) => {
  const [semantics, ...ssrcs] = words(value);
  if (semantics === undefined) unreadable(problems, 'ssrc-group', line, 'the semantics and a list of SSRCs');
  else level.ssrcGroups.push({ semantics, ssrcs, line });
};

/** `<id> <direction> [<parameters>]` (RFC 8851 10). */
const rid: AttributeReader = (level, value, line, problems) => {
  const [id, direction, ...rest] = words(value);
  if (id === undefined || direction === undefined) unreadable(problems, 'rid', line, 'an id and a direction');
  else level.rids.push({ id, direction, parameters: parseParameters(rest.join(' ')), line });
};

/**
 * `send a;b,~c recv d` (RFC 8853 5.1): `;` between streams, `,` between alternatives, `~` paused. The early draft's
 * `send rid=a;b paused=b` of old Firefox means the same.
 */
const simulcast: AttributeReader = (level, value, line, problems) => {
  const tokens = words(value);
  const lists: SimulcastList[] = [];
  let readable = tokens.length >= 2;
  for (let i = 0; i < tokens.length; i += 2) {
    const direction = tokens[i] ?? '';
    const list = tokens[i + 1];
    if (list === undefined || (direction !== 'send' && direction !== 'recv')) {
      readable = false;
      break;
    }
    const paused = tokens[i + 2]?.startsWith('paused=') ? tokens[i + 2] : undefined;
    if (paused !== undefined) i += 1;
    lists.push({ direction, streams: streamsOf(list, paused) });
  }
  if (!readable) unreadable(problems, 'simulcast', line, 'send or recv, each with a list of rids');
  level.simulcast.push({ text: value, lists, line });
};

function streamsOf(list: string, pausedList: string | undefined): SimulcastList['streams'] {
  if (list.startsWith('pt=')) return [];
  const paused = new Set(pausedList?.slice('paused='.length).split(','));
  const rids = list.startsWith('rid=') ? list.slice('rid='.length) : list;
  return rids.split(';').map((stream) =>
    stream.split(',').map((item) => {
      const rid = item.startsWith('~') ? item.slice(1) : item;
      return { rid, paused: item.startsWith('~') || paused.has(rid) };
    }),
  );
}

export const STREAMS: readonly (readonly [string, AttributeReader])[] = [
  ['msid', msid],
  ['ssrc', ssrc],
  ['ssrc-group', ssrcGroup],
  ['rid', rid],
  ['simulcast', simulcast],
];
