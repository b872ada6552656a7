import { firefoxRefuses } from '../browser.ts';
import { codecNames, isNamed, mediaCodecs, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';
import { acceptedOf } from '../subjects.ts';

export const codecNoneInCommon: Rule = {
  id: 'codec-none-in-common',
  severity: 'error',
  scope: 'description',
  title: 'no codec that both sides can use',
  cites: [cite('RFC 3264', '6.1'), cite('RFC 9429', '5.3.1')],
  explain:
    'An accepted section needs at least one audio or video codec that is in the offer and in the answer; retransmission, redundancy, comfort noise and DTMF do not count. Chrome accepts an answer without one and stays silent or black, Firefox refuses it.',
  fix: 'Answer with codecs of the offer, or reject the section with port 0. If a filter or a preference list removed the common codecs, widen it on one side.',
  exceptions:
    'Codecs only one side can receive are fine next to a shared one, and a section that is inactive needs none.',
  examples: {
    bad: [
      conversation(
        'VP8 offered, AV1 answered',
        a.offers(anOffer(['video'])),
        b.answers(
          edit(
            anAnswer(['video']),
            ['SAVPF 96 97', 'SAVPF 45 46'],
            [
              /a=rtpmap:96[\s\S]*a=fmtp:97 apt=96\r\n/,
              'a=rtpmap:45 AV1/90000\r\na=rtpmap:46 rtx/90000\r\na=fmtp:46 apt=45\r\n',
            ],
          ),
        ),
      ),
    ],
    good: [
      conversation(
        'the answer keeps one of two codecs',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['SAVPF 111 0', 'SAVPF 0'], [/a=rtpmap:111[\s\S]*inbandfec=1\r\n/, ''])),
      ),
      conversation(
        'the name in lower case, no parameters',
        a.offers(anOffer(['video'])),
        b.answers(edit(anAnswer(['video']), ['VP8/90000', 'vp8/90000'])),
      ),
    ],
  },
  check: emptyAnswers,
};

function emptyAnswers({ type, sdp, description }: DescriptionSubject): Report[] {
  const offer = description.round?.offer;
  if (type === 'offer' || !offer) return [];
  return acceptedOf(offer.sdp, sdp).flatMap(({ offered, answered }) => {
    const [wanted, got] = [mediaCodecs(offered), mediaCodecs(answered)];
    if (wanted.length === 0 || answered.direction === 'inactive') return [];
    if (sharedCodecs(offered, answered).length > 0) return [];
    // H.264 in both: rule h264-incompatible says why it does not match.
    if ([wanted, got].every((codecs) => codecs.some((codec) => isNamed(codec, 'h264')))) return [];
    // Firefox counts the codec of DTMF as one, too.
    const tones = [offered, answered].every(({ codecs }) => codecs.some(({ role }) => role === 'dtmf'));
    const kind = answered.kind === 'audio' ? 'silence' : 'black';
    const message = `${whose(description)} accepts ${nameOf(answered)}, but no codec is shared: offered ${codecNames(wanted)}, answered ${codecNames(got)}. Chrome takes it (${kind}), Firefox ${tones ? 'too' : 'refuses it'}.`;
    const reason = `Answer had no codecs in common with offer in m-section ${answered.index}`;
    return [
      {
        message,
        section: answered,
        related: [offer.seq],
        refusedBy: tones ? {} : { firefox: firefoxRefuses(reason, 'OperationError') },
      },
    ];
  });
}
