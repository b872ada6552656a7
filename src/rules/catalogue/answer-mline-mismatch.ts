import type { MSection } from '../../sdp/sdp.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { firefoxOnAnswer } from '../firefox-answer.ts';
import { chromeOnOrder, differs, repeatedMid } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const answerMlineMismatch: Rule = {
  id: 'answer-mline-mismatch',
  severity: 'error',
  stage: 'structure',
  plainToo: true,
  scope: 'pair',
  title: 'sections of the answer are not those of the offer',
  cites: [cite('RFC 3264', '6'), cite('RFC 9429', '5.3.1'), cite('RFC 9429', '5.8.3'), cite('RFC 9143', '7.3')],
  explain:
    'Sections are matched by their place: each one of the answer has the media type and the mid of the offered one at the same place. Both browsers refuse an answer that swaps, renames or retypes sections.',
  fix: 'Keep the order and the mids of the offer, whatever order the answering side would like.',
  exceptions: 'An answer, or a rejected section, without any a=mid is matched by place alone.',
  examples: {
    bad: [
      conversation(
        'video before audio',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(
          anAnswer([
            { kind: 'video', mid: '1' },
            { kind: 'audio', mid: '0' },
          ]),
        ),
      ),
      conversation(
        'the mids are swapped',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(
          anAnswer([
            { kind: 'audio', mid: '1' },
            { kind: 'video', mid: '0' },
          ]),
        ),
      ),
    ],
    good: [
      conversation(
        'same order, same mids',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
      ),
      conversation(
        'a rejected section without mid',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(
          edit(anAnswer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }]), ['a=mid:1\r\n', '']),
        ),
      ),
    ],
  },
  check: ({ offer, answer }) => {
    const [offered, answered] = [offer.sdp.media, answer.sdp.media];
    const mids = answered.flatMap(({ mid }) => mid?.value ?? []);
    // A mid that stands twice is the cause: rule mid-duplicate.
    if (offered.length !== answered.length || repeatedMid(mids) !== undefined) return [];
    const pairs = offered.flatMap((section, i) => {
      const other = answered[i];
      return other && differs(section, other) ? [[section, other] as const] : [];
    });
    const first = pairs[0];
    if (!first) return [];
    const rest = pairs.length > 1 ? ` (and ${pairs.length - 1} more)` : '';
    const message = `${whose(answer)} answers ${nameOf(first[0])} with ${described(first[1])} at section ${first[0].index}${rest}.`;
    const firefox = firefoxOnAnswer(offer, answer);
    return [
      { message, section: first[1], refusedBy: { chrome: chromeOnOrder(answer), ...(firefox ? { firefox } : {}) } },
    ];
  },
};

const described = (section: MSection): string => nameOf(section);
