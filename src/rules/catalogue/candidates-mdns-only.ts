import { visible } from '../../sdp/printable.ts';
import { endsOf, hasFailed } from '../ends.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { isFinished } from '../gathered.ts';
import { cite, type Report, type Rule } from '../rule.ts';

const HIDDEN = '0a1b2c3d-0000-4000-8000-000000000001.local';

export const candidatesMdnsOnly: Rule = {
  id: 'candidates-mdns-only',
  severity: 'info',
  scope: 'session',
  title: 'all candidates of a side are hidden behind .local names',
  cites: [cite('draft-ietf-mmusic-mdns-ice-candidates', '3'), cite('RFC 8828', '5.2')],
  explain:
    'Without permission for camera or microphone a browser hides its addresses behind mDNS names, which only hosts of the same network can resolve, and many servers not at all. Without a STUN or TURN result nobody else can reach that side.',
  fix: 'Configure a STUN and a TURN server. Where it is allowed, ask for camera or microphone before the call.',
  exceptions: 'In one network, and towards a public server, this is enough.',
  examples: {
    bad: [
      conversation(
        'a gives .local names only',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.sends(candidateOf('b', { address: '192.168.1.20' })),
        a.sends(candidateOf('a', { address: HIDDEN })),
        a.endsCandidates(),
      ),
    ],
    good: [
      conversation(
        'the other side is public',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.sends(candidateOf('b', { address: '203.0.113.20' })),
        a.sends(candidateOf('a', { address: HIDDEN })),
        a.endsCandidates(),
      ),
    ],
  },
  check: ({ session, now }) => {
    const ends = endsOf(session);
    if (!ends) return [];
    return ends.flatMap(({ side, gathered, generation }, i): Report[] => {
      const other = ends[i === 0 ? 1 : 0];
      if (gathered.hidden === 0 || gathered.hidden < gathered.total || other.gathered.publicHosts > 0) return [];
      if (!isFinished(generation, gathered, now)) return [];
      const failed = hasFailed(side) || hasFailed(other.side);
      const [who, whom] = [side, other.side].map(({ party }) => visible(party, 30));
      return [
        {
          message: `${who} hides its addresses behind .local names and has no STUN or TURN result: ${whom} ${failed ? 'could not reach it' : 'can only reach it in the same network'}.`,
          severity: failed ? 'warning' : 'info',
          side: side.party,
          // Once for the session: later generations are gathered in the same place.
          event: side.generations[0]?.since.seq ?? generation.since.seq,
          mid: null,
        },
      ];
    });
  },
};
