import { visible } from '../../sdp/printable.ts';
import { writerOf } from '../../sdp/writer.ts';
import { codecName, listed, mediaCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';

export const codecPtAsymmetric: Rule = {
  id: 'codec-pt-asymmetric',
  severity: 'warning',
  scope: 'pair',
  title: 'a codec has another payload type in the answer',
  cites: [cite('RFC 3264', '6.1'), cite('RFC 9429', '5.3.1')],
  explain:
    'Each side sends with the number the receiver gave, so different numbers are allowed, but an answer should keep those of the offer. Chrome and Firefox accept it; servers that forward packets unchanged then deliver a number the other side does not know.',
  fix: 'Copy the payload types of the offer into the answer.',
  exceptions:
    'Browsers handle different numbers themselves: info where one of them answers and the number is free in the offer.',
  examples: {
    bad: [
      conversation(
        'opus is 111 in the offer and 109 in the answer',
        a.offers(anOffer()),
        b.answers(
          edit(anAnswer().replaceAll(':111 ', ':109 '), ['SAVPF 111', 'SAVPF 109'], ['o=- 8722', 'o=server 8722']),
        ),
      ),
    ],
    good: [
      conversation(
        'the same numbers in another order',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['111 0', '0 111'])),
      ),
      conversation(
        'one of two numbers of the same codec',
        a.offers(
          edit(
            anOffer(),
            ['SAVPF 111 0', 'SAVPF 111 112 0'],
            ['a=rtpmap:0', 'a=rtpmap:112 opus/48000/2\r\na=rtpmap:0'],
          ),
        ),
        b.answers(edit(anAnswer().replaceAll(':111 ', ':112 '), ['SAVPF 111', 'SAVPF 112'])),
      ),
    ],
  },
  check: (subject) => subject.accepted.flatMap((pair) => moved(subject, pair)),
};

function moved(subject: PairSubject, { offered, answered }: PairSubject['accepted'][number]): Report[] {
  const numbers = new Map<string, string[]>();
  for (const { identity, payloadType } of mediaCodecs(offered))
    numbers.set(identity, [...(numbers.get(identity) ?? []), payloadType]);
  const changed = mediaCodecs(answered).flatMap((codec) => {
    const known = numbers.get(codec.identity);
    // A number of the offer for another codec: rule codec-pt-conflict-in-answer.
    return known && !offered.formats.includes(codec.payloadType) ? [{ codec, known }] : [];
  });
  const [first] = changed;
  if (!first) return [];
  const taken = new Set(subject.offer.sdp.media.flatMap((section) => (section.rejected ? [] : section.formats)));
  const free = changed.every(({ codec }) => !taken.has(codec.payloadType));
  const browser = ['libwebrtc', 'firefox'].includes(writerOf(subject.answer.sdp));
  const which = listed(
    changed.map(
      ({ codec, known }) =>
        `${codecName(codec)} was ${visible(known[0] ?? '', 5)}, is ${visible(codec.payloadType, 5)}`,
    ),
  );
  return [
    {
      message: `${whose(subject.answer)} renumbers codecs of ${nameOf(answered)}: ${which}.`,
      section: answered,
      line: first.codec.rtpmapLine ?? answered.line,
      ...(free && browser ? { severity: 'info' as const } : {}),
    },
  ];
}
