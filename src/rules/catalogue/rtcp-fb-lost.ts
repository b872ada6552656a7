import type { Codec } from '../../sdp/sdp.ts';
import { codecName, listed, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';

export const rtcpFbLost: Rule = {
  id: 'rtcp-fb-lost',
  severity: 'warning',
  scope: 'pair',
  title: 'feedback for video is lost or added in the answer',
  cites: [cite('RFC 4585', '4.2'), cite('RFC 5104', '7.1'), cite('RFC 9429', '5.11')],
  explain:
    'Feedback is used only if offer and answer list it for the codec. Without nack pli or ccm fir a receiver cannot ask for a keyframe and stays black after a loss; without transport-cc and goog-remb the sender does not learn the bandwidth. Feedback the offer did not list is ignored by Chrome and Firefox.',
  fix: 'Answer with the a=rtcp-fb lines of the offer that you support, for each codec or with a=rtcp-fb:*.',
  exceptions: 'Audio needs none, and either of nack pli and ccm fir is enough.',
  examples: {
    bad: [
      conversation(
        'all feedback is gone',
        a.offers(anOffer(['video'])),
        b.answers(anAnswer(['video']).replaceAll(/a=rtcp-fb:96 [^\r]*\r\n/g, '')),
      ),
      conversation(
        'feedback nobody offered',
        a.offers(edit(anOffer(['video']), ['a=rtcp-fb:96 goog-remb\r\n', ''])),
        b.answers(anAnswer(['video'])),
      ),
      conversation(
        'no bandwidth feedback',
        a.offers(anOffer(['video'])),
        b.answers(edit(anAnswer(['video']), ['a=rtcp-fb:96 goog-remb\r\n', ''], ['a=rtcp-fb:96 transport-cc\r\n', ''])),
      ),
    ],
    good: [
      conversation(
        'keyframe requests by pli only',
        a.offers(anOffer(['video'])),
        b.answers(edit(anAnswer(['video']), ['a=rtcp-fb:96 ccm fir\r\n', ''])),
      ),
      conversation(
        'a wildcard in the offer',
        a.offers(anOffer(['video']).replaceAll('rtcp-fb:96', 'rtcp-fb:*')),
        b.answers(anAnswer(['video'])),
      ),
    ],
  },
  check: (subject) =>
    subject.accepted.flatMap((pair) => {
      if (pair.answered.kind !== 'video' || pair.answered.direction === 'inactive') return [];
      const [used] = sharedCodecs(pair.offered, pair.answered);
      const partner = used && pair.offered.codecs.find((codec) => codec.identity === used.identity);
      return used && partner ? [...lost(subject, pair, partner, used), ...added(subject, pair)] : [];
    }),
};

type Pair = PairSubject['accepted'][number];

const types = ({ feedback }: Codec): ReadonlySet<string> => new Set(feedback.map(({ type }) => type.toLowerCase()));
const KEYFRAME = ['nack pli', 'ccm fir'];
const BANDWIDTH = ['transport-cc', 'goog-remb'];

function lost({ answer }: PairSubject, { answered }: Pair, offered: Codec, used: Codec): Report[] {
  const [wanted, got] = [types(offered), types(used)];
  const gone = (group: readonly string[]) =>
    group.some((type) => wanted.has(type)) && !group.some((type) => got.has(type));
  const what = `${whose(answer)} has for ${codecName(used)} in ${nameOf(answered)}`;
  const line = used.rtpmapLine ?? answered.line;
  if (gone(KEYFRAME))
    return [
      {
        message: `${what} neither nack pli nor ccm fir: both accept it, but nobody can ask for a keyframe.`,
        section: answered,
        line,
      },
    ];
  if (!gone(BANDWIDTH)) return [];
  const message = `${what} neither transport-cc nor goog-remb, which the offer lists: bandwidth estimation is lost.`;
  return [{ message, section: answered, line, severity: 'info' }];
}

/** Feedback types of shared codecs that the offer does not have for them. */
function added({ answer }: PairSubject, { offered, answered }: Pair): Report[] {
  const known = new Map<string, Set<string>>();
  for (const codec of offered.codecs) {
    const all = known.get(codec.identity) ?? new Set<string>();
    for (const type of types(codec)) all.add(type);
    known.set(codec.identity, all);
  }
  const extra = answered.codecs.flatMap(({ identity, feedback, payloadType }) => {
    const offeredTypes = known.get(identity);
    return offeredTypes
      ? feedback.filter(({ payloadType: of, type }) => of === payloadType && !offeredTypes.has(type.toLowerCase()))
      : [];
  });
  const [first] = extra;
  if (!first) return [];
  const message = `${whose(answer)} adds feedback to ${nameOf(answered)} that was not offered: ${listed(extra.map(({ type }) => type))}. Chrome and Firefox ignore it.`;
  return [{ message, section: answered, line: first.line }];
}
