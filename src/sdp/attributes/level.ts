/** The draft that attribute readers fill: one for the session and one for each m-section. */
import type { Rtpmap, RtpmapText } from '../codec.ts';
import type {
  At,
  Attribute,
  Bandwidth,
  Candidate,
  Connection,
  Direction,
  Fingerprint,
  Fmtp,
  Group,
  HeaderExtension,
  Msid,
  Rid,
  RtcpFeedback,
  SdpProblem,
  Simulcast,
  SsrcAttribute,
  SsrcGroup,
} from '../sdp.ts';

/**
 * What equal texts of one description have in common: an SFU writes the same codecs into hundreds of sections.
 * Lives as long as one parse.
 */
export interface Memo {
  readonly rtpmaps: Map<string, RtpmapText>;
  readonly fmtps: Map<string, FmtpText | undefined>;
  readonly feedback: Map<string, FeedbackText | undefined>;
  readonly extensions: Map<string, ExtensionText>;
}

/** The text behind `a=fmtp:`. */
export interface FmtpText extends Omit<Fmtp, 'line'> {
  readonly payloadType: string;
}

/** The text behind `a=rtcp-fb:`. */
export type FeedbackText = Omit<RtcpFeedback, 'line'>;

/** The text behind `a=extmap:`; the extension as far as there is one. */
export interface ExtensionText {
  readonly extension: Omit<HeaderExtension, 'line'> | undefined;
  readonly readable: boolean;
}

export function newMemo(): Memo {
  return { rtpmaps: new Map(), fmtps: new Map(), feedback: new Map(), extensions: new Map() };
}

export interface Level {
  readonly memo: Memo;
  attributes: Attribute[];
  title: string | undefined;
  connection: Connection | undefined;
  bandwidth: Bandwidth[];
  groups: Group[];
  mid: At<string> | undefined;
  bundleOnly: boolean;
  direction: At<Direction> | undefined;
  ufrag: At<string> | undefined;
  pwd: At<string> | undefined;
  iceOptions: At<readonly string[]> | undefined;
  iceLite: At<true> | undefined;
  setup: At<string> | undefined;
  fingerprints: Fingerprint[];
  tlsId: At<string> | undefined;
  rtcpMux: number | undefined;
  rtcpRsize: number | undefined;
  rtcpMuxOnly: number | undefined;
  rtpmaps: Map<string, Rtpmap>;
  fmtps: Map<string, Fmtp[]>;
  feedback: Map<string, RtcpFeedback[]>;
  extensions: HeaderExtension[];
  extmapAllowMixed: boolean;
  msids: Msid[];
  ssrcs: SsrcAttribute[];
  ssrcGroups: SsrcGroup[];
  rids: Rid[];
  simulcast: Simulcast[];
  candidates: At<Candidate>[];
  endOfCandidates: number | undefined;
  ptime: At<string> | undefined;
  maxptime: At<string> | undefined;
  sctpPort: At<string> | undefined;
  sctpMapPort: At<string> | undefined;
  maxMessageSize: At<string> | undefined;
}

export function newLevel(memo: Memo = newMemo()): Level {
  return {
    memo,
    attributes: [],
    title: undefined,
    connection: undefined,
    bandwidth: [],
    groups: [],
    mid: undefined,
    bundleOnly: false,
    direction: undefined,
    ufrag: undefined,
    pwd: undefined,
    iceOptions: undefined,
    iceLite: undefined,
    setup: undefined,
    fingerprints: [],
    tlsId: undefined,
    rtcpMux: undefined,
    rtcpRsize: undefined,
    rtcpMuxOnly: undefined,
    rtpmaps: new Map(),
    fmtps: new Map(),
    feedback: new Map(),
    extensions: [],
    extmapAllowMixed: false,
    msids: [],
    ssrcs: [],
    ssrcGroups: [],
    rids: [],
    simulcast: [],
    candidates: [],
    endOfCandidates: undefined,
    ptime: undefined,
    maxptime: undefined,
    sctpPort: undefined,
    sctpMapPort: undefined,
    maxMessageSize: undefined,
  };
}

/**
 * Reads one attribute into the draft. `value` is '' for a property attribute. The text of a problem names the
 * attribute only, never its value: what comes from the wire is shown through its line.
 */
export type AttributeReader = (level: Level, value: string, line: number, problems: SdpProblem[]) => void;

/** Notes an attribute whose value is not of the form its specification asks for. Code: `bad-<name>`. */
export function unreadable(problems: SdpProblem[], name: string, line: number, expected: string): void {
  problems.push({ code: `bad-${name}`, message: `a=${name} cannot be read: expected ${expected}.`, line });
}
