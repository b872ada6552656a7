import { endsOf, hasFailed } from '../ends.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { isFinished } from '../gathered.ts';
import { cite, type Rule } from '../rule.ts';

export const candidatesNoRelay: Rule = {
  id: 'candidates-no-relay',
  severity: 'info',
  scope: 'session',
  title: 'no side has a relay, and none is public',
  cites: [cite('RFC 8835', '3.4'), cite('RFC 8445', '2')],
  explain:
    'With private and reflexive addresses alone a call works in one network and through friendly NATs. Behind two strict ones it fails, and nothing but a TURN server helps.',
  fix: 'Configure a TURN server on at least one side and check that a candidate of type relay appears.',
  exceptions: 'A side with a public host address, as servers have, needs no relay.',
  examples: {
    bad: [
      conversation(
        'private addresses on both sides',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a', { address: '192.168.1.10' })),
        a.endsCandidates(),
        b.sends(candidateOf('b', { address: '10.0.0.20' })),
        b.endsCandidates(),
      ),
    ],
    good: [
      conversation(
        'a has a relay',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.sends(candidateOf('a', { address: '203.0.113.1', type: 'relay raddr 0.0.0.0 rport 0' })),
        a.endsCandidates(),
        b.sends(candidateOf('b', { address: '10.0.0.20' })),
        b.endsCandidates(),
      ),
    ],
  },
  check: ({ session, now }) => {
    const ends = endsOf(session);
    if (!ends?.every(({ generation, gathered }) => gathered.usable > 0 && isFinished(generation, gathered, now)))
      return [];
    if (ends.some(({ gathered }) => gathered.relay > 0 || gathered.publicHosts > 0 || gathered.unknown > 0)) return [];
    const failed = ends.some(({ side }) => hasFailed(side));
    const first = session.rounds.find(({ state }) => state === 'complete');
    return [
      {
        message: `Neither side has sent a relay candidate or a public address; ${failed ? 'the connection has failed, and a TURN server might have helped' : 'across strict NATs this will not connect'}.`,
        severity: failed ? 'warning' : 'info',
        side: first?.offerer ?? '',
        event: first?.offer.seq ?? 0,
        mid: null,
      },
    ];
  },
};
