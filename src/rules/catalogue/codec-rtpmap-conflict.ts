import { visible } from '../../sdp/printable.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcReads } from '../libwebrtc-rtp.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';

export const codecRtpmapConflict: Rule = {
  id: 'codec-rtpmap-conflict',
  severity: 'error',
  scope: 'description',
  title: 'two a=rtpmap lines name one payload type differently',
  cites: [cite('RFC 8866', '6.6'), cite('RFC 9429', '5.8.2')],
  explain:
    'Within a section a payload type is one codec with one clock rate. Chrome refuses the description at the second line; Firefox accepts it and takes one of the two.',
  fix: 'Merge codec lists by payload type, and renumber a codec whose number is taken together with its a=fmtp, a=rtcp-fb and apt.',
  exceptions: 'The same line twice is harmless.',
  examples: {
    bad: [
      conversation(
        '96 is VP8 and VP9',
        a.offers(edit(anOffer(['video']), ['a=rtpmap:97', 'a=rtpmap:96 VP9/90000\r\na=rtpmap:97'])),
      ),
    ],
    good: [
      conversation(
        'the same line twice',
        a.offers(edit(anOffer(['video']), ['a=rtpmap:97', 'a=rtpmap:96 vp8/90000\r\na=rtpmap:97'])),
      ),
    ],
  },
  check: ({ sdp, description }) =>
    sdp.media.flatMap((section) =>
      libwebrtcReads(sdp, section)
        .conflicts.filter(({ fixed }) => !fixed)
        .map(({ payloadType, first, second, line, chrome }) => ({
          message: `${whose(description)} names payload type ${payloadType} of ${nameOf(section)} twice: ${visible(first, 30)} and ${visible(second, 30)}. Chrome refuses the second, Firefox accepts it.`,
          section,
          line,
          refusedBy: { chrome },
        })),
    ),
};
