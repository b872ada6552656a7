import { type End, endsOf } from '../ends.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { type Gathered, isFinished } from '../gathered.ts';
import { cite, type Rule } from '../rule.ts';

/** What a side can do, where all its candidates have known addresses and none is a relay, which can reach any family. */
function isDefinite({ gathered }: End): boolean {
  return gathered.usable > 0 && gathered.hidden === 0 && gathered.unknown === 0 && gathered.relay === 0;
}

function reasonAgainst(one: Gathered, two: Gathered): string | undefined {
  if ((one.udp4 > 0 && two.udp4 > 0) || (one.udp6 > 0 && two.udp6 > 0)) return undefined;
  const [tcp, otherTcp] = [one, two].map((g) => g.tcpActive + g.tcpPassive) as [number, number];
  if ((one.tcpActive > 0 && two.tcpPassive > 0) || (one.tcpPassive > 0 && two.tcpActive > 0)) return undefined;
  if (one.udp4 + one.udp6 > 0 && two.udp4 + two.udp6 > 0) return 'one side only has IPv4, the other only IPv6';
  if (tcp > 0 && otherTcp > 0) return 'both only have TCP, and neither a counterpart for the other';
  return 'one side only has UDP, the other only TCP';
}

export const candidatesIncompatible: Rule = {
  id: 'candidates-incompatible',
  severity: 'warning',
  scope: 'session',
  title: 'no candidate of one side fits any of the other',
  cites: [cite('RFC 8445', '6.1.2.2'), cite('RFC 6544', '6.2')],
  explain:
    'Candidates are paired only within one address family and one transport, and an active TCP candidate only with a passive one. If no pair is left, no check is ever sent.',
  fix: 'Give one side the missing address family, or a TURN server, which can translate.',
  exceptions: 'Relays, host names and hidden addresses may be of either family; then nothing is said.',
  examples: {
    bad: [
      conversation(
        'IPv4 meets IPv6',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a', { address: '203.0.113.10' })),
        a.endsCandidates(),
        b.sends(candidateOf('b', { address: '2001:db8::20' })),
        b.endsCandidates(),
      ),
    ],
    good: [
      conversation(
        'one common family is enough',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a', { address: '203.0.113.10' })),
        a.endsCandidates(),
        b.sends(candidateOf('b', { address: '2001:db8::20' })),
        b.sends(candidateOf('b', { address: '203.0.113.20' })),
        b.endsCandidates(),
      ),
    ],
  },
  check: ({ session, now }) => {
    const ends = endsOf(session);
    if (!ends?.every((end) => isDefinite(end) && isFinished(end.generation, end.gathered, now))) return [];
    const [one, two] = ends;
    const reason = reasonAgainst(one.gathered, two.gathered);
    if (reason === undefined) return [];
    const later = one.generation.since.seq > two.generation.since.seq ? one : two;
    return [
      {
        message: `No candidate pair is possible: ${reason}.`,
        side: later.side.party,
        event: later.generation.since.seq,
        mid: null,
      },
    ];
  },
};
