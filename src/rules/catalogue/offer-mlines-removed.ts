import { firefoxRefuses } from '../browser.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { firefoxOnSuccession } from '../firefox-answer.ts';
import { chromeOnOrder } from '../mids.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const offerMlinesRemoved: Rule = {
  id: 'offer-mlines-removed',
  severity: 'error',
  stage: 'structure',
  plainToo: true,
  scope: 'succession',
  title: 'a new offer has fewer sections than the session',
  cites: [cite('RFC 3264', '8'), cite('RFC 9429', '5.2.2')],
  explain:
    'Sections are never taken out of a session: one that is no longer used stays in every later offer with port 0. Both browsers refuse an offer with fewer sections than were agreed before.',
  fix: 'Stop the transceiver instead of deleting its section. If the offer comes from a new RTCPeerConnection, the other side needs a new one, too.',
  examples: {
    bad: [
      conversation(
        'video deleted after the first round',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio'], { version: 3 })),
      ),
    ],
    good: [
      conversation(
        'video stopped',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(anAnswer(['audio', 'video'])),
        a.offers(anOffer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }], { version: 3 })),
      ),
      conversation(
        'a smaller offer instead of an unanswered one',
        a.offers(anOffer(['audio', 'video'])),
        a.offers(anOffer(['audio'], { version: 3 }), 9000),
      ),
    ],
  },
  check: ({ description, before }) => {
    const [now, old] = [description.sdp.media, before.sdp.media];
    if (description.type !== 'offer' || now.length >= old.length) return [];
    const firefox = firefoxOnSuccession(description);
    const message = `${whose(description)} has ${now.length} ${now.length === 1 ? 'section' : 'sections'}, but ${old.length} were agreed before: ${namesOf(old.slice(now.length))} must stay, with port 0.`;
    const refusedBy = { chrome: chromeOnOrder(description), ...(firefox ? { firefox: firefoxRefuses(firefox) } : {}) };
    return [{ message, mid: null, refusedBy }];
  },
};
