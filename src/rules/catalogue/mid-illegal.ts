import { visible } from '../../sdp/printable.ts';
import type { Sdp } from '../../sdp/sdp.ts';
import { chromeParse, chromeRefuses, firefoxRefuses } from '../browser.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcSays, libwebrtcStop } from '../libwebrtc-text.ts';
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
      const { mid, index } = section;
      if (!mid) return [];
      const line = mid.line;
      const where = `of section ${index} in ${whose(description)}`;
      const shown = visible(mid.value, 40);
      if (section.attributes.some((attribute) => attribute.line === line && attribute.value === undefined)) {
        const chrome = chromeParse('a=mid', 'Failed to get the value of attribute: mid');
        return [
          { message: `The a=mid ${where} has no value: Chrome refuses it.`, section, line, refusedBy: { chrome } },
        ];
      }
      // Rule mid-missing.
      if (mid.value.trim() === '') return [];
      if (!TOKEN.test(mid.value)) {
        const message = `The mid '${shown}' ${where} has a character that no token may have: Chrome refuses it.`;
        return [{ message, section, line, refusedBy: { chrome: illegal(sdp, mid.value) } }];
      }
      if (mid.value.length <= LONGEST) return [];
      const message = `The mid '${shown}' ${where} has ${mid.value.length} characters; ${LONGEST} is the limit, and both browsers refuse it.`;
      const chrome = chromeRefuses(
        description,
        'The MID attribute exceeds the maximum supported length of 16 characters.',
      );
      return [{ message, section, line, refusedBy: { chrome, ...(section.rejected ? {} : { firefox: FIREFOX }) } }];
    }),
};

/** Chromium meets the mid in a group first, if it stands there. */
function illegal(sdp: Sdp, mid: string): string {
  const stop = libwebrtcStop(sdp);
  if (stop?.at === 'group' && sdp.groups.some(({ mids }) => mids.includes(mid))) return libwebrtcSays(stop);
  return chromeParse(`a=mid:${mid}`, 'Illegal character found in the value of mid');
}

const FIREFOX = firefoxRefuses(
  'Invalid description, mid length greater than 16 unsupported until 2-byte rtp header extensions are supported in webrtc.org',
  'OperationError',
);
