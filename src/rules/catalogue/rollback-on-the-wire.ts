import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

export const rollbackOnTheWire: Rule = {
  id: 'rollback-on-the-wire',
  severity: 'warning',
  scope: 'event',
  title: 'a rollback is sent although no offer is open',
  cites: [cite('RFC 9429', '4.1.10.2'), cite('W3C webrtc-pc', '4.4.1.5')],
  explain:
    'Rollback is something a side does to its own peer connection. Sent to the other side and applied there while it is stable, it rejects with InvalidStateError.',
  fix: 'Do not forward descriptions of type rollback, unless your app defines the message as "I withdraw my offer".',
  exceptions: 'The sender really has an open offer, or refuses the one it got.',
  examples: {
    bad: [conversation('b sends a rollback in stable', a.offers(anOffer()), b.answers(anAnswer()), b.rollsBack())],
    good: [conversation('a withdraws its offer', a.offers(anOffer()), a.rollsBack())],
  },
  check: ({ event, session }) => {
    if (event.kind !== 'message' || session.partial || !event.signals.some(({ type }) => type === 'rollback'))
      return [];
    const used = session.rounds.slice(-4).some((round) => round.endedBy === event.seq);
    if (used) return [];
    return [
      {
        message: `${event.from} sends a rollback to ${event.to} although no offer is open between them.`,
        mid: null,
        refusedBy: {
          chrome:
            "InvalidStateError: Failed to execute 'setRemoteDescription' on 'RTCPeerConnection': Called in wrong signalingState: stable",
          firefox: 'InvalidStateError: Cannot rollback remote description in stable',
        },
      },
    ];
  },
};
