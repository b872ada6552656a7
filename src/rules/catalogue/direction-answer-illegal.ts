import { chromeRefuses } from '../browser.ts';
import { ANSWERS, contradicts, receives, sends } from '../direction.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { firefoxOnAnswer } from '../firefox-answer.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Rule } from '../rule.ts';

const as = (direction: string) => [{ kind: 'audio', direction }] as const;

export const directionAnswerIllegal: Rule = {
  id: 'direction-answer-illegal',
  severity: 'error',
  scope: 'pair',
  title: 'the answered direction does not fit the offered one',
  cites: [cite('RFC 3264', '6.1'), cite('RFC 9429', '5.3.1')],
  explain:
    'An answer narrows what was offered: it may send only where the offer receives, and receive only where the offer sends. Chrome and Firefox refuse an answer that does otherwise; older Chrome versions took it.',
  fix: 'Answer sendonly with recvonly or inactive, recvonly with sendonly or inactive, inactive with inactive. Do not copy the direction of the offer and do not answer sendrecv in any case.',
  exceptions: 'Rejected sections, and the direction of data sections.',
  examples: {
    bad: [
      conversation(
        'a server that always answers sendrecv',
        a.offers(anOffer(as('recvonly'))),
        b.answers(anAnswer(as('sendrecv'))),
      ),
      conversation('the direction is copied', a.offers(anOffer(as('sendonly'))), b.answers(anAnswer(as('sendonly')))),
      conversation('both want to receive only', a.offers(anOffer(as('recvonly'))), b.answers(anAnswer(as('recvonly')))),
      conversation('hold is ignored', a.offers(anOffer(as('inactive'))), b.answers(anAnswer(as('sendrecv')))),
    ],
    good: [
      conversation('a viewer', a.offers(anOffer(as('recvonly'))), b.answers(anAnswer(as('sendonly')))),
      conversation('a publisher', a.offers(anOffer(as('sendonly'))), b.answers(anAnswer(as('recvonly')))),
      conversation('declined by inactive', a.offers(anOffer(as('recvonly'))), b.answers(anAnswer(as('inactive')))),
    ],
  },
  check: ({ offer, answer, accepted }) => {
    const illegal = accepted.filter(
      ({ offered, answered }) => offered.kind !== 'application' && contradicts(offered, answered),
    );
    const [first] = illegal;
    if (!first) return [];
    const shown = illegal.slice(0, 3).map(({ offered, answered }) => {
      return `${nameOf(answered)} is ${answered.direction} to an offered ${offered.direction}`;
    });
    const rest = illegal.length > 3 ? `, and so on in ${illegal.length - 3} more` : '';
    const message = `In ${whose(answer)} ${shown.join(', ')}${rest}; ${ANSWERS[first.offered.direction]} would be right.`;
    const firefox = firefoxOnAnswer(offer, answer);
    const refusedBy = {
      chrome: chromeRefuses(answer, chromeReason(first)),
      ...(firefox?.includes('Answer tried to set') ? { firefox } : {}),
    };
    const { directionLine, line } = first.answered;
    return [{ message, section: first.answered, line: directionLine ?? line, refusedBy }];
  },
};

function chromeReason({ offered, answered }: PairSubject['accepted'][number]): string {
  return sends(answered) && !receives(offered) ? 'Incompatible receive direction' : 'Incompatible send direction';
}
