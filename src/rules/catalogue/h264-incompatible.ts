import { fmtpValue } from '../../sdp/fmtp.ts';
import { visible } from '../../sdp/printable.ts';
import type { Codec, MSection } from '../../sdp/sdp.ts';
import { firefoxRefuses } from '../browser.ts';
import { codecNames, compatible, isNamed, mediaCodecs, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';
import { acceptedOf, type SectionPair } from '../subjects.ts';

const h264 = (sdp: string, fmtp: string) =>
  edit(sdp, ['VP8/90000', 'H264/90000'], ['a=rtpmap:97', `a=fmtp:96 ${fmtp}\r\na=rtpmap:97`]);
const CONSTRAINED = 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f';
const offered = a.offers(h264(anOffer(['video']), CONSTRAINED));

export const h264Incompatible: Rule = {
  id: 'h264-incompatible',
  severity: 'error',
  scope: 'description',
  title: 'H.264 on both sides, but not the same H.264',
  cites: [cite('RFC 6184', '8.1'), cite('RFC 6184', '8.2.2')],
  explain:
    'Two H.264 entries are one codec only if their profile and packetization-mode agree; the level may differ. Without profile-level-id and packetization-mode the entry means a Baseline profile and mode 0. Chrome accepts an answer without a partner and shows black, Firefox refuses it.',
  fix: 'Offer and answer profile 42e01f (Constrained Baseline) with packetization-mode 1, which every browser has, besides any other profile.',
  exceptions: 'Another level, and Baseline against Constrained Baseline, which decoders treat alike (info).',
  examples: {
    bad: [
      conversation(
        'High answered to Constrained Baseline',
        offered,
        b.answers(h264(anAnswer(['video']), CONSTRAINED.replace('42e01f', '640032'))),
      ),
      conversation(
        'another packetization-mode',
        offered,
        b.answers(h264(anAnswer(['video']), CONSTRAINED.replace('mode=1', 'mode=0'))),
      ),
      conversation(
        'a profile that does not exist',
        a.offers(h264(anOffer(['video']), CONSTRAINED.replace('42e01f', 'ffffff'))),
      ),
    ],
    good: [
      conversation(
        'another level',
        offered,
        b.answers(h264(anAnswer(['video']), CONSTRAINED.replace('42e01f', '42e034'))),
      ),
      conversation(
        '42c0 and 42e0 are the same profile',
        offered,
        b.answers(h264(anAnswer(['video']), CONSTRAINED.replace('42e01f', '42c01f'))),
      ),
    ],
  },
  check: (subject) => (subject.type === 'offer' ? lonely(subject) : answers(subject)),
};

const h264Of = (section: MSection): readonly Codec[] => mediaCodecs(section).filter((codec) => isNamed(codec, 'h264'));

/** An offer whose only video codec is an H.264 that browsers may not take. */
function lonely({ sdp, description }: DescriptionSubject): Report[] {
  return rtpSections(sdp).flatMap((section) => {
    const codecs = mediaCodecs(section);
    if (codecs.length === 0 || h264Of(section).length < codecs.length) return [];
    const problems = codecs.map(problemOf);
    if (problems.includes(undefined)) return [];
    const message = `All that ${whose(description)} offers for ${nameOf(section)} is H.264 ${problems[0]}. Chrome and Firefox may accept it without video.`;
    return [{ message, section, severity: 'warning', line: codecs[0]?.rtpmapLine ?? section.line }];
  });
}

function problemOf(codec: Codec): string | undefined {
  const profile = fmtpValue(codec.fmtp, 'profile-level-id');
  if (profile === undefined && fmtpValue(codec.fmtp, 'packetization-mode') === undefined)
    return 'without profile-level-id and packetization-mode, which means packetization-mode 0';
  // A known profile has a name in the identity, an unknown one its digits.
  const known = profile === undefined || /;(?:[a-z]+-)*(?:baseline|main|high|444);/.test(`${codec.identity};`);
  return known ? undefined : `of the unknown profile ${visible(profile, 12)}`;
}

function answers({ sdp, description }: DescriptionSubject): Report[] {
  const offer = description.round?.offer;
  if (!offer) return [];
  return acceptedOf(offer.sdp, sdp).flatMap((pair) =>
    compare(pair, whose(description)).map((report) => ({ ...report, related: [offer.seq] })),
  );
}

function compare({ offered: offer, answered }: SectionPair, who: string): Report[] {
  const [wanted, got] = [h264Of(offer), h264Of(answered)];
  if (wanted.length === 0 || got.length === 0) return [];
  if (got.some((codec) => wanted.some((other) => other.identity === codec.identity))) return [];
  const near = got.some((codec) => wanted.some((other) => compatible(other, codec)));
  const others = sharedCodecs(offer, answered);
  const line = got[0]?.rtpmapLine ?? answered.line;
  const what = `${who} has ${codecNames(got)} for ${nameOf(answered)}, the offer ${codecNames(wanted)}`;
  if (near)
    return [
      {
        message: `${what}: Baseline against Constrained Baseline, which most decoders play.`,
        section: answered,
        line,
        severity: 'info',
      },
    ];
  if (others.length > 0)
    return [
      {
        message: `${what}: H.264 is not used, ${codecNames(others.slice(0, 1))} is.`,
        section: answered,
        line,
        severity: 'warning',
      },
    ];
  const reason = `Answer had no codecs in common with offer in m-section ${answered.index}`;
  return [
    {
      message: `${what}: no pair agrees in profile and packetization-mode, and no other codec is shared. Chrome shows black, Firefox refuses the answer.`,
      section: answered,
      line,
      refusedBy: { firefox: firefoxRefuses(reason, 'OperationError') },
    },
  ];
}
