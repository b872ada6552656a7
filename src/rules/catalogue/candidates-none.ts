import { visible } from '../../sdp/printable.ts';
import { endsOf, lastSettled } from '../ends.ts';
import { a, anAnswer, anOffer, b, candidateOf, conversation } from '../example.ts';
import { cite, type Report, type Rule } from '../rule.ts';

const PATIENCE = 10_000;

export const candidatesNone: Rule = {
  id: 'candidates-none',
  severity: 'warning',
  scope: 'session',
  title: 'a side has sent no candidate the other could use',
  cites: [cite('RFC 8838', '9'), cite('RFC 8445', '5.1')],
  explain:
    'Without a candidate the other side has nowhere to send its checks. Either gathering found nothing (iceTransportPolicy relay without a working TURN server), or the application does not pass candidates on.',
  fix: 'Send what icecandidate events bring, or wait for the end of gathering before sending the description. With iceTransportPolicy relay, check the TURN server and its password.',
  exceptions:
    'Towards a public server the candidates of the client do not matter: the server learns its address from the checks.',
  examples: {
    bad: [
      conversation(
        'b never sends one',
        a.offers(anOffer(), 0),
        a.sends(candidateOf('a', { address: '192.168.1.10' }), { t: 50 }),
        b.answers(anAnswer(), 100),
        a.sends(candidateOf('a', { address: '192.168.1.10', port: 50002 }), { t: 11_000 }),
      ),
    ],
    good: [
      conversation(
        'both send one',
        a.offers(anOffer(), 0),
        a.sends(candidateOf('a', { address: '192.168.1.10' }), { t: 50 }),
        b.answers(anAnswer(), 100),
        b.sends(candidateOf('b', { address: '192.168.1.20' }), { t: 200 }),
        a.sends(candidateOf('a', { address: '192.168.1.10', port: 50002 }), { t: 11_000 }),
      ),
    ],
  },
  check: ({ session, recent, now }) => {
    const ends = endsOf(session);
    const answer = lastSettled(recent)?.answer;
    if (!ends || !answer || now - answer.t < PATIENCE) return [];
    return ends.flatMap(({ side, gathered, generation }, i): Report[] => {
      const other = ends[i === 0 ? 1 : 0];
      const live = generation.since.sdp.media.some(({ rejected }) => !rejected);
      // Each candidate of a restart is missed by a rule of its own.
      if (gathered.usable > 0 || !live || side.generations[0] !== generation) return [];
      const reachable = other.gathered.publicHosts > 0 || other.side.committed?.sdp.ice.lite !== undefined;
      const what = gathered.total > 0 ? 'only candidates nobody can reach' : 'no candidate at all';
      return [
        {
          message: `${visible(side.party, 30)} has sent ${what} for its ${generation.since.type}${reachable ? ', which does not matter towards a public server' : ''}.`,
          severity: reachable ? 'info' : 'warning',
          side: side.party,
          event: generation.since.seq,
          mid: null,
        },
      ];
    });
  },
};
