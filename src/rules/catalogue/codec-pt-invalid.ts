import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection, Sdp } from '../../sdp/sdp.ts';
import { chromeRefuses, firefoxRefuses } from '../browser.ts';
import { listed } from '../codecs.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { rtpSections } from '../header-extensions.ts';
import { libwebrtcReads, PAYLOAD_TYPE_RANGE } from '../libwebrtc-rtp.ts';
import { effectiveMids } from '../mids.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Refusal, type Report, type Rule } from '../rule.ts';

export const codecPtInvalid: Rule = {
  id: 'codec-pt-invalid',
  severity: 'error',
  scope: 'description',
  title: 'a number that cannot be a payload type',
  cites: [cite('RFC 3550', '5.1'), cite('RFC 5761', '4'), cite('RFC 3551', '6')],
  explain:
    'A payload type has 7 bits (0 to 127). With RTP and RTCP on one port, 64 to 95 cannot be told from RTCP packets; 1, 2 and 19 are reserved, and the static numbers of RFC 3551 keep their codec. Chrome and Firefox refuse such a description, Chrome at times without a reason.',
  fix: 'Use 96 to 127, then 35 to 63, for codecs without a static number, each number once.',
  exceptions: 'Numbers from 35 to 63 are legal; Chrome uses them for newer codecs.',
  examples: {
    bad: [
      conversation('72 looks like an RTCP packet', a.offers(renumbered('72'))),
      conversation('200 has more than 7 bits', a.offers(edit(anOffer(), ['SAVPF 111 0', 'SAVPF 111 0 200']))),
      conversation(
        'opus on the number of PCMA',
        a.offers(edit(anOffer().replaceAll(':111 ', ':8 '), ['SAVPF 111', 'SAVPF 8'])),
      ),
      conversation('a number twice', a.offers(edit(anOffer(), ['SAVPF 111 0', 'SAVPF 111 111 0']))),
    ],
    good: [
      conversation('a number from 35 to 63', a.offers(renumbered('45'))),
      conversation('a static number with its own a=rtpmap', a.offers(anOffer())),
    ],
  },
  check: ({ sdp, description }) => [
    ...rtpSections(sdp).flatMap((section) => judge(sdp, description, section)),
    ...sdp.media.filter(({ rejected }) => rejected).flatMap((section) => judgeRejected(sdp, description, section)),
  ],
};

function renumbered(payloadType: string): string {
  return edit(
    anOffer(['video']).replaceAll(':96 ', `:${payloadType} `),
    ['SAVPF 96', `SAVPF ${payloadType}`],
    ['apt=96', `apt=${payloadType}`],
  );
}

const RESERVED = new Set(['1', '2', '19']);
const number = (format: string): number => (/^-?\d{1,9}$/.test(format) ? Number(format) : Number.NaN);
const likeRtcp = (format: string): boolean => number(format) >= 64 && number(format) <= 95;

function judge(sdp: Sdp, description: Description, section: MSection): Report[] {
  const { formats } = section;
  const wide = formats.filter((format) => number(format) > 127 || number(format) < 0);
  const rtcp = formats.filter(likeRtcp);
  const reserved = formats.filter((format) => RESERVED.has(format));
  const where = `of ${nameOf(section)} in ${whose(description)}`;
  const report = (message: string, refusedBy: Refusal): Report => ({ message, section, refusedBy });
  if (wide.length > 0)
    return [
      report(
        `Payload types ${listed(wide)} ${where} are not from 0 to 127. Chrome refuses the description without a reason.`,
        {
          chrome: PAYLOAD_TYPE_RANGE,
          ...firefoxOn(section),
        },
      ),
    ];
  return [
    ...(rtcp.length > 0
      ? [
          report(
            `Payload types ${listed(rtcp)} ${where} look like RTCP packets on a shared port. Chrome and Firefox refuse them.`,
            { ...chromeOn(description, section), ...firefoxOn(section) },
          ),
        ]
      : []),
    ...(reserved.length > 0 && rtcp.length === 0
      ? [report(`Payload types ${listed(reserved)} ${where} are reserved. Firefox refuses them.`, firefoxOn(section))]
      : []),
    ...taken(sdp, section, where),
    ...repeated(formats, section, where),
  ];
}

/** What Chrome cannot read, it cannot read in rejected sections either. */
function judgeRejected(sdp: Sdp, description: Description, section: MSection): Report[] {
  if (!section.protocol.includes('RTP/')) return [];
  const where = `of ${nameOf(section)} in ${whose(description)}`;
  const wide = section.formats.filter((format) => number(format) > 127 || number(format) < 0);
  if (wide.length === 0) return taken(sdp, section, where);
  const message = `Payload types ${listed(wide)} ${where} are not from 0 to 127. Chrome refuses the description, although the section is rejected.`;
  return [{ message, section, refusedBy: { chrome: PAYLOAD_TYPE_RANGE } }];
}

/** Static numbers under another name. */
function taken(sdp: Sdp, section: MSection, where: string): Report[] {
  const conflicts = libwebrtcReads(sdp, section).conflicts.filter(({ fixed }) => fixed);
  return conflicts.map(({ payloadType, first, second, line, chrome }) => ({
    message: `Payload type ${payloadType} ${where} is ${visible(first, 30)} by RFC 3551, not ${visible(second, 30)}. Chrome refuses it.`,
    section,
    line,
    refusedBy: { chrome },
  }));
}

function repeated(formats: readonly string[], section: MSection, where: string): Report[] {
  const seen = new Set<string>();
  const twice = formats.filter((format) => seen.size === seen.add(format).size);
  if (twice.length === 0) return [];
  const message = `The m= line ${where} lists payload type ${listed(twice)} more than once. Both browsers accept it.`;
  return [{ message, section, severity: 'warning' }];
}

/** Chromium looks at codecs that have a name, and only if RTP and RTCP share the port. */
function chromeOn(description: Description, section: MSection): Refusal {
  const codec = section.codecs.find(({ payloadType, rtpmapLine }) => likeRtcp(payloadType) && rtpmapLine !== undefined);
  if (!codec || section.rtcpMux === undefined) return {};
  const mid = effectiveMids(description)[section.index] ?? '';
  const reason = `The media section with MID='${mid}' used an invalid payload type ${codec.payloadType} for codec '${codec.name}, rtcp-mux:enabled`;
  return { chrome: chromeRefuses(description, reason) };
}

/** Firefox takes the first format it does not like. */
function firefoxOn({ formats, index }: MSection): Refusal {
  const odd = formats.find((format) => number(format) > 127 || likeRtcp(format) || RESERVED.has(format));
  if (odd === undefined) return {};
  const reason =
    number(odd) > 127
      ? `audio/video payload type "${odd}" is too large at level ${index}`
      : `Illegal audio/video payload type "${odd}" at level ${index}`;
  return { firefox: firefoxRefuses(reason, 'OperationError') };
}
