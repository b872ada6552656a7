import { visible } from '../../sdp/printable.ts';
import type { SdpLine } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { whose } from '../naming.ts';
import { cite, type Rule } from '../rule.ts';
import { isDamaged } from '../text-fault.ts';

export const sdpAttributesFused: Rule = {
  id: 'sdp-attributes-fused',
  severity: 'error',
  stage: 'text',
  plainToo: true,
  scope: 'description',
  title: 'two lines were glued together',
  cites: [cite('RFC 8866', '5.13'), cite('RFC 8866', '9')],
  explain:
    'A second attribute or m= line begins in the middle of a line, so a line end was lost while the text was edited. The second one is not seen by browsers, or the first cannot be read.',
  fix: 'Look where the text is cut and joined, and keep the \\r\\n between lines.',
  exceptions: 'Free text (a=tool, a=x-…, i=, s=) may contain anything.',
  examples: {
    bad: [
      conversation('rtcp-mux and rtcp-rsize in one line', a.offers(edit(anOffer(), ['a=rtcp-mux\r\n', 'a=rtcp-mux']))),
      conversation(
        'a section glued to the one before',
        a.offers(edit(anOffer(['audio', 'data']), ['\r\nm=application', 'm=application'])),
      ),
    ],
    good: [
      conversation('one attribute a line', a.offers(anOffer())),
      conversation('free text', a.offers(edit(anOffer(), ['a=msid-semantic: WMS', 'a=tool:a=mid:0 m=audio 9']))),
    ],
  },
  check: ({ sdp, description }) => {
    if (isDamaged(sdp)) return [];
    return sdp.lines.filter(mayBeGlued).flatMap(({ text, number }) => {
      const glued = GLUED.exec(text)?.[1];
      if (glued === undefined) return [];
      const message = `Line ${number} of ${whose(description)} holds two lines: '${visible(glued, 40)}' begins inside '${visible(text, 50)}'. A line end was lost.`;
      return [{ message, line: number }];
    });
  },
};

function mayBeGlued({ text }: SdpLine): boolean {
  return (text.includes('a=', 2) || text.includes('m=', 2)) && !FREE.test(text);
}

const FREE = /^(?:[isuep]=|a=(?:tool|x-|X-|note|charset|keywds|cat)[^:]*:)/;
const NAMES =
  'rtpmap|fmtp|rtcp-fb|rtcp-mux|rtcp-rsize|rtcp|mid|msid|msid-semantic|ssrc|ssrc-group|extmap|extmap-allow-mixed|ice-ufrag|ice-pwd|ice-options|fingerprint|setup|candidate|end-of-candidates|sendrecv|sendonly|recvonly|inactive|group|sctp-port|max-message-size|simulcast|rid|bundle-only|ptime|maxptime';
/** A known attribute, or an m= line, that does not stand at the beginning. */
const GLUED = new RegExp(
  `.(a=(?:${NAMES})(?=:|\\s|$|[a-z]=).*|m=(?:audio|video|application|text|image|message) \\d.*)$`,
);
