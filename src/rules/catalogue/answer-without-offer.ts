import { chromeRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const answerWithoutOffer: Rule = {
  id: 'answer-without-offer',
  severity: 'error',
  scope: 'description',
  title: 'an answer arrives although no offer is open',
  cites: [cite('RFC 9429', '3.2'), cite('RFC 9429', '5.6'), cite('W3C webrtc-pc', '4.4.1.5')],
  explain:
    'An answer is only good for the offer it answers. With both sides stable, setRemoteDescription rejects with InvalidStateError; the session itself goes on as it was.',
  fix: 'Apply an answer only while your own offer is open (signalingState have-local-offer), and send each answer once and to the offerer only.',
  exceptions:
    'A capture that begins with the answer, where only a note is made of it, and the repetition of the last answer, which description-repeated reports.',
  examples: {
    bad: [
      conversation(
        'b answers again after it has answered',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.answers(anAnswer(['audio'], { version: 3 })),
      ),
      conversation('the capture begins with an answer', b.answers(anAnswer())),
    ],
    good: [conversation('one answer for one offer', a.offers(anOffer()), b.answers(anAnswer()))],
  },
  check: ({ session, description }) => {
    const { type, round, from, to, reflects } = description;
    if (type !== 'offer' && session.descriptions[0] === description) {
      const what = type === 'answer' ? 'an answer' : 'a provisional answer';
      const message = `The first description seen is ${what} of ${from}: what ${to} offered before was not captured, or there was no offer.`;
      return [{ message, severity: 'info' }];
    }
    if (type === 'offer' || session.partial || reflects || round?.state === 'open') return [];
    if (round && (round.answer === description || round.state !== 'complete')) return [];
    if (session.closedBy !== undefined && session.closedBy < description.seq) return [];
    const last = session.rounds.findLast((one) => one.offerer === to);
    const why = last
      ? `offer #${last.offer.number} of ${to} is ${last.state === 'complete' ? 'answered already' : last.state}`
      : `${to} has not offered anything`;
    return [
      {
        message: `${from} sends ${type === 'answer' ? 'an answer' : 'a provisional answer'} that no offer of ${to} waits for: ${why}.`,
        ...(last ? { related: [last.offer.seq] } : {}),
        refusedBy: {
          chrome: chromeRefuses(description, 'Called in wrong state: stable', 'InvalidStateError'),
          firefox:
            type === 'answer'
              ? 'InvalidStateError: Cannot set remote answer in state stable'
              : 'NotSupportedError: pranswer not yet implemented',
        },
      },
    ];
  },
};
