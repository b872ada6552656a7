/**
 * The shape of a parsed session description (RFC 8866, RFC 9429).
 *
 * The numbered lines are the truth; everything else points back into them. Ids that look like numbers
 * (mid, ufrag, payload type, msid) stay strings, repeated attributes stay repeated, and nothing is dropped:
 * what has no field of its own is still in `attributes` and `lines`.
 */

/** One physical line. `number` counts from 1. Joining `text + eol` of all lines gives the input byte for byte. */
export interface SdpLine {
  readonly number: number;
  readonly text: string;
  readonly eol: '\r\n' | '\n' | '\r' | '';
}

/** One `a=` line. `value` is undefined for a property attribute such as `a=rtcp-mux`. */
export interface Attribute {
  readonly name: string;
  readonly value: string | undefined;
  readonly line: number;
}

/** A value and the line it stands on. */
export interface At<T> {
  readonly value: T;
  readonly line: number;
}

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
export type SetupRole = 'actpass' | 'active' | 'passive' | 'holdconn';

/** `o=` (RFC 8866 5.2). Numbers stay text: they may exceed 2^53. */
export interface Origin {
  readonly username: string;
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly netType: string;
  readonly addressType: string;
  readonly address: string;
  readonly line: number;
}

/** `a=group:` (RFC 5888). The first mid of a BUNDLE group is its tag (RFC 9143 7.1.2). */
export interface Group {
  readonly semantics: string;
  readonly mids: readonly string[];
  readonly line: number;
}

/** `c=` (RFC 8866 5.7). */
export interface Connection {
  readonly netType: string;
  readonly addressType: string;
  readonly address: string;
  readonly line: number;
}

/** `a=fingerprint:` (RFC 8122 5). `hash` lower case, `digest` upper case. */
export interface Fingerprint {
  readonly hash: string;
  readonly digest: string;
  readonly line: number;
}

/** ICE attributes of one level (RFC 8839 5). Undefined where the level does not state them. */
export interface IceAttributes {
  readonly ufrag: At<string> | undefined;
  readonly pwd: At<string> | undefined;
  readonly options: At<readonly string[]> | undefined;
  readonly lite: At<true> | undefined;
}

/** DTLS attributes of one level (RFC 8842 5). */
export interface DtlsAttributes {
  readonly setup: At<SetupRole | (string & {})> | undefined;
  readonly fingerprints: readonly Fingerprint[];
  readonly tlsId: At<string> | undefined;
}

/** One `a=fmtp` parameter; `value` is '' for a bare token (as in `0-15`). */
export interface FmtpParameter {
  readonly key: string;
  readonly value: string;
}

export interface Fmtp {
  readonly text: string;
  readonly parameters: readonly FmtpParameter[];
  readonly line: number;
}

export interface RtcpFeedback {
  /** Payload type, or '*' for all. */
  readonly payloadType: string;
  /** e.g. `nack`, `nack pli`, `ccm fir`, `transport-cc`. */
  readonly type: string;
  readonly line: number;
}

/** One payload type of an RTP section, in the order of the m= line. */
export interface Codec {
  readonly payloadType: string;
  /** As written (`VP8`); from RFC 3551's static table where there is no rtpmap; '' if unknown. */
  readonly name: string;
  readonly clockRate: number;
  /** 1 unless stated. */
  readonly channels: number;
  /** What makes two payload types the same codec: see codec.ts. */
  readonly identity: string;
  /** 'media' is a codec that carries audio or video by itself. */
  readonly role: 'media' | 'rtx' | 'red' | 'fec' | 'dtmf' | 'cn';
  /** rtx only: the payload type it repairs. */
  readonly apt: string | undefined;
  readonly fmtp: readonly Fmtp[];
  readonly feedback: readonly RtcpFeedback[];
  readonly rtpmapLine: number | undefined;
}

/** `a=extmap:` (RFC 8285). */
export interface HeaderExtension {
  readonly id: string;
  readonly uri: string;
  readonly direction: Direction | undefined;
  readonly config: string | undefined;
  readonly line: number;
}

/** `a=msid:` (RFC 8830); also the `msid` of Plan-B style `a=ssrc` lines is in `ssrcs`. */
export interface Msid {
  readonly stream: string;
  readonly track: string | undefined;
  readonly line: number;
}

export interface SsrcAttribute {
  readonly ssrc: string;
  readonly attribute: string;
  readonly value: string | undefined;
  readonly line: number;
}

export interface SsrcGroup {
  readonly semantics: string;
  readonly ssrcs: readonly string[];
  readonly line: number;
}

/** `a=rid:` (RFC 8851). */
export interface Rid {
  readonly id: string;
  readonly direction: string;
  readonly parameters: readonly FmtpParameter[];
  readonly line: number;
}

/** One direction of `a=simulcast:` (RFC 8853): a list of streams, each a list of alternatives. */
export interface SimulcastList {
  readonly direction: string;
  readonly streams: readonly (readonly { readonly rid: string; readonly paused: boolean }[])[];
}

export interface Simulcast {
  readonly text: string;
  readonly lists: readonly SimulcastList[];
  readonly line: number;
}

export interface Bandwidth {
  readonly modifier: string;
  readonly value: string;
  readonly line: number;
}

/** A candidate line (RFC 8839 5.1, RFC 6544 4.5). Numbers are NaN-free: a line that does not parse is a problem. */
export interface Candidate {
  readonly foundation: string;
  readonly component: number;
  /** Lower case. */
  readonly transport: string;
  readonly priority: number;
  readonly address: string;
  readonly port: number;
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay' | (string & {});
  readonly relatedAddress: string | undefined;
  readonly relatedPort: number | undefined;
  readonly tcpType: string | undefined;
  readonly ufrag: string | undefined;
  readonly generation: number | undefined;
  readonly networkId: string | undefined;
  /** All other extension pairs, in order. */
  readonly extensions: readonly FmtpParameter[];
}

/** What could not be read. The parser never throws; it says where and what. */
export interface SdpProblem {
  readonly code: string;
  readonly message: string;
  /** 0 for the text as a whole. */
  readonly line: number;
}

/** One m-section. */
export interface MSection {
  readonly index: number;
  /** First line (`m=`) and last line of the section. */
  readonly line: number;
  readonly lastLine: number;
  /** `audio`, `video`, `application`, … */
  readonly kind: string;
  /** NaN if unreadable. */
  readonly port: number;
  readonly protocol: string;
  /** Payload types, or `webrtc-datachannel`, as written on the m= line. */
  readonly formats: readonly string[];
  readonly mid: At<string> | undefined;
  /** All a= lines of the section in order, known or not, repeated or not. */
  readonly attributes: readonly Attribute[];
  readonly title: string | undefined;
  readonly connection: Connection | undefined;
  readonly bandwidth: readonly Bandwidth[];
  /** Port 0 without `a=bundle-only`: rejected or stopped (rules G1, G4). */
  readonly rejected: boolean;
  readonly bundleOnly: boolean;
  /** Stated here, else inherited from the session, else `sendrecv`. */
  readonly direction: Direction;
  readonly directionLine: number | undefined;
  /** As stated in this section (no inheritance). */
  readonly ownIce: IceAttributes;
  readonly ownDtls: DtlsAttributes;
  /** With session-level values filled in (rule G2). */
  readonly ice: IceAttributes;
  readonly dtls: DtlsAttributes;
  readonly rtcpMux: number | undefined;
  readonly rtcpRsize: number | undefined;
  readonly rtcpMuxOnly: number | undefined;
  readonly codecs: readonly Codec[];
  readonly extensions: readonly HeaderExtension[];
  readonly msids: readonly Msid[];
  readonly ssrcs: readonly SsrcAttribute[];
  readonly ssrcGroups: readonly SsrcGroup[];
  readonly rids: readonly Rid[];
  readonly simulcast: readonly Simulcast[];
  readonly candidates: readonly At<Candidate>[];
  readonly endOfCandidates: number | undefined;
  readonly ptime: At<string> | undefined;
  readonly maxptime: At<string> | undefined;
  readonly sctpPort: At<string> | undefined;
  readonly maxMessageSize: At<string> | undefined;
}

/** A parsed description. */
export interface Sdp {
  readonly text: string;
  readonly lines: readonly SdpLine[];
  readonly origin: Origin | undefined;
  readonly sessionName: string | undefined;
  readonly groups: readonly Group[];
  readonly attributes: readonly Attribute[];
  readonly connection: Connection | undefined;
  readonly bandwidth: readonly Bandwidth[];
  readonly ice: IceAttributes;
  readonly dtls: DtlsAttributes;
  readonly extensions: readonly HeaderExtension[];
  readonly extmapAllowMixed: boolean;
  readonly direction: At<Direction> | undefined;
  readonly media: readonly MSection[];
  readonly problems: readonly SdpProblem[];
}
