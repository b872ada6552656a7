import type { Round } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import { writerOf } from '../../sdp/writer.ts';
import { establishedBy } from '../bundle.ts';
import { receives } from '../direction.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';
import { listedRids, usableRids } from '../simulcast.ts';

const EXTENSION = 'a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n';
const OFFER = edit(anOffer(['video']), [/$/, `${EXTENSION}a=rid:q send\r\na=rid:h send\r\na=simulcast:send q;h\r\n`]);
/** A server's answer: browsers accept no simulcast from each other. */
const server = (lines: string) =>
  edit(
    anAnswer(['video'], { version: 1 }),
    ['a=msid-semantic: WMS\r\n', ''],
    ['a=extmap-allow-mixed\r\n', ''],
    [/$/, `${EXTENSION}${lines}`],
  );

export const simulcastNotAccepted: Rule = {
  id: 'simulcast-not-accepted',
  severity: 'warning',
  scope: 'pair',
  title: 'the answer does not take the offered simulcast',
  cites: [cite('RFC 8853', '5.3.2'), cite('RFC 8853', '5.3.3')],
  explain:
    'The answer repeats the offered list with send and recv swapped, less what it does not want. Without it browsers send only the first layer, and a receiver that expects several gets one; layers an answer drops cannot come back in later answers. An answer that accepts what was not offered leaves Chrome sending nothing.',
  fix: 'Answer a=simulcast:send q;h;f with a=simulcast:recv q;h;f and an a=rid:<id> recv line for each, and accept the header extension rtp-stream-id.',
  exceptions:
    'Browsers answer each other without simulcast, and an answer may leave layers out on purpose: there it is only noted.',
  examples: {
    bad: [
      conversation('the answer has no simulcast line', a.offers(OFFER), b.answers(server(''))),
      conversation(
        'one layer is missing',
        a.offers(OFFER),
        b.answers(server('a=rid:q recv\r\na=simulcast:recv q\r\n')),
      ),
      conversation(
        'send and recv are not swapped',
        a.offers(OFFER),
        b.answers(server('a=rid:q send\r\na=rid:h send\r\na=simulcast:send q;h\r\n')),
      ),
      conversation(
        'nobody offered it',
        a.offers(edit(anOffer(['video']), [/$/, EXTENSION])),
        b.answers(server('a=rid:q recv\r\na=simulcast:recv q\r\n')),
      ),
    ],
    good: [
      conversation(
        'all layers are taken',
        a.offers(OFFER),
        b.answers(server('a=rid:q recv\r\na=rid:h recv\r\na=simulcast:recv q;h\r\n')),
      ),
      conversation('no simulcast at all', a.offers(anOffer(['video'])), b.answers(anAnswer(['video']))),
    ],
  },
  check: ({ session, offer, answer, accepted }) => {
    const last = establishedBy(session, answer)?.round;
    return accepted.flatMap((pair) => {
      const what = faultOf(pair);
      if (what === undefined || (last && what.text === before(last, pair))) return [];
      const { answered } = pair;
      const line = answered.simulcast[0]?.line ?? answered.line;
      const wanted = what.degree === 'choice' || (what.degree === 'usual' && isBrowser(answer.sdp));
      const severity: Report['severity'] = wanted ? 'info' : 'warning';
      const message = `${whose(answer)} ${what.text} in ${nameOf(answered)}${what.degree === 'usual' ? `: ${visible(offer.from, 30)} sends one layer only` : ''}.`;
      return [{ message, severity, section: answered, line }];
    });
  },
};

/** What the last round had to be told about the same section: said once is enough. */
function before({ offer, answer }: Round, pair: PairSubject['accepted'][number]): string | undefined {
  const offered = offer.sdp.media[pair.offered.index];
  const answered = answer?.sdp.media[pair.answered.index];
  if (!offered || !answered || offered.mid?.value !== pair.offered.mid?.value) return undefined;
  return faultOf({ offered, answered })?.text;
}

interface Fault {
  readonly text: string;
  /** The answerer may want it so: usual between browsers, or a choice. */
  readonly degree: 'wrong' | 'usual' | 'choice';
}

function faultOf({ offered, answered }: PairSubject['accepted'][number]): Fault | undefined {
  const layers = new Set(usableRids(offered, 'send'));
  const wanted = listedRids(answered, 'recv');
  const extra = wanted.filter((rid) => !layers.has(rid));
  if (extra.length > 0)
    return { text: `accepts the layer '${visible(extra[0] ?? '', 20)}' that nobody offered`, degree: 'wrong' };
  if (layers.size < 2 || !receives(answered)) return undefined;
  if (wanted.length === 0 && listedRids(answered, 'send').some((rid) => layers.has(rid)))
    return { text: 'lists the offered layers for send again instead of recv', degree: 'wrong' };
  if (wanted.length === 0) return { text: `ignores the offered simulcast of ${layers.size} layers`, degree: 'usual' };
  const taken = new Set(wanted);
  const missing = [...layers].filter((rid) => !taken.has(rid));
  if (missing.length === 0) return undefined;
  return { text: `takes ${layers.size - missing.length} of ${layers.size} offered layers`, degree: 'choice' };
}

function isBrowser(sdp: Parameters<typeof writerOf>[0]): boolean {
  const writer = writerOf(sdp);
  return writer === 'libwebrtc' || writer === 'firefox';
}
