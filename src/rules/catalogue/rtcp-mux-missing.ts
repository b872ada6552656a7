import { a, anAnswer, anOffer, b, conversation, edit, editSection } from '../example.ts';
import { namesOf, whose } from '../naming.ts';
import { hadMux, muxless, muxRefusal } from '../rtcp-mux.ts';
import { cite, type Rule } from '../rule.ts';

const MUX: [string, string] = ['a=rtcp-mux\r\n', ''];

export const rtcpMuxMissing: Rule = {
  id: 'rtcp-mux-missing',
  severity: 'error',
  scope: 'description',
  title: 'an RTP section does not multiplex RTP and RTCP',
  cites: [
    cite('RFC 9143', '9.3'),
    cite('RFC 8858', '4'),
    cite('RFC 9429', '4.1.1'),
    cite('RFC 9429', '5.11'),
    cite('RFC 5761', '5.1.1'),
  ],
  explain:
    'Browsers carry RTP and RTCP over one transport only, and so does every BUNDLE group. Chrome and Firefox refuse the description if a=rtcp-mux is missing in an audio or video section; Chrome wants it in each bundled section, not only in the tagged one.',
  fix: 'Write a=rtcp-mux into every audio and video section that is not rejected. SIP gateways have an option for it (rtcp_mux, rtcp-mux-demux).',
  exceptions: 'Rejected sections, data sections, and the answer to an offered section that lacks it, too.',
  examples: {
    bad: [
      conversation('an offer without it', a.offers(edit(anOffer(), MUX))),
      conversation('only the tagged section has it', a.offers(editSection(anOffer(['audio', 'video']), '1', MUX))),
      conversation('the answer does not take it', a.offers(anOffer()), b.answers(edit(anAnswer(), MUX))),
    ],
    good: [
      conversation('in both', a.offers(anOffer(['audio', 'data'])), b.answers(anAnswer(['audio', 'data']))),
      conversation(
        'a rejected section needs none',
        a.offers(anOffer(['audio', 'video'])),
        b.answers(editSection(anAnswer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }]), '1', MUX)),
      ),
    ],
  },
  check: ({ description }) => {
    const sections = muxless(description);
    const missing = sections.filter((section) => !hadMux(description, section));
    const [first] = missing;
    if (!first) return [];
    const message = `${namesOf(missing)} in ${whose(description)} ${missing.length > 1 ? 'have' : 'has'} no a=rtcp-mux.`;
    return [{ message, section: first, refusedBy: muxRefusal(description, sections) }];
  },
};
