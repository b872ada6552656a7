import type { Description } from '../../core/model.ts';
import { visible } from '../../sdp/printable.ts';
import type { MSection } from '../../sdp/sdp.ts';
import { a, anOffer, conversation, edit } from '../example.ts';
import { libwebrtcSays, libwebrtcStop } from '../libwebrtc-text.ts';
import { nameOf, whose } from '../naming.ts';
import { cite, type Refusal, type Rule } from '../rule.ts';
import { sipccReads, sipccRefuses, sipccRefusesLater } from '../sipcc.ts';
import { isDamaged } from '../text-fault.ts';

export const mlineMalformed: Rule = {
  id: 'mline-malformed',
  severity: 'error',
  stage: 'text',
  plainToo: true,
  scope: 'description',
  title: 'an m= line cannot be read',
  cites: [cite('RFC 8866', '5.14')],
  explain:
    'An m= line has a media type, a port from 0 to 65535, a protocol and at least one format; formats of RTP are payload type numbers. Chrome refuses the whole description for one bad m= line. Firefox is more tolerant, but knows audio, video and application only.',
  fix: 'Write m=<audio|video|application> <port> <protocol> <formats>. When all codecs of a section are filtered out, reject it with port 0 and keep one format.',
  exceptions: 'A rejected section (port 0) may name any format, such as 0.',
  examples: {
    bad: [
      conversation('no format left after filtering codecs', a.offers(edit(anOffer(), ['SAVPF 111 0', 'SAVPF']))),
      conversation('a port above 65535', a.offers(edit(anOffer(), ['audio 9', 'audio 65536']))),
      conversation('a format that is no number', a.offers(edit(anOffer(), ['SAVPF 111', 'SAVPF opus']))),
      conversation('a protocol browsers do not know', a.offers(edit(anOffer(), ['UDP/TLS/RTP/SAVPF', 'QUIC']))),
    ],
    good: [
      conversation('complete', a.offers(anOffer(['audio', 'video', 'data']))),
      conversation(
        'rejected, with a meaningless format',
        a.offers(
          edit(anOffer(['audio', { kind: 'video', rejected: true, direction: 'inactive' }]), [
            'SAVPF 96 97',
            'SAVPF 0',
          ]),
        ),
      ),
    ],
  },
  check: ({ sdp, description }) => {
    if (isDamaged(sdp)) return [];
    const stop = libwebrtcStop(sdp);
    const counted = new Set(sdp.problems.flatMap(({ code, line }) => (code === 'm-port-count' ? [line] : [])));
    return sdp.media.flatMap((section) => {
      const fault =
        (counted.has(section.line) ? 'has a port count' : faultOf(section, description.type)) ??
        (stop?.at === 'mline' && stop.line === section.line ? 'has a blank too many' : undefined);
      if (fault === undefined) return [];
      const text = visible(sdp.lines[section.line - 1]?.text ?? '', 60);
      const message = `The m= line of ${nameOf(section)} in ${whose(description)} ${fault}: '${text}'.`;
      return [{ message, section, refusedBy: refusalOf(description, section) }];
    });
  },
};

const KINDS = new Set(['audio', 'video', 'application']);

function faultOf(
  { kind, port, protocol, formats, rejected, dtls }: MSection,
  type: Description['type'],
): string | undefined {
  const rtp = protocol.includes('RTP/');
  if (protocol === '') return 'lacks protocol and formats';
  if (formats.length === 0) return 'lists no format';
  if (Number.isNaN(port) || port > 65535) return 'has no usable port';
  const odd = rtp ? formats.find((format) => !/^-?\d{1,9}$/.test(format)) : undefined;
  if (odd !== undefined) return `names the format '${visible(odd, 20)}', which is no payload type`;
  if ((kind === 'audio' || kind === 'video') && !rtp)
    return `has the protocol '${visible(protocol, 20)}', which carries no RTP`;
  if (protocol.toUpperCase() === 'RTP/AVPF' && dtls.fingerprints.length > 0)
    return 'has the profile RTP/AVPF, with which Firefox refuses the description';
  if (protocol.toUpperCase() === 'DTLS/SCTP' && !/^\d/.test(formats[0] ?? ''))
    return 'has the protocol DTLS/SCTP, for which Firefox wants a port as the format';
  if (KINDS.has(kind) || (rejected && type !== 'offer')) return undefined;
  return `is of the type '${visible(kind, 20)}': Chrome answers such a section with port 0, Firefox refuses the description`;
}

function refusalOf({ sdp }: Description, section: MSection): Refusal {
  const stop = libwebrtcStop(sdp);
  const chrome = stop?.at === 'mline' && stop.line === section.line ? libwebrtcSays(stop) : undefined;
  const { refusal } = sipccReads(sdp);
  const later = KINDS.has(section.kind.toLowerCase())
    ? undefined
    : sipccRefusesLater(sdp, section.line, 'Unsupported media section type');
  const firefox = refusal?.at === 'mline' && refusal.line === section.line ? sipccRefuses(sdp) : later;
  return { ...(chrome ? { chrome } : {}), ...(firefox ? { firefox } : {}) };
}
