import type { Codec } from '../../sdp/sdp.ts';
import { codecNames, mediaCodecs, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';

const withAv1 = (formats: string) =>
  edit(
    anAnswer(['video']),
    ['SAVPF 96 97', `SAVPF ${formats}`],
    ['a=rtpmap:96', 'a=rtpmap:45 AV1/90000\r\na=rtpmap:96'],
  );

export const codecAddedInAnswer: Rule = {
  id: 'codec-added-in-answer',
  severity: 'info',
  scope: 'pair',
  title: 'the answer lists a codec the offer does not have',
  cites: [cite('RFC 3264', '6.1'), cite('RFC 9429', '5.11')],
  explain:
    'An answer may list codecs it could receive in addition, and Chrome and Firefox ignore those they did not offer. If such a codec stands first, the answerer prefers what the offerer cannot send.',
  fix: 'Leave out what was not offered, or at least put a codec of the offer first.',
  examples: {
    bad: [
      conversation('AV1 in addition', a.offers(anOffer(['video'])), b.answers(withAv1('96 97 45'))),
      conversation('AV1 first', a.offers(anOffer(['video'])), b.answers(withAv1('45 96 97'))),
    ],
    good: [conversation('the same codecs', a.offers(anOffer(['video'])), b.answers(anAnswer(['video'])))],
  },
  check: (subject) => subject.accepted.flatMap((pair) => added(subject, pair)),
};

function added({ answer }: PairSubject, { offered, answered }: PairSubject['accepted'][number]): Report[] {
  const shared = sharedCodecs(offered, answered);
  if (shared.length === 0) return [];
  const names = new Set(mediaCodecs(offered).map(({ name }) => name.toLowerCase()));
  // A number of the offer or another profile of its codec: rules about conflicts and profiles say more.
  const isNew = (codec: Codec) => !names.has(codec.name.toLowerCase()) && !offered.formats.includes(codec.payloadType);
  const codecs = mediaCodecs(answered);
  const extra = codecs.filter(isNew);
  const [first] = extra;
  if (!first) return [];
  const leads = codecs[0] === first;
  const message = leads
    ? `${whose(answer)} prefers ${codecNames([first])} for ${nameOf(answered)}, which was not offered: the offerer sends ${codecNames(shared.slice(0, 1))}.`
    : `${whose(answer)} adds ${codecNames(extra)} to ${nameOf(answered)}; the offer does not have it, and browsers ignore it.`;
  return [
    {
      message,
      section: answered,
      line: first.rtpmapLine ?? answered.line,
      ...(leads ? { severity: 'warning' as const } : {}),
    },
  ];
}
