import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const answerMismatchedOffer: Rule = {
  id: 'answer-mismatched-offer',
  severity: 'error',
  stage: 'structure',
  scope: 'description',
  title: 'an answer belongs to an offer that is no longer open',
  cites: [cite('RFC 3264', '4'), cite('RFC 3264', '6'), cite('RFC 9429', '3.2')],
  explain:
    'Answers carry no number, so they are paired with the offer that is open when they arrive. One made for an earlier offer has other sections than the open one; browsers then refuse it for the order of its m-lines, which hides the real cause.',
  fix: 'Let at most one offer be under way in each direction: wait for the answer, or roll the first offer back on both sides, before sending the next. Carry an id from offer to answer and drop answers to old ones.',
  exceptions: 'After glare, the answer to the offer that lost: glare-unresolved reports that.',
  examples: {
    bad: [
      conversation(
        'b answers the first offer after a has sent a second one with video',
        a.offers(anOffer(['audio'])),
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
        b.answers(anAnswer(['audio'])),
      ),
    ],
    good: [
      conversation(
        'b answers the newer offer',
        a.offers(anOffer(['audio'])),
        a.offers(anOffer(['audio', 'video'], { version: 3 })),
        b.answers(anAnswer(['audio', 'video'])),
      ),
    ],
  },
  check: ({ session, description }) => {
    const { round, from, to, type } = description;
    if (type === 'offer' || !round || (round.state !== 'superseded' && round.state !== 'rolled-back')) return [];
    if (round.glareWith?.answer && round.glareWith.answer.from === to) return [];
    const open = session.open.get(to);
    const became = round.state === 'superseded' ? 'had already replaced it' : 'had rolled it back';
    const by = open ? ` by offer #${open.offer.number}` : '';
    return [
      {
        message: `${from} answers offer #${round.offer.number} of ${to}, but ${to} ${became}${round.state === 'superseded' ? by : ''}.`,
        related: [round.offer.seq, ...(open ? [open.offer.seq] : [])],
      },
    ];
  },
};
