import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { listed } from '../codecs.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcReads, UNNAMED_CODEC } from '../libwebrtc-rtp.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

export const codecOrphanAttribute: Rule = {
  id: 'codec-orphan-attribute',
  severity: 'error',
  scope: 'description',
  title: 'parameters or feedback for a payload type that is not there',
  cites: [cite('RFC 8866', '6.15'), cite('RFC 4585', '4.2')],
  explain:
    'An a=fmtp or a=rtcp-fb belongs to a payload type of the m= line that has a codec. Left over from a removed codec they make Chrome refuse the whole description; Firefox ignores them, and Firefox itself leaves such lines behind when codec preferences remove codecs.',
  fix: 'Remove a codec completely: its number on the m= line, its a=rtpmap, a=fmtp and a=rtcp-fb, and the retransmission codec whose apt names it.',
  exceptions: 'An a=rtpmap alone may stay behind, and a=rtcp-fb:* means all payload types.',
  examples: {
    bad: [
      conversation(
        'VP8 is removed from the m= line only',
        a.offers(
          edit(
            anOffer(['video']),
            ['SAVPF 96 97', 'SAVPF 98'],
            [/a=rtpmap:97[\s\S]*apt=96\r\n/, 'a=rtpmap:98 VP9/90000\r\n'],
          ),
        ),
      ),
      conversation('feedback for a number nobody uses', a.offers(anOffer(['video']).concat('a=rtcp-fb:55 nack\r\n'))),
      conversation('parameters are missing', a.offers(edit(anOffer(), [/a=fmtp:111 [^\r]*/, 'a=fmtp:111']))),
    ],
    good: [
      conversation('feedback for all', a.offers(anOffer(['video']).concat('a=rtcp-fb:* nack\r\n'))),
      conversation('only the name stays behind', a.offers(anOffer(['video']).concat('a=rtpmap:55 VP9/90000\r\n'))),
      conversation(
        'parameters of a static number without a=rtpmap',
        a.offers(edit(anOffer(), ['a=rtpmap:0 PCMU/8000', 'a=fmtp:0 x=1'])),
      ),
    ],
  },
  check: (subject) =>
    subject.sdp.media.flatMap((section) => [...unreadable(subject, section), ...orphans(subject, section)]),
};

function unreadable({ sdp, description }: DescriptionSubject, section: MSection): Report[] {
  const faults = libwebrtcReads(sdp, section).faults.filter(
    ({ attribute }) => attribute === 'fmtp' || attribute === 'rtcp-fb',
  );
  const [first] = faults;
  if (!first) return [];
  const more = faults.length > 1 ? `, and ${faults.length - 1} more lines are like that` : '';
  const message = `Chrome refuses ${whose(description)}: in '${visible(first.text, 60)}' of ${nameOf(section)} the ${first.flaw}${more}. Firefox ignores that.`;
  return [{ message, section, line: first.line, refusedBy: { chrome: first.chrome } }];
}

function orphans({ sdp, description }: DescriptionSubject, section: MSection): Report[] {
  const { unnamed, faults } = libwebrtcReads(sdp, section);
  const [first] = unnamed;
  // An unreadable a=rtpmap leaves its number without a name: that is the cause.
  if (!first || faults.some(({ attribute }) => attribute === 'rtpmap')) return [];
  const names = listed(unnamed.slice(0, 8).map(({ payloadType }) => named(section, payloadType)));
  const missing = first.listed ? 'no readable a=rtpmap names it' : 'it is not on the m= line';
  const message = `${whose(description)} has a=fmtp or a=rtcp-fb lines for payload type ${names} of ${nameOf(section)}, but ${unnamed.length > 1 ? 'they have no codec there' : missing}. Chrome refuses the description, Firefox ignores the lines.`;
  return [{ message, section, line: first.lines[0] ?? section.line, refusedBy: { chrome: UNNAMED_CODEC } }];
}

/** `96 (VP8)` where the a=rtpmap stayed behind. */
function named({ attributes }: MSection, payloadType: string): string {
  const line = attributes.find(({ name, value }) => name === 'rtpmap' && value?.startsWith(`${payloadType} `));
  const codec = line && /^\d+ ([^/ ]+)/.exec(line.value ?? '')?.[1];
  return codec === undefined ? payloadType : `${payloadType} (${codec})`;
}
