import { transportSection } from '../../sdp/bundle.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const dtlsSetupConflict: Rule = {
  id: 'dtls-setup-conflict',
  severity: 'error',
  scope: 'pair',
  title: 'both sides want the same DTLS role',
  cites: [cite('RFC 4145', '4.1'), cite('RFC 8842', '5.3')],
  explain:
    'If both sides are active, two clients wait for a server; if both are passive, nobody starts the handshake. Signaling and ICE succeed, and then nothing flows.',
  fix: 'Answer passive to an active offer and active to a passive one; better, offer actpass and let the answer choose.',
  exceptions: 'An offer with actpass fits both answers.',
  examples: {
    bad: [
      conversation(
        'active meets active',
        a.offers(anOffer(undefined, { setup: 'active' })),
        b.answers(anAnswer(undefined, { setup: 'active' })),
      ),
    ],
    good: [
      conversation(
        'active meets passive',
        a.offers(anOffer(undefined, { setup: 'active' })),
        b.answers(anAnswer(undefined, { setup: 'passive' })),
      ),
    ],
  },
  check: ({ offer, answer, accepted }) => {
    const clash = accepted.find(({ offered, answered }) => {
      const role = answered.dtls.setup?.value.toLowerCase();
      if (transportSection(answer.sdp, answered) !== answered || (role !== 'active' && role !== 'passive'))
        return false;
      return offered.dtls.setup?.value.toLowerCase() === role;
    });
    if (!clash) return [];
    const { answered } = clash;
    return [
      {
        message: `${whose(offer)} and ${whose(answer)} both say a=setup:${answered.dtls.setup?.value.toLowerCase()} for ${nameOf(answered)}: ${answered.dtls.setup?.value.toLowerCase() === 'active' ? 'two DTLS clients and no server' : 'nobody starts the DTLS handshake'}.`,
        section: answered,
        line: answered.dtls.setup?.line ?? answered.line,
      },
    ];
  },
};
