import { visible } from '../../sdp/printable.ts';
import { chromeCandidate } from '../browser.ts';
import { isOddEnd } from '../end-of-candidates.ts';
import { a, anOffer, candidateOf, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const candidateNoTarget: Rule = {
  id: 'candidate-no-target',
  severity: 'error',
  scope: 'candidate',
  title: 'a candidate names neither sdpMid nor sdpMLineIndex',
  cites: [cite('W3C webrtc-pc', '4.4.1.7')],
  explain:
    'addIceCandidate has to know the section a candidate is for. Without sdpMid and sdpMLineIndex both browsers throw a TypeError. Usually the members got lost because they were renamed on the way, for example to sdp_mid, id or label.',
  fix: 'Send sdpMid and sdpMLineIndex under exactly these names; event.candidate.toJSON() has them.',
  exceptions: 'null and an empty candidate need no target.',
  examples: {
    bad: [conversation('both are null', a.offers(anOffer()), a.sends(candidateOf('a'), { mid: null, mLine: null }))],
    good: [
      conversation('the index alone is enough', a.offers(anOffer()), a.sends(candidateOf('a'), { mid: null })),
      conversation('the end needs none', a.offers(anOffer()), a.sends(candidateOf('a')), a.endsCandidates()),
    ],
  },
  check: ({ record }) => {
    if (record.mid !== undefined || record.mLine !== undefined || isOddEnd(record.text)) return [];
    return [
      {
        message: `A candidate of ${visible(record.from, 30)} says neither sdpMid nor sdpMLineIndex; Chrome and Firefox throw a TypeError.`,
        refusedBy: {
          chrome: chromeCandidate('Candidate missing values for both sdpMid and sdpMLineIndex', 'TypeError'),
          firefox: 'TypeError: Cannot add a candidate without specifying either sdpMid or sdpMLineIndex',
        },
      },
    ];
  },
};
