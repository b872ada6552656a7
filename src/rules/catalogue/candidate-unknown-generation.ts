import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { isMasked } from '../masked.ts';
import { cite, type Rule } from '../rule.ts';

/** As long as a description may lag behind its candidates (guard G10). */
const GRACE = 5000;

export const candidateUnknownGeneration: Rule = {
  id: 'candidate-unknown-generation',
  severity: 'warning',
  scope: 'candidate',
  title: 'a candidate has a user fragment that was never described',
  cites: [cite('RFC 9429', '3.5.2.1'), cite('RFC 8839', '5.4'), cite('W3C webrtc-pc', '4.4.1.7')],
  explain:
    'The user fragment tells which description a candidate belongs to. If no description brings it, the sender has set a local description that was never sent, for example because createOffer ran twice. Firefox refuses the candidate; Chrome stores it and never uses it.',
  fix: 'Send every description that is set locally, and make offers one after the other.',
  exceptions:
    'A candidate may overtake its description by some seconds. If a description is missing from the capture, this cannot be told.',
  examples: {
    bad: [
      conversation(
        'the candidates of an offer that was never sent',
        a.offers(anOffer(), 0),
        b.answers(anAnswer(), 100),
        a.sends(candidateOf('a', { ufrag: 'h4Zk' }), { t: 200 }),
        a.sends(candidateOf('a'), { t: 6000 }),
      ),
    ],
    good: [
      conversation(
        'the candidate overtakes the offer of a restart',
        a.offers(anOffer(), 0),
        b.answers(anAnswer(), 100),
        a.sends(candidateOf('a', { ufrag: 'aUf2' }), { t: 200 }),
        a.offers(anOffer(undefined, { version: 3, generation: 2 }), 300),
        b.answers(anAnswer(undefined, { version: 3, generation: 2 }), 400),
      ),
    ],
  },
  check: ({ record, described, session, now }) => {
    const ufrag = record.usernameFragment ?? record.candidate?.ufrag;
    if (record.generation || !described || session.partial || now - record.t < GRACE) return [];
    if (ufrag === undefined || ufrag === '' || isMasked(ufrag)) return [];
    if (!firstOf(session, `generation ${record.from} ${ufrag}`, record)) return [];
    if (described.sdp.media.some(({ ice }) => ice.ufrag && isMasked(ice.ufrag.value))) return [];
    const who = visible(record.from, 30);
    return [
      {
        message: `${who} gathers for the user fragment '${visible(ufrag, 24)}', which no description of ${who} has brought to ${visible(record.to, 30)}: a local description that was never sent.`,
        mid: record.mid ?? null,
        related: [described.seq],
        refusedBy: { firefox: `OperationError: Unknown ufrag (${ufrag})` },
      },
    ];
  },
};
