import { visible } from '../../sdp/printable.ts';
import { a, anOffer, candidateOf, conversation } from '../example.ts';
import { firstOf } from '../first-of.ts';
import { cite, type Rule } from '../rule.ts';
import { unusable } from '../unusable.ts';

export const candidateUnusableTarget: Rule = {
  id: 'candidate-unusable-target',
  severity: 'info',
  scope: 'candidate',
  title: 'a candidate nobody else can reach',
  cites: [cite('RFC 8445', '5.1.1.1'), cite('RFC 8839', '5.1'), cite('RFC 6544', '4.5')],
  explain:
    'Browsers accept such a candidate without an error and then drop it or never get an answer from it: a port of 0 or 9, the unspecified, loopback, link-local or a multicast address. As one among others it does no harm; if a side has no other, candidates-none says so.',
  fix: 'Bind the ICE agent to an address others can reach, and announce the real port.',
  exceptions: 'tcp active candidates have port 9 by definition. Loopback is enough if both sides run on one machine.',
  examples: {
    bad: [conversation('port 0', a.offers(anOffer()), a.sends(candidateOf('a', { port: 0 })))],
    good: [
      conversation(
        'tcp active, port 9',
        a.offers(anOffer()),
        a.sends(candidateOf('a', { transport: 'tcp', port: 9, type: 'host tcptype active' })),
      ),
    ],
  },
  check: ({ record, session }) => {
    const why = record.candidate && unusable(record.candidate);
    if (!record.candidate || !why) return [];
    if (!firstOf(record.generation ?? session, `unusable ${record.from} ${why}`, record)) return [];
    const { address, port, transport } = record.candidate;
    return [
      {
        message: `The candidate ${visible(address, 45)} port ${port}/${visible(transport, 8)} of ${visible(record.from, 30)} has ${why}; both browsers accept it without a word.`,
        mid: record.mid ?? null,
      },
    ];
  },
};
