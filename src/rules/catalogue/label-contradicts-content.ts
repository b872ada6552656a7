import { visible } from '../../sdp/printable.ts';
import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const labelContradictsContent: Rule = {
  id: 'label-contradicts-content',
  severity: 'warning',
  scope: 'event',
  title: 'a message is called an answer and holds an offer, or the other way round',
  cites: [cite('RFC 3264', '4'), cite('RFC 8842', '5.3')],
  explain:
    'The name of the message says one thing, its description another: by its own type, or because a=setup:actpass stands only in offers. A receiver that goes by the name hands the description to setRemoteDescription with the wrong type, which rejects.',
  fix: 'Take the type from the RTCSessionDescription itself, and name the message after it.',
  exceptions:
    'Systems that name messages by who asks: BigBlueButton sends a viewer its offer as sdpAnswer. If both sides know it, nothing breaks.',
  examples: {
    bad: [
      conversation('the server relays every description as "offer"', a.offers(anOffer()), {
        ...b.answers(anAnswer()),
        label: 'offer',
      }),
      conversation('an SFU answers a request with an offer of its own', { ...a.offers(anOffer()), label: 'sdpAnswer' }),
    ],
    good: [
      conversation(
        'names that fit',
        { ...a.offers(anOffer()), label: 'video-offer' },
        { ...b.answers(anAnswer()), label: 'call-accepted' },
      ),
    ],
  },
  check: ({ event, session }) => {
    if (event.kind !== 'message') return [];
    return event.signals.flatMap((signal) => {
      if (!('sdp' in signal) || signal.mislabelled === undefined || !isOf(signal.pc, session.pc)) return [];
      const { type, mislabelled, assumed } = signal;
      const because = assumed === undefined ? `its type is ${type}` : assumed.because;
      return [
        {
          message: `The message is called '${visible(mislabelled, 40)}', but holds ${type === 'offer' ? 'an offer' : `an ${type}`} (${visible(because, 60)}).`,
          mid: null,
        },
      ];
    });
  },
};

/** A session's id may have a number behind it when it is used again. */
const isOf = (pc: string, session: string): boolean => session === pc || session.startsWith(`${pc}#`);
