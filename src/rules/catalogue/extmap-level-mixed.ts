import { a, anOffer, conversation, edit } from '../example.ts';
import { MIXED_LEVELS } from '../libwebrtc-rtp.ts';
import { namesOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const extmapLevelMixed: Rule = {
  id: 'extmap-level-mixed',
  severity: 'error',
  scope: 'description',
  title: 'header extensions both for the session and in sections',
  cites: [cite('RFC 8285', '5')],
  explain:
    'All a=extmap lines stand either before the first m= line, for every section, or all inside of sections. Chrome refuses a description that does both; Firefox lets the section count.',
  fix: 'Repeat the extensions of the session part in each section, or the other way round.',
  exceptions: 'a=extmap-allow-mixed may stand in both places.',
  examples: {
    bad: [
      conversation(
        'one extension for the session, two for audio',
        a.offers(
          edit(anOffer(), [
            'a=extmap-allow-mixed',
            'a=extmap-allow-mixed\r\na=extmap:5 urn:ietf:params:rtp-hdrext:toffset',
          ]),
        ),
      ),
    ],
    good: [
      conversation(
        'a=extmap-allow-mixed in both places',
        a.offers(edit(anOffer(), ['a=extmap:1', 'a=extmap-allow-mixed\r\na=extmap:1'])),
      ),
      conversation(
        'all for the session',
        a.offers(
          edit(anOffer().replaceAll(/a=extmap:\d+ [^\r]*\r\n/g, ''), [
            'a=extmap-allow-mixed',
            'a=extmap-allow-mixed\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
          ]),
        ),
      ),
    ],
  },
  check: ({ sdp, description }) => {
    const [first] = sdp.extensions;
    const own = sdp.media.filter((section) => section.extensions.length > 0);
    if (!first || own.length === 0) return [];
    const message = `${whose(description)} has a=extmap lines in the session part and in ${namesOf(own)}. Chrome refuses the description, Firefox accepts it.`;
    return [{ message, line: first.line, refusedBy: { chrome: MIXED_LEVELS } }];
  },
};
