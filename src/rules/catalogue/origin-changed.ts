import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { Origin } from '../../sdp/sdp.ts';
import { writerOf } from '../../sdp/writer.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { isReplaced } from '../replaced.ts';
import { cite, type Rule } from '../rule.ts';

const NEW_FINGERPRINT = [/A1:01:02:03/g, 'C7:01:02:03'] as const;

export const originChanged: Rule = {
  id: 'origin-changed',
  severity: 'warning',
  scope: 'succession',
  title: 'another session id in o=, perhaps another RTCPeerConnection',
  cites: [cite('RFC 3264', '8'), cite('RFC 9429', '5.2.2')],
  explain:
    'The o= line keeps its session id for the life of a peer connection. When certificate and ICE credentials change with it, the side has started a new RTCPeerConnection while the other side still uses its old one, and will see a certificate it does not know.',
  fix: 'After re-creating a peer connection tell the other side to re-create its own, and start with a first offer.',
  exceptions: 'Some stacks (aiortc, werift, libdatachannel, Kurento) write a new id into every description.',
  examples: {
    bad: [
      conversation(
        'b answers with a new peer connection, a keeps its old one',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3, generation: 2 })),
        b.answers(
          edit(anAnswer(undefined, { generation: 2 }), ['o=- 8722', 'o=- 5999'], [/B1:01:02:03/g, 'D7:01:02:03']),
        ),
      ),
      conversation(
        'the same peer connection, another id',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(edit(anOffer(undefined, { version: 3 }), ['o=- 4611', 'o=- 5999'])),
      ),
    ],
    good: [
      conversation(
        'the version grows, the id stays',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(undefined, { version: 3 })),
      ),
      conversation(
        'a new peer connection from the first offer on',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.leaves(),
        a.offers(edit(anOffer(undefined, { generation: 2 }), ['o=- 4611', 'o=- 5999'], NEW_FINGERPRINT)),
      ),
    ],
  },
  check: ({ description, before }) => {
    const [old, now] = [before.sdp.origin, description.sdp.origin];
    if (!old || !now) return [];
    const { from, round } = description;
    const opposite = description.type !== 'offer' && round?.cause === 'new-pc';
    if (isReplaced(before, description)) {
      const unasked = description.type !== 'offer' && !opposite;
      const severity = unasked ? 'warning' : 'info';
      return [
        { message: `${newConnection(description, old, now)}${unasked ? OLD_ONE : ''}.`, severity, line: now.line },
      ];
    }
    if (old.sessionId === now.sessionId) {
      if (!opposite) return [];
      const message = `${visible(from, 30)} answers the new RTCPeerConnection of ${visible(description.to, 30)} with its old one: certificates and sections of two calls meet.`;
      return [{ message, line: now.line }];
    }
    if (VOLATILE.has(writerOf(description.sdp)) || old.sessionId === old.sessionVersion || old.sessionVersion === '0')
      return [];
    const message = `The session id of ${whose(description)} changed from ${visible(old.sessionId, 24)} to ${visible(now.sessionId, 24)}; certificate or credentials stayed, so it is still the same connection.`;
    return [{ message, severity: 'info', line: now.line }];
  },
};

const OLD_ONE = ', while the other side goes on with its old one';
const VOLATILE = new Set<string>(['aiortc', 'libdatachannel', 'gstreamer', 'mediasoup-client']);

function newConnection(description: Description, old: Origin, now: Origin): string {
  const ids = `${visible(old.sessionId, 24)} to ${visible(now.sessionId, 24)}`;
  return `The session id of ${whose(description)} changed from ${ids}, with certificate and ICE credentials: ${visible(description.from, 30)} has started a new RTCPeerConnection`;
}
