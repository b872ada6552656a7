/** Marks that an application has edited what a browser wrote: things that browsers never write themselves. */
import type { Description } from '../core/model.ts';
import type { Codec, HeaderExtension, MSection, Sdp } from '../sdp/sdp.ts';
import type { Writer } from '../sdp/writer.ts';
import { sends } from './direction.ts';
import { URI } from './header-extensions.ts';

/** One mark. `strong` alone proves it; two weak ones do. */
export interface Mark {
  readonly what: string;
  readonly strong: boolean;
  readonly line: number;
}

type Browser = Extract<Writer, 'libwebrtc' | 'firefox'>;

/** The marks of a description that this browser wrote; `answered` is the offer it answers. Linear in their size. */
export function marksOf(
  description: Pick<Description, 'sdp' | 'type' | 'base'>,
  writer: Browser,
  answered?: Sdp,
): readonly Mark[] {
  const { sdp, type, base } = description;
  const offer = type === 'offer';
  const codecs = writer === 'libwebrtc' ? codecsOf(sdp, offer && base === undefined) : [];
  // An answer has the codecs in the order of the offer.
  const given = new Set(answered && codecs.length > 0 ? codecsOf(answered, false).map(({ what }) => what) : []);
  const live = sdp.media.filter((section) => !section.rejected);
  const rtp = live.filter(({ kind }) => kind === 'audio' || kind === 'video');
  return [
    ...limitMarks(sdp),
    ...rtp.flatMap((section) => sectionMarks(section, writer)),
    ...(offer ? live.flatMap(setupMark) : []),
    ...(offer && writer === 'libwebrtc' ? offerMarks(sdp, rtp) : []),
    ...(offer && !sdp.extensions.some(isMid) ? rtp.flatMap(midMark) : []),
    ...codecs.filter(({ what }) => !given.has(what)),
    ...lineEndMark(sdp),
  ];
}

function strong(what: string, line: number): Mark {
  return { what, strong: true, line };
}

function limitMarks(sdp: Sdp): Mark[] {
  const limits = [...sdp.bandwidth, ...sdp.media.flatMap(({ bandwidth }) => bandwidth)];
  return limits.slice(0, 1).map(({ modifier, line }) => strong(`b=${modifier}`, line));
}

/** Parameters libwebrtc understands and does not write. */
const ADDED = /(?:^|;)\s*(stereo=1|maxaveragebitrate|x-google-(?:start|min|max)-bitrate)\b/i;
const GOOGLE = /(?:^|;)\s*(x-google-(?:start|min|max)-bitrate)\b/i;

function sectionMarks(section: MSection, writer: Browser): Mark[] {
  const fmtp = section.codecs.flatMap((codec) => codec.fmtp);
  const added = fmtp.flatMap(({ text, line }) => {
    const found = (writer === 'libwebrtc' ? ADDED : GOOGLE).exec(text)?.[1];
    return found === undefined ? [] : [strong(found, line)];
  });
  const simulcast = section.ssrcGroups.find(({ semantics }) => semantics === 'SIM');
  const silent = sends(section) && section.msids.length === 0 && section.rids.length === 0;
  const bare = writer === 'libwebrtc' && !section.attributes.some(({ name }) => name === 'rtcp');
  return [
    ...added.slice(0, 1),
    ...(simulcast ? [strong('a=ssrc-group:SIM', simulcast.line)] : []),
    ...(silent ? [strong(`no a=msid in ${section.kind} that sends`, section.line)] : []),
    ...(bare ? [strong(`no a=rtcp in ${section.kind}`, section.line)] : []),
  ];
}

function setupMark({ dtls }: MSection): Mark[] {
  const role = dtls.setup?.value;
  return role === 'active' || role === 'passive' ? [strong(`a=setup:${role} in an offer`, dtls.setup?.line ?? 0)] : [];
}

const isMid = ({ uri }: HeaderExtension): boolean => uri === URI.mid;

function midMark(section: MSection): Mark[] {
  return section.extensions.some(isMid)
    ? []
    : [strong(`no header extension sdes:mid in ${section.kind}`, section.line)];
}

function offerMarks(sdp: Sdp, rtp: readonly MSection[]): Mark[] {
  const video = rtp.filter(({ kind }) => kind === 'video');
  const unpaired = video.find(({ codecs }) => !codecs.some(({ role }) => role === 'rtx'));
  const noNack = video.find(
    ({ codecs }) => !codecs.some((codec) => codec.feedback.some(({ type }) => type === 'nack')),
  );
  return [
    ...(sdp.extmapAllowMixed || rtp.length === 0 ? [] : [strong('no a=extmap-allow-mixed', 1)]),
    ...(unpaired ? [{ what: 'no rtx for any video codec', strong: false, line: unpaired.line }] : []),
    ...(noNack ? [{ what: 'no nack for any video codec', strong: false, line: noNack.line }] : []),
  ];
}

function codecsOf({ media }: Sdp, first: boolean): Mark[] {
  return media.filter(({ rejected }) => !rejected).flatMap((section) => codecMarks(section, first));
}

/**
 * libwebrtc writes each video codec with its rtx right behind it, and, before it knows what the other side understands,
 * the same feedback for every variant of a codec.
 */
function codecMarks(section: MSection, first: boolean): Mark[] {
  if (section.kind !== 'video') return [];
  const { codecs } = section;
  const repaired = new Set(codecs.flatMap(({ role, apt }) => (role === 'rtx' && apt !== undefined ? [apt] : [])));
  const media = codecs.filter(({ role }) => role === 'media');
  const without = media.find(({ payloadType }) => !repaired.has(payloadType));
  const moved = codecs.find((codec, i) => codec.role === 'rtx' && codec.apt !== codecs[i - 1]?.payloadType);
  const uneven = first ? unevenFeedback(media) : undefined;
  return [
    ...(without && repaired.size > 0 ? [strong(`${without.name} without rtx`, lineOf(without, section))] : []),
    ...(moved ? [strong('rtx away from its codec', lineOf(moved, section))] : []),
    ...(uneven ? [strong(`two ${uneven.name} with different feedback`, lineOf(uneven, section))] : []),
  ];
}

function lineOf(codec: Codec, section: MSection): number {
  return codec.rtpmapLine ?? section.line;
}

function unevenFeedback(media: readonly Codec[]): Codec | undefined {
  const first = new Map<string, Codec['feedback']>();
  return media.find(({ name, feedback }) => {
    const known = first.get(name);
    if (known === undefined) first.set(name, feedback);
    return known !== undefined && !sameFeedback(known, feedback);
  });
}

function sameFeedback(one: Codec['feedback'], other: Codec['feedback']): boolean {
  if (one.length !== other.length) return false;
  if (one.every(({ type }, i) => type === other[i]?.type)) return true;
  const sorted = (feedback: Codec['feedback']) => feedback.map(({ type }) => type).sort();
  return sorted(one).join() === sorted(other).join();
}

/** Browsers end lines with CR LF; a transport may have changed that for a whole text. */
function lineEndMark({ lines }: Sdp): Mark[] {
  const bare = lines.find(({ eol }) => eol === '\n');
  const mixed = bare !== undefined && lines.some(({ eol }) => eol === '\r\n');
  return bare
    ? [{ what: mixed ? 'some lines end in LF only' : 'lines end in LF only', strong: mixed, line: bare.number }]
    : [];
}
