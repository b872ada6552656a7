import { a, anAnswer, anOffer, b, conversation } from '../example.ts';
import { cite, type Rule } from '../rule.ts';

/** So many are no longer explained by messages that were under way. */
const MANY = 10;
const STRAY = 'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host';

export const messageAfterClose: Rule = {
  id: 'message-after-close',
  severity: 'info',
  scope: 'event',
  title: 'messages for a session that is over',
  cites: [cite('W3C webrtc-pc', '4.4.1')],
  explain:
    'After close() every call on the peer connection rejects with InvalidStateError. A few late candidates are normal; a stream of them means that one side never heard of the end.',
  fix: 'Send the goodbye to everyone who takes part, and remove the signaling handlers of a closed peer connection.',
  examples: {
    bad: [
      conversation(
        'a candidate comes after the goodbye',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.leaves(),
        a.sends(STRAY, { ufrag: 'aUf1' }),
      ),
    ],
    good: [
      conversation(
        'a new call after the goodbye',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        b.leaves(),
        a.offers(anOffer(['audio'], { generation: 2 })),
      ),
    ],
  },
  check: ({ event, session, model }) => {
    const end = session.closedBy;
    if (end === undefined || event.seq <= end || event.kind !== 'message') return [];
    const gathered = model.gathered.get(event.seq)?.some((record) => record.pc === session.pc) === true;
    const described = model.described.get(event.seq)?.some((one) => one.pc === session.pc) === true;
    if (!gathered && !described) return [];
    const late = session.candidates.slice(-MANY);
    const first = late.find((record) => record.seq > end);
    const many = late.length === MANY && late[0] === first;
    if (!many && first !== undefined && gathered && first.seq !== event.seq) return [];
    return [
      {
        message: many
          ? `${MANY} candidates and more have come after the session ended.`
          : `${event.from} sends a ${described ? 'description' : 'candidate'} after the session ended.`,
        severity: many ? 'warning' : 'info',
        related: [end],
        mid: null,
        ...(many && first ? { event: first.seq } : {}),
      },
    ];
  },
};
