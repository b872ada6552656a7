/**
 * Codecs of an RTP section and their identity: what makes two payload types the same codec.
 * Name, clock and channels, plus the fmtp parameters that no endpoint may change between offer and answer.
 */
import { fmtpValue } from './fmtp.ts';
import type { Codec, Fmtp, RtcpFeedback } from './sdp.ts';
import { STATIC_PAYLOADS } from './static-payloads.ts';
import { decimal } from './tokens.ts';

/** A codec as `a=rtpmap` names it. */
export interface Encoding {
  readonly name: string;
  readonly clockRate: number;
  readonly channels: number;
  readonly role: Codec['role'];
  /** `opus/48000/2`: the part of the identity that does not depend on parameters. */
  readonly base: string;
  readonly discriminate: Discriminator | undefined;
}

/** The text behind `a=rtpmap:`. */
export interface RtpmapText {
  readonly payloadType: string | undefined;
  readonly encoding: Encoding | undefined;
  readonly readable: boolean;
}

/** One `a=rtpmap`. */
export interface Rtpmap {
  readonly encoding: Encoding;
  readonly line: number;
}

/** What the attributes of one section say about its payload types. */
export interface RtpAttributes {
  readonly rtpmaps: ReadonlyMap<string, Rtpmap>;
  readonly fmtps: ReadonlyMap<string, readonly Fmtp[]>;
  readonly feedback: ReadonlyMap<string, readonly RtcpFeedback[]>;
}

type Draft = { -readonly [K in keyof Codec]: Codec[K] };

const ROLES: ReadonlyMap<string, Codec['role']> = new Map([
  ['rtx', 'rtx'],
  ['red', 'red'],
  ['ulpfec', 'fec'],
  ['flexfec', 'fec'],
  ['flexfec-03', 'fec'],
  ['parityfec', 'fec'],
  ['1d-interleaved-parityfec', 'fec'],
  ['telephone-event', 'dtmf'],
  ['cn', 'cn'],
]);

/** The codecs of a section, one for each different payload type, in the order of the m= line. */
export function readCodecs(formats: readonly string[], attributes: RtpAttributes): Codec[] {
  const drafts = new Map<string, Draft>();
  for (const payloadType of formats) {
    if (!drafts.has(payloadType)) drafts.set(payloadType, draftOf(payloadType, attributes));
  }
  const codecs: Codec[] = [];
  for (const draft of drafts.values()) {
    if (draft.role === 'rtx' || draft.role === 'red') draft.identity = derivedIdentity(draft, drafts);
    codecs.push(draft);
  }
  return codecs;
}

/** Name, clock rate and channels with all that follows from them. */
export function encodingOf(name: string, clockRate: number, channels: number): Encoding {
  const lower = name.toLowerCase();
  return {
    name,
    clockRate,
    channels,
    role: ROLES.get(lower) ?? 'media',
    base: `${lower}/${clockRate}${channels === 1 ? '' : `/${channels}`}`,
    discriminate: DISCRIMINATING.get(lower),
  };
}

const UNKNOWN: Omit<Encoding, 'base'> = {
  name: '',
  clockRate: 0,
  channels: 1,
  role: 'media',
  discriminate: undefined,
};

function draftOf(payloadType: string, attributes: RtpAttributes): Draft {
  const rtpmap = attributes.rtpmaps.get(payloadType);
  const encoding = rtpmap?.encoding ?? staticEncoding(payloadType);
  const { name, clockRate, channels, role, discriminate } = encoding ?? UNKNOWN;
  const fmtp = attributes.fmtps.get(payloadType) ?? NONE;
  return {
    payloadType,
    name,
    clockRate,
    channels,
    identity: (encoding?.base ?? `?${payloadType}`) + (discriminate?.(fmtp) ?? ''),
    role,
    apt: role === 'rtx' ? fmtpValue(fmtp, 'apt') : undefined,
    fmtp,
    feedback: feedbackOf(payloadType, attributes.feedback),
    rtpmapLine: rtpmap?.line,
  };
}

function staticEncoding(payloadType: string): Encoding | undefined {
  const known = STATIC_PAYLOADS.get(payloadType);
  return known && encodingOf(known.name, known.clockRate, known.channels);
}

const NONE: readonly never[] = [];

/** Own lines plus those for `*`, in line order; only the 128 possible payload types get `*`, which bounds the work. */
function feedbackOf(payloadType: string, all: RtpAttributes['feedback']): readonly RtcpFeedback[] {
  const own = all.get(payloadType) ?? NONE;
  const wildcard = all.get('*') ?? NONE;
  if (wildcard.length === 0 || (decimal(payloadType) ?? 128) > 127 || payloadType.length > 3) return own;
  return own.length === 0 ? wildcard : [...own, ...wildcard].sort((a, b) => a.line - b.line);
}

/** Of formats that are about others of their section. */
function derivedIdentity(codec: Draft, all: ReadonlyMap<string, Draft>): string {
  if (codec.role === 'red') return ownIdentity(codec) + redundancy(codec, all);
  const target = codec.apt === undefined ? undefined : all.get(codec.apt);
  if (target === undefined) return 'rtx→?';
  if (target.role === 'rtx') return 'rtx→rtx';
  return `rtx→${target.role === 'red' ? ownIdentity(target) + redundancy(target, all) : target.identity}`;
}

/** Before what it is about is put behind it. */
function ownIdentity({ name, clockRate, channels, identity, role }: Draft): string {
  return role === 'rtx' || role === 'red' ? encodingOf(name, clockRate, channels).base : identity;
}

/** Most levels of redundancy RFC 2198 streams are made of; more would only be an attack on time and memory. */
const MOST_LEVELS = 32;

/** The codecs inside audio RED (RFC 2198 5), named by identity so that a renumbered payload type changes nothing. */
function redundancy(codec: Draft, all: ReadonlyMap<string, Draft>): string {
  const list = codec.fmtp[0]?.parameters[0]?.key;
  if (list === undefined) return '';
  const inner = list.split('/', MOST_LEVELS).map((payloadType) => {
    const target = all.get(payloadType);
    return target === undefined ? payloadType : ownIdentity(target);
  });
  return `;${inner.join(',')}`;
}

export type Discriminator = (fmtp: readonly Fmtp[]) => string;

const DISCRIMINATING: ReadonlyMap<string, Discriminator> = new Map<string, Discriminator>([
  // RFC 6184 8.1
  [
    'h264',
    (fmtp) =>
      `;${h264Profile(fmtpValue(fmtp, 'profile-level-id'))};packetization-mode=${fmtpValue(fmtp, 'packetization-mode') ?? '0'}`,
  ],
  // RFC 9628 6
  ['vp9', (fmtp) => `;profile-id=${fmtpValue(fmtp, 'profile-id') ?? '0'}`],
  // AV1 RTP payload format 7.2
  ['av1', (fmtp) => `;profile=${fmtpValue(fmtp, 'profile') ?? '0'}`],
  // RFC 7798 7.1
  [
    'h265',
    (fmtp) =>
      `;profile-id=${fmtpValue(fmtp, 'profile-id') ?? '1'};tier-flag=${fmtpValue(fmtp, 'tier-flag') ?? '0'}` +
      `;tx-mode=${fmtpValue(fmtp, 'tx-mode') ?? 'SRST'}`,
  ],
]);

/** profile_idc, mask and value of profile-iop, name (RFC 6184 8.1, table 5). */
const H264_PROFILES: readonly (readonly [number, number, number, string])[] = [
  [0x42, 0x4f, 0x40, 'constrained-baseline'],
  [0x4d, 0x8f, 0x80, 'constrained-baseline'],
  [0x58, 0xcf, 0xc0, 'constrained-baseline'],
  [0x42, 0x4f, 0x00, 'baseline'],
  [0x58, 0xcf, 0x80, 'baseline'],
  [0x4d, 0xaf, 0x00, 'main'],
  [0x64, 0xff, 0x00, 'high'],
  [0x64, 0xff, 0x0c, 'constrained-high'],
  [0xf4, 0xff, 0x00, 'high-444'],
];

/**
 * The profile of a `profile-level-id`, level ignored. Without one it is constrained baseline: RFC 6184 says baseline,
 * but libwebrtc takes 42e01f and no WebRTC stack without the parameter sends anything else.
 */
export function h264Profile(profileLevelId: string | undefined): string {
  if (profileLevelId === undefined) return 'constrained-baseline';
  if (!/^[0-9a-f]{6}$/i.test(profileLevelId)) return profileLevelId.toLowerCase();
  const idc = Number.parseInt(profileLevelId.slice(0, 2), 16);
  const iop = Number.parseInt(profileLevelId.slice(2, 4), 16);
  const found = H264_PROFILES.find(([profile, mask, value]) => profile === idc && (iop & mask) === value);
  return found === undefined ? profileLevelId.slice(0, 4).toLowerCase() : found[3];
}
