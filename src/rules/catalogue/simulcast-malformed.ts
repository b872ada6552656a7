import { visible } from '../../sdp/printable.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { streamFaults } from '../libwebrtc-streams.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const layers = (...lines: string[]) =>
  edit(anOffer(['video']), [
    /$/,
    `a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\na=rid:q send\r\na=rid:h send\r\n${lines.map((line) => `a=simulcast${line}\r\n`).join('')}`,
  ]);

export const simulcastMalformed: Rule = {
  id: 'simulcast-malformed',
  severity: 'error',
  scope: 'description',
  title: 'an a=simulcast line cannot be read',
  cites: [cite('RFC 8853', '5.1')],
  explain:
    'a=simulcast says send or recv, each at most once, each with a list of rids: ; stands between streams, a comma between alternatives, ~ before what is paused. One line a section. Chrome refuses the whole description otherwise.',
  fix: 'Write a=simulcast:send q;h;f recv r, or leave the line out when no stream is left.',
  exceptions: 'Alternatives (q,h) and paused streams (~f).',
  examples: {
    bad: [
      conversation('all layers were filtered out', a.offers(layers(':'))),
      conversation('two lines', a.offers(layers(':send q', ':send h'))),
      conversation('a direction that does not exist', a.offers(layers(':sendrecv q;h'))),
      conversation('send twice', a.offers(layers(':send q send h'))),
      conversation('a stream without rid', a.offers(layers(':send q;;h'))),
      conversation('a list is missing', a.offers(layers(':send'))),
    ],
    good: [
      conversation('two streams', a.offers(layers(':send q;h'))),
      conversation('an alternative and a paused stream', a.offers(layers(':send q,~h'))),
    ],
  },
  check: ({ sdp, description }) =>
    sdp.media.flatMap((section) =>
      streamFaults(sdp, section).flatMap(({ attribute, line, text, flaw, chrome }) => {
        if (attribute !== 'simulcast') return [];
        const message = `'${visible(text, 60)}' of ${nameOf(section)} in ${whose(description)} ${flaw}.`;
        return [{ message, section, line, refusedBy: chrome === undefined ? {} : { chrome } }];
      }),
    ),
};
