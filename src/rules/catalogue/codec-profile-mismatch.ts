import { codecNames, isNamed, mediaCodecs, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';

const vp9 = (sdp: string, profile: string) =>
  edit(
    sdp,
    ['SAVPF 96 97', 'SAVPF 98 96 97'],
    ['a=rtpmap:96', `a=rtpmap:98 VP9/90000\r\na=fmtp:98 ${profile}\r\na=rtpmap:96`],
  );

export const codecProfileMismatch: Rule = {
  id: 'codec-profile-mismatch',
  severity: 'warning',
  scope: 'pair',
  title: 'VP9, AV1 or H.265 on both sides in different profiles',
  cites: [cite('RFC 9628', '6'), cite('RFC 7798', '7.2.2'), cite('AV1 RTP payload', '7.2')],
  explain:
    'VP9 entries agree only in the same profile-id, AV1 in the same profile, H.265 in the same profile, tier and transmission mode. Chrome and Firefox treat different ones as different codecs and use another that is shared.',
  fix: 'Offer profile 0 (for H.265 profile 1, main tier) besides any other.',
  exceptions: 'The level (level-idx, level-id) is a limit of the receiver and may differ.',
  examples: {
    bad: [
      conversation(
        'VP9 profile 2 answered to profile 0',
        a.offers(vp9(anOffer(['video']), 'profile-id=0')),
        b.answers(vp9(anAnswer(['video']), 'profile-id=2')),
      ),
    ],
    good: [
      conversation(
        'no profile-id means 0',
        a.offers(vp9(anOffer(['video']), 'profile-id=0')),
        b.answers(vp9(anAnswer(['video']), 'max-fs=12288')),
      ),
    ],
  },
  check: (subject) => subject.accepted.flatMap((pair) => mismatches(subject, pair)),
};

function mismatches({ answer }: PairSubject, { offered, answered }: PairSubject['accepted'][number]): Report[] {
  const shared = sharedCodecs(offered, answered);
  const [used] = shared;
  // Nothing shared at all: rule codec-none-in-common.
  if (!used) return [];
  return ['vp9', 'av1', 'h265'].flatMap((name): Report[] => {
    const [wanted, got] = [offered, answered].map((section) =>
      mediaCodecs(section).filter((codec) => isNamed(codec, name)),
    );
    if (!wanted?.length || !got?.length || shared.some((codec) => isNamed(codec, name))) return [];
    const message = `${whose(answer)} has ${codecNames(got)} for ${nameOf(answered)}, the offer ${codecNames(wanted)}: both accept it and use ${codecNames([used])} instead.`;
    return [{ message, section: answered, line: got[0]?.rtpmapLine ?? answered.line }];
  });
}
