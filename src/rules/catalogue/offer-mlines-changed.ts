import { firefoxRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { firefoxOnSuccession } from '../firefox-answer.ts';
import { chromeOnOrder, differs } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const offerMlinesChanged: Rule = {
  id: 'offer-mlines-changed',
  severity: 'error',
  stage: 'structure',
  plainToo: true,
  scope: 'succession',
  title: 'a new offer has another section at an occupied place',
  cites: [cite('RFC 9429', '5.2.2'), cite('RFC 9429', '5.10'), cite('RFC 3264', '8.3.3'), cite('RFC 5888', '9.1')],
  explain:
    'A place in the list of sections keeps its media type and mid until the section there is rejected with port 0. Chrome refuses an offer that puts another section there. Firefox refuses another media type; a renamed mid it takes for a new transceiver, and the answer will not fit.',
  fix: 'Add new sections at the end, or at the place of one that both sides know to be stopped. Do not mix descriptions of different peer connections.',
  exceptions: 'Mids of an offer that was rolled back or replaced do not count.',
  examples: {
    bad: [
      conversation(
        'audio and video swapped',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(
          anOffer(
            [
              { kind: 'video', mid: '1' },
              { kind: 'audio', mid: '0' },
            ],
            { version: 3 },
          ),
        ),
      ),
      conversation(
        'video renamed',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', { kind: 'video', mid: 'camera' }], { version: 3 })),
      ),
    ],
    good: [
      conversation(
        'the place of a rejected section is used again',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }])),
        a.offers(anOffer(['audio', { kind: 'data', mid: '2' }], { version: 3 })),
      ),
      conversation(
        'the mids of a replaced offer are gone',
        a.offers(anOffer(['audio'])),
        a.offers(anOffer([{ kind: 'audio', mid: '7' }], { version: 3 }), 9000),
        b.answers(anAnswer([{ kind: 'audio', mid: '7' }])),
      ),
    ],
  },
  check: ({ description, before, recyclable }) => {
    if (description.type !== 'offer') return [];
    const changed = before.sdp.media.flatMap((old, i) => {
      const now = description.sdp.media[i];
      return now && !recyclable.has(i) && differs(old, now) ? [{ old, now }] : [];
    });
    const first = changed[0];
    if (!first) return [];
    const rest = changed.length > 1 ? ` (and ${changed.length - 1} more)` : '';
    const message = `${whose(description)} has ${nameOf(first.now)} at section ${first.old.index}, where ${nameOf(first.old)} was agreed${rest}.`;
    const firefox = firefoxOnSuccession(description);
    const refusedBy = { chrome: chromeOnOrder(description), ...(firefox ? { firefox: firefoxRefuses(firefox) } : {}) };
    return [{ message, section: first.now, refusedBy }];
  },
};
