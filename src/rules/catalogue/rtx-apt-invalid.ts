import { visible } from '../../sdp/printable.ts';
import type { Codec, MSection } from '../../sdp/sdp.ts';
import { decimal } from '../../sdp/tokens.ts';
import { chromeRefuses } from '../browser.ts';
import { codecName, listed } from '../codecs.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { libwebrtcReads } from '../libwebrtc-rtp.ts';
import { effectiveMids } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type DescriptionSubject, type Report, type Rule } from '../rule.ts';

const withRed = edit(
  anOffer(['video']).concat('a=rtpmap:98 red/90000\r\na=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=98\r\n'),
  ['SAVPF 96 97', 'SAVPF 96 97 98 99'],
);

export const rtxAptInvalid: Rule = {
  id: 'rtx-apt-invalid',
  severity: 'error',
  scope: 'description',
  title: 'a retransmission codec repairs nothing',
  cites: [cite('RFC 4588', '8.1'), cite('RFC 4588', '8.6')],
  explain:
    'The apt parameter of an rtx codec names the payload type whose packets it repeats. It must name a codec of the same section, neither another rtx nor forward error correction. Chrome refuses a video section where it does not, naming neither payload type nor parameter; Firefox ignores that rtx.',
  fix: 'When a codec is removed or renumbered, remove or change the rtx codec whose apt names it.',
  exceptions: 'apt naming red is normal in Chrome, and two rtx codecs may repair the same one.',
  examples: {
    bad: [
      conversation('apt names a number that is not there', a.offers(edit(anOffer(['video']), ['apt=96', 'apt=126']))),
      conversation('no apt at all', a.offers(edit(anOffer(['video']), ['a=fmtp:97 apt=96\r\n', '']))),
      conversation('apt names itself', a.offers(edit(anOffer(['video']), ['apt=96', 'apt=97']))),
    ],
    good: [
      conversation('apt names VP8', a.offers(anOffer(['video']))),
      conversation('apt names red', a.offers(withRed)),
    ],
  },
  check: (subject) => {
    // Chromium sets up section by section and stops at the first.
    const reports = rtpSections(subject.sdp).flatMap((section) => judge(subject, section));
    return reports.map((report, i) => (i === 0 ? report : { ...report, refusedBy: {} }));
  },
};

function judge({ sdp, description }: DescriptionSubject, section: MSection): Report[] {
  const codecs = new Map(section.codecs.map((codec) => [decimal(codec.payloadType), codec]));
  const { unnamed, faults } = libwebrtcReads(sdp, section);
  // A line that cannot be read is the cause.
  if (faults.some(({ attribute }) => attribute === 'rtpmap' || attribute === 'fmtp')) return [];
  const removed = new Set(unnamed.flatMap(({ payloadType, listed }) => (listed ? [] : [payloadType])));
  const broken = section.codecs.flatMap((codec) => {
    // A codec half removed is the cause (rule codec-orphan-attribute).
    if (codec.role !== 'rtx' || (codec.apt !== undefined && removed.has(codec.apt))) return [];
    const reason = faultOf(codec, codecs);
    return reason === undefined ? [] : [{ codec, reason }];
  });
  const [first] = broken;
  if (!first) return [];
  const which = listed(broken.map(({ codec, reason }) => `${codec.payloadType} ${reason}`));
  const video = section.kind === 'video';
  const effect = video
    ? 'Chrome refuses the description, Firefox goes without retransmission'
    : 'Chrome cannot answer it';
  const mid = effectiveMids(description)[section.index] ?? '';
  const refusal = `Failed to set remote video description send parameters for m-section with mid='${mid}'.`;
  return [
    {
      message: `Retransmission in ${nameOf(section)} of ${whose(description)} repairs nothing: rtx ${which}. ${effect}.`,
      section,
      line: first.codec.fmtp[0]?.line ?? first.codec.rtpmapLine ?? section.line,
      refusedBy: video && unnamed.length === 0 ? { chrome: chromeRefuses(description, refusal) } : {},
    },
  ];
}

function faultOf({ apt, fmtp }: Codec, codecs: ReadonlyMap<number | undefined, Codec>): string | undefined {
  if (apt === undefined) return 'has no apt';
  // Chromium takes the key in lower case and the number without a blank before it.
  if (!fmtp.some(({ text }) => /(?:^|;)[ \t]*apt=\d/.test(text)))
    return `has an apt that is not written as apt=${visible(apt, 10)}`;
  const target = decimal(apt) === undefined ? undefined : codecs.get(decimal(apt));
  if (target === undefined || target.name === '') return `has apt=${visible(apt, 10)}, which the section does not list`;
  if (target.role === 'rtx' || target.role === 'fec')
    return `has apt=${visible(apt, 10)}, which is ${codecName(target)}`;
  return undefined;
}
