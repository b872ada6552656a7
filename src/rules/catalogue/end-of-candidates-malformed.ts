import { visible } from '../../sdp/printable.ts';
import { chromeCandidate } from '../browser.ts';
import { isEndLine, isOddEnd } from '../end-of-candidates.ts';
import { a, anOffer, candidateOf, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const endOfCandidatesMalformed: Rule = {
  id: 'end-of-candidates-malformed',
  severity: 'error',
  scope: 'candidate',
  title: 'the end of candidates is written as a candidate nobody can read',
  cites: [cite('W3C webrtc-pc', '4.4.1.7'), cite('RFC 8840', '8'), cite('RFC 8840', '9')],
  explain:
    'Between browsers the end of candidates is null or a candidate whose text is empty. The line end-of-candidates belongs into descriptions and SDP fragments; handed to addIceCandidate it is an error in Chrome, like the words null and undefined.',
  fix: "Send event.candidate as it is, null included, or candidate: ''. Check for null before you take members of it.",
  exceptions: 'The line a=end-of-candidates inside a description is right.',
  examples: {
    bad: [
      conversation('the SDP line as a candidate', a.offers(anOffer()), a.sends('a=end-of-candidates')),
      conversation('the word null', a.offers(anOffer()), a.sends('null')),
    ],
    good: [
      conversation('null', a.offers(anOffer()), a.sends(candidateOf('a')), a.endsCandidates()),
      conversation('an empty candidate', a.offers(anOffer()), a.sends(candidateOf('a')), a.sends('')),
    ],
  },
  check: ({ record }) => {
    if (!isOddEnd(record.text)) return [];
    const colon = record.text.includes(':');
    return [
      {
        message: `${visible(record.from, 30)} ends its candidates with ${isEndLine(record.text) ? 'the SDP line' : 'the word'} '${visible(record.text, 40)}' as a candidate; Chrome refuses it.`,
        mid: record.mid ?? null,
        refusedBy: {
          chrome: chromeCandidate(),
          ...(colon ? {} : { firefox: `OperationError: Invalid candidate, no ':' (${record.text})` }),
        },
      },
    ];
  },
};
