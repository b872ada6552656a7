import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const descriptionReflected: Rule = {
  id: 'description-reflected',
  severity: 'error',
  stage: 'structure',
  scope: 'description',
  title: 'a party gets its own description back',
  cites: [cite('RFC 3264', '4'), cite('RFC 8445', '5.3')],
  explain:
    'The description carries the ICE credentials and the certificate of the side it is sent to. A channel that echoes messages to their sender makes a page apply its own offer as the remote one, which rolls the real one back.',
  fix: 'Drop messages whose sender is yourself, or have the server leave the sender out of the broadcast.',
  exceptions: 'Equal o= lines alone: GStreamer copies the id and version of the offer into its answer.',
  examples: {
    bad: [conversation('a broadcast echoes the offer as if b had sent it', a.offers(anOffer()), b.offers(anOffer()))],
    good: [conversation('b answers with its own credentials', a.offers(anOffer()), b.answers(anAnswer()))],
  },
  check: ({ description }) => {
    const original = description.reflects;
    if (!original) return [];
    return [
      {
        message: `${description.from}'s ${description.type} is ${description.to}'s own ${original.type} #${original.number}: same ICE credentials, same certificate.`,
        related: [original.seq],
      },
    ];
  },
};
