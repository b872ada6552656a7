import { visible } from '../../sdp/printable.ts';
import { listed } from '../codecs.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcReads } from '../libwebrtc-rtp.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

export const codecRtpmapMissing: Rule = {
  id: 'codec-rtpmap-missing',
  severity: 'warning',
  scope: 'description',
  title: 'a payload type without a readable a=rtpmap',
  cites: [cite('RFC 8866', '6.6')],
  explain:
    'Only static payload types (0 to 34) have a codec by themselves; every other number needs an a=rtpmap with name and clock rate. Without one browsers drop the number silently; Chrome refuses the description if the line is there but cannot be read.',
  fix: 'Write a=rtpmap:<payload type> <name>/<clock rate>[/<channels>] for every dynamic number of the m= line, or remove the number.',
  examples: {
    bad: [
      conversation('111 has no name', a.offers(edit(anOffer(), [/a=rtpmap:111[\s\S]*inbandfec=1\r\n/, '']))),
      conversation('the clock rate is missing', a.offers(edit(anOffer(['video']), ['VP8/90000', 'VP8']))),
    ],
    good: [conversation('a static number needs none', a.offers(edit(anOffer(), ['a=rtpmap:0 PCMU/8000\r\n', ''])))],
  },
  check: (subject) => [...unreadable(subject), ...missing(subject)],
};

function unreadable({ sdp, description }: DescriptionSubject): Report[] {
  return sdp.media.flatMap((section) =>
    libwebrtcReads(sdp, section)
      .faults.filter(({ attribute }) => attribute === 'rtpmap')
      .map(({ line, text, flaw, chrome }) => ({
        message: `Chrome refuses ${whose(description)}: in '${visible(text, 60)}' of ${nameOf(section)} the ${flaw}. Firefox ignores the line.`,
        severity: 'error' as const,
        section,
        line,
        refusedBy: { chrome },
      })),
  );
}

const isDynamic = (payloadType: string): boolean =>
  /^(?:3[5-9]|[45]\d|6[0-3]|9[6-9]|1[01]\d|12[0-7])$/.test(payloadType);

function missing({ sdp, description, live }: DescriptionSubject): Report[] {
  return live.flatMap((section) => {
    const { faults, unnamed } = libwebrtcReads(sdp, section);
    // Parameters without a name are an error of their own; an unreadable a=rtpmap has been reported.
    if (faults.some(({ attribute }) => attribute === 'rtpmap')) return [];
    const others = new Set(unnamed.map(({ payloadType }) => payloadType));
    const nameless = section.codecs.filter(
      ({ payloadType, name }) => name === '' && isDynamic(payloadType) && !others.has(payloadType),
    );
    if (nameless.length === 0) return [];
    const which = listed(nameless.map(({ payloadType }) => payloadType));
    const message = `${whose(description)} lists payload type ${which} for ${nameOf(section)} without an a=rtpmap: both browsers accept it and never use the number.`;
    return [{ message, section }];
  });
}
