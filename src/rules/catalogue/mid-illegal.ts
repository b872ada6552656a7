import { visible } from '../../sdp/printable.ts';
import { chromeParse, chromeRefuses, firefoxRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

const LONGEST = 16;
/** RFC 8866 9: token-char. */
const TOKEN = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]*$/;

export const midIllegal: Rule = {
  id: 'mid-illegal',
  severity: 'error',
  stage: 'structure',
  scope: 'description',
  title: 'a mid is too long or has characters it must not have',
  cites: [cite('RFC 8866', '9'), cite('RFC 9429', '5.2.1'), cite('RFC 9143', '15'), cite('RFC 8285', '4.2')],
  explain:
    'The mid travels in an RTP header extension with room for 16 bytes, and it is a token: no blanks, no colons. Both browsers refuse a longer one; Chrome refuses other characters, too.',
  fix: 'Use short mids, at most three characters if possible. Put descriptive names elsewhere.',
  examples: {
    bad: [
      conversation(
        'a long name',
        a.offers(
          edit(
            anOffer(),
            ['a=mid:0', 'a=mid:audio-of-the-screen-share'],
            ['BUNDLE 0', 'BUNDLE audio-of-the-screen-share'],
          ),
        ),
      ),
      conversation('a blank behind the mid', a.offers(edit(anOffer(), ['a=mid:0', 'a=mid:0 ']))),
    ],
    good: [
      conversation(
        'as Firefox once named them',
        a.offers(edit(anOffer(), ['a=mid:0', 'a=mid:sdparta_0'], ['BUNDLE 0', 'BUNDLE sdparta_0'])),
      ),
    ],
  },
  check: ({ sdp, description }) =>
    sdp.media.flatMap((section) => {
      const mid = section.mid;
      if (!mid) return [];
      const shown = visible(mid.value, 40);
      if (!TOKEN.test(mid.value)) {
        const message = `The mid '${shown}' of section ${section.index} in ${whose(description)} has a character that no token may have.`;
        const chrome = chromeParse(`a=mid:${mid.value}`, 'Illegal character found in the value of mid');
        return [{ message, section, line: mid.line, refusedBy: { chrome } }];
      }
      if (mid.value.length <= LONGEST) return [];
      const message = `The mid '${shown}' of section ${section.index} in ${whose(description)} has ${mid.value.length} characters; ${LONGEST} is the limit, and both browsers refuse it.`;
      const chrome = chromeRefuses(
        description,
        'The MID attribute exceeds the maximum supported length of 16 characters.',
      );
      return [
        { message, section, line: mid.line, refusedBy: { chrome, ...(section.rejected ? {} : { firefox: FIREFOX }) } },
      ];
    }),
};

const FIREFOX = firefoxRefuses(
  'Invalid description, mid length greater than 16 unsupported until 2-byte rtp header extensions are supported in webrtc.org',
  'OperationError',
);
