import type { Codec } from '../../sdp/sdp.ts';
import { encodingOf, isNamed, listed, sharedCodecs } from '../codecs.ts';
import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type PairSubject, type Report, type Rule } from '../rule.ts';

export const codecPtConflictInAnswer: Rule = {
  id: 'codec-pt-conflict-in-answer',
  severity: 'error',
  scope: 'pair',
  title: 'one payload type, two codecs in offer and answer',
  cites: [cite('RFC 3264', '6.1'), cite('RFC 3264', '8.3.2')],
  explain:
    'The answer uses a payload type of the offer for another codec, as a server with fixed numbers does. Chrome and Firefox accept it without a word, and packets of that number may reach the wrong decoder.',
  fix: 'Take the payload types from the offer instead of fixed ones; a codec the offer lacks needs a number the offer does not use.',
  exceptions: 'A static number (0 to 34) may have an a=rtpmap on one side only.',
  examples: {
    bad: [
      conversation(
        'a server that always says 96 is H264',
        a.offers(
          edit(anOffer(['video']), ['96 97', '96 97 98'], ['a=rtpmap:97', 'a=rtpmap:98 VP9/90000\r\na=rtpmap:97']),
        ),
        b.answers(
          edit(
            anAnswer(['video']),
            ['96 97', '98 96'],
            [
              /a=rtpmap:96[\s\S]*apt=96\r\n/,
              'a=rtpmap:98 VP9/90000\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=42e01f\r\n',
            ],
          ),
        ),
      ),
    ],
    good: [
      conversation(
        'a static number without a=rtpmap',
        a.offers(anOffer()),
        b.answers(edit(anAnswer(), ['a=rtpmap:0 PCMU/8000\r\n', ''])),
      ),
    ],
  },
  check: (subject) => subject.accepted.flatMap((pair) => conflicts(subject, pair)),
};

function conflicts({ answer }: PairSubject, { offered, answered }: PairSubject['accepted'][number]): Report[] {
  // Nothing shared at all is the worse finding, and the cause.
  if (sharedCodecs(offered, answered).length === 0) return [];
  const known = new Map(offered.codecs.map((codec) => [codec.payloadType, codec]));
  const changed = answered.codecs.flatMap((now) => {
    const was = known.get(now.payloadType);
    return was && differ(was, now) ? [{ was, now }] : [];
  });
  const [first] = changed;
  if (!first) return [];
  const which = listed(
    changed.map(({ was, now }) => `${now.payloadType} is ${encodingOf(now)}, offered as ${encodingOf(was)}`),
  );
  const message = `${whose(answer)} gives payload types of ${nameOf(answered)} another codec than the offer: ${which}.`;
  return [{ message, section: answered, line: first.now.rtpmapLine ?? answered.line }];
}

function differ(was: Codec, now: Codec): boolean {
  if (was.name === '' || now.name === '' || was.clockRate === 0 || now.clockRate === 0) return false;
  // Opus with another clock rate or channel count has a rule of its own.
  if (isNamed(was, 'opus') && isNamed(now, 'opus')) return false;
  return was.name.toLowerCase() !== now.name.toLowerCase() || was.clockRate !== now.clockRate;
}
