import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { firefoxOnAnswer } from '../firefox-answer.ts';
import { chromeOnOrder } from '../mids.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const answerMlineCount: Rule = {
  id: 'answer-mline-count',
  severity: 'error',
  stage: 'structure',
  plainToo: true,
  scope: 'pair',
  title: 'the answer has more or fewer sections than the offer',
  cites: [cite('RFC 3264', '6'), cite('RFC 9429', '5.3.1'), cite('RFC 9429', '5.8.3')],
  explain:
    'An answer has exactly one section for each section of the offer, in the same order; what is not wanted is answered with port 0. Both browsers refuse an answer with another number of sections. Often it belongs to an earlier offer.',
  fix: 'Create the answer from the offer that is being answered, and reject unwanted sections instead of deleting them.',
  examples: {
    bad: [
      conversation(
        'video was added, the answer is built from the first offer',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio'])),
      ),
      conversation('a section nobody offered', a.offers(anOffer(['audio'])), b.answers(anAnswer(['audio', 'video']))),
    ],
    good: [
      conversation(
        'video is declined with port 0',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }])),
      ),
    ],
  },
  check: ({ offer, answer }) => {
    const [offered, answered] = [offer.sdp.media, answer.sdp.media];
    if (offered.length === answered.length) return [];
    const more = answered.length > offered.length;
    const odd = more ? answered.slice(offered.length) : offered.slice(answered.length);
    const what = more ? `it adds ${namesOf(odd)}` : `nothing stands for ${namesOf(odd)}`;
    const message = `${whose(answer)} has ${answered.length} ${answered.length === 1 ? 'section' : 'sections'}, the offer ${offered.length}: ${what}.`;
    const firefox = firefoxOnAnswer(offer, answer);
    const refusedBy = { chrome: chromeOnOrder(answer), ...(firefox ? { firefox } : {}) };
    return [{ message, ...(more && odd[0] ? { section: odd[0] } : {}), refusedBy }];
  },
};
