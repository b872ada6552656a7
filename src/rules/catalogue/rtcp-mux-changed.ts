import { a, anAnswer, anOffer, b, conversation, edit } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { hadMux, muxless, muxRefusal } from '../rtcp-mux.ts';
import { cite, type Rule } from '../rule.ts';

export const rtcpMuxChanged: Rule = {
  id: 'rtcp-mux-changed',
  severity: 'error',
  scope: 'succession',
  title: 'a later description drops a=rtcp-mux',
  cites: [cite('RFC 5761', '5.1.3'), cite('RFC 9429', '5.8.3')],
  explain:
    'Whether RTP and RTCP share a transport is settled by the first answer. A later description without a=rtcp-mux asks for a second transport that nobody has; Chrome and Firefox refuse it.',
  fix: 'Keep a=rtcp-mux in every later offer and answer. Look for code that rebuilds sections instead of editing the last description.',
  examples: {
    bad: [
      conversation(
        'the second offer is without it',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(edit(anOffer(['audio'], { version: 3 }), ['a=rtcp-mux\r\n', ''])),
      ),
    ],
    good: [
      conversation(
        'kept',
        a.offers(anOffer()),
        b.answers(anAnswer()),
        a.offers(anOffer(['audio'], { version: 3 })),
        b.answers(anAnswer(['audio'], { version: 3 })),
      ),
    ],
  },
  check: ({ description }) => {
    const sections = muxless(description);
    const dropped = sections.filter((section) => hadMux(description, section));
    const [first] = dropped;
    if (!first) return [];
    const message = `${whose(description)} drops a=rtcp-mux of ${namesOf(dropped)}, which had it before.`;
    return [{ message, section: first, refusedBy: muxRefusal(description, sections) }];
  },
};
