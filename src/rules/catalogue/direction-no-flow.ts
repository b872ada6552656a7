import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { writerOf } from '../../sdp/writer.ts';
import { establishedBy } from '../bundle.ts';
import { contradicts, receives, sends } from '../direction.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';

type Accepted = PairSubject['accepted'][number];

const as = (direction: string) => [{ kind: 'audio', direction }] as const;
const MSID = 'a=msid:stream-b track-b-0\r\n';

export const directionNoFlow: Rule = {
  id: 'direction-no-flow',
  severity: 'info',
  scope: 'pair',
  title: 'offer and answer agree on less media than was announced',
  cites: [cite('RFC 3264', '6.1'), cite('RFC 3264', '8.4'), cite('RFC 9429', '5.3.1')],
  explain:
    'What flows is what one side sends and the other receives. Nothing tells an application that a section ended up one-way or silent; the usual cause is a side that had not added its track yet when it answered.',
  fix: 'If media was expected: add the track, or set transceiver.direction, before createAnswer, or negotiate again afterwards.',
  exceptions:
    'Publishing, watching and hold look the same, so it is a warning only where the answerer sent before, is not asked to stop, and still names its track.',
  examples: {
    bad: [
      conversation('declined by inactive', a.offers(anOffer(as('sendonly'))), b.answers(anAnswer(as('inactive')))),
      conversation(
        'one-way, although both name a track',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(as('recvonly')), ['a=rtcp-mux\r\n', `${MSID}a=rtcp-mux\r\n`])),
      ),
    ],
    good: [
      conversation('both send', a.offers(anOffer()), b.answers(anAnswer())),
      conversation('a publisher', a.offers(anOffer(as('sendonly'))), b.answers(anAnswer(as('recvonly')))),
      conversation('on hold by the offer', a.offers(anOffer(as('inactive'))), b.answers(anAnswer(as('inactive')))),
    ],
  },
  check: (subject) => {
    const rtp = subject.accepted.filter(
      ({ offered, answered }) => offered.kind !== 'application' && !contradicts(offered, answered),
    );
    const groups = new Map<string, Accepted[]>();
    for (const pair of rtp) {
      if (!isLess(pair) || wasSo(subject, pair)) continue;
      const key = `${pair.offered.direction} ${pair.answered.direction} ${stops(subject, pair)}`;
      groups.set(key, [...(groups.get(key) ?? []), pair]);
    }
    return [...groups.values()].map((pairs) => reportOf(subject, pairs));
  },
};

/** Nothing flows although the offerer would send, or one way only although both name a track. */
function isLess({ offered, answered }: Accepted): boolean {
  if (!sends(offered)) return false;
  if (!receives(answered) && !sends(answered)) return true;
  return (
    !(receives(answered) && sends(answered)) && named(offered) && named(answered) && offered.direction === 'sendrecv'
  );
}

/** The last round had the same result: said once is enough. */
function wasSo({ session, offer, answer }: PairSubject, pair: Accepted): boolean {
  const last = establishedBy(session, answer)?.round;
  const offered = last?.offer.sdp.media[pair.offered.index];
  const answered = last?.answer?.sdp.media[pair.answered.index];
  if (!last || !offered || !answered || offered.rejected || answered.rejected) return false;
  if (offered.mid?.value !== pair.offered.mid?.value) return false;
  const before = sendersOf(last.offerer, last.answerer, { offered, answered });
  return before === sendersOf(offer.from, answer.from, pair);
}

/** Who sends, by name. */
function sendersOf(offerer: string, answerer: string, { offered, answered }: Accepted): string {
  const senders = [
    ...(sends(offered) && receives(answered) ? [offerer] : []),
    ...(sends(answered) && receives(offered) ? [answerer] : []),
  ];
  return senders.sort().join('\n');
}

const named = ({ msids }: MSection): boolean => msids.length > 0;

/**
 * The answerer sent in this section before, is not asked to stop, and still names its track. Browsers keep the track
 * of a section they have stopped sending in, so theirs proves nothing.
 */
function stops({ answer }: PairSubject, { offered, answered }: Accepted): boolean {
  const before = answer.base?.transport.sdp.media[answered.index];
  if (before === undefined || before.rejected || before.mid?.value !== answered.mid?.value) return false;
  const writer = writerOf(answer.sdp);
  if (writer === 'libwebrtc' || writer === 'firefox') return false;
  return receives(offered) && !sends(answered) && sends(before) && named(answered);
}

function reportOf(subject: PairSubject, pairs: readonly Accepted[]): Report {
  const { answer, offer } = subject;
  const { offered, answered } = pairs[0] as Accepted;
  const who = namesOf(pairs.map((pair) => pair.answered));
  const result = !receives(answered) && !sends(answered) ? 'nothing flows' : oneWay(answer.from, offer.from, answered);
  const message = `In ${whose(answer)} ${who} is ${answered.direction} to an offered ${offered.direction}: ${result}.`;
  return { message, severity: stops(subject, pairs[0] as Accepted) ? 'warning' : 'info', section: answered };
}

function oneWay(answerer: string, offerer: string, answered: MSection): string {
  return `only ${visible(receives(answered) ? offerer : answerer, 30)} sends`;
}
