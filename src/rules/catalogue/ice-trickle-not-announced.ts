import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation, edit } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { cite, type Rule } from '../rule.ts';
import { taggedSections } from '../transport.ts';

const COMPLETE = [
  'a=ice-options:trickle\r\n',
  'a=candidate:1 1 udp 2122260223 192.0.2.20 50000 typ host\r\na=end-of-candidates\r\n',
] as const;

export const iceTrickleNotAnnounced: Rule = {
  id: 'ice-trickle-not-announced',
  severity: 'info',
  scope: 'candidate',
  title: 'candidates are trickled to a side that has not announced trickle',
  cites: [cite('RFC 8840', '4.1.1'), cite('RFC 8838', '3'), cite('RFC 8838', '16'), cite('RFC 9429', '4.1.15')],
  explain:
    'A side whose description has all its candidates and no a=ice-options:trickle may not understand candidates that come later. Browsers announce trickle and send single candidates regardless; a server without trickle support only sees those inside the description.',
  fix: 'If the other side ignores single candidates, wait for the end of gathering and send the complete localDescription.',
  exceptions:
    'Many servers take single candidates through a command of their own without saying so in the description.',
  examples: {
    bad: [
      conversation(
        'b announces no trickle, a trickles',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), COMPLETE)),
        a.sends(candidateOf('a')),
      ),
    ],
    good: [conversation('b announces trickle', a.offers(anOffer()), b.answers(anAnswer()), a.sends(candidateOf('a')))],
  },
  check: ({ record, session }) => {
    const other = session.sides.get(record.to);
    const peer = other?.lastAnswer ?? other?.lastOffer;
    if (!peer || peer.seq > record.seq || !firstOf(session, `trickle ${record.from}`, record)) return [];
    const sections = taggedSections(peer.sdp);
    const complete = sections.some((section) => section.candidates.length > 0);
    if (!complete || sections.some(({ ice }) => ice.options?.value.includes('trickle'))) return [];
    return [
      {
        message: `${visible(record.from, 30)} trickles candidates, but the ${peer.type} of ${visible(record.to, 30)} is complete and does not announce trickle.`,
        mid: null,
        related: [peer.seq],
      },
    ];
  },
};
