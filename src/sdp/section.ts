/** m= lines and the step from a filled draft to an `MSection`: codecs, rejection (G1, G4) and inheritance (G2). */
import type { Level } from './attributes/level.ts';
import { readCodecs } from './codec.ts';
import type { DtlsAttributes, IceAttributes, MSection, SdpProblem } from './sdp.ts';
import { decimal, words } from './tokens.ts';

/** The four fields of an m= line (RFC 8866 5.14). */
export interface MLine {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly line: number;
}

/** Reads the text behind `m=`. The port is NaN if unreadable; of `port/count` the port counts. */
export function readMLine(text: string, line: number, problems: SdpProblem[]): MLine {
  const [kind = '', portText = '', protocol = '', ...formats] = words(text);
  const slash = portText.indexOf('/');
  const port = decimal(slash < 0 ? portText : portText.slice(0, slash));
  if (formats.length === 0) {
    problems.push({ code: 'm-fields', message: 'An m= line needs a type, a port, a protocol and formats.', line });
  }
  if (port === undefined || port > 65535) {
    problems.push({ code: 'm-port', message: 'The port of an m= line must be a number from 0 to 65535.', line });
  } else if (slash >= 0) {
    problems.push({ code: 'm-port-count', message: 'A port count in an m= line is not used in WebRTC.', line });
  }
  return { kind, port: port ?? Number.NaN, protocol, formats, line };
}

/** Whether the protocol carries RTP: any profile of RTP/AVP, with or without DTLS. */
export function isRtp(protocol: string): boolean {
  return protocol.includes('RTP/');
}

export function iceOf(level: Level): IceAttributes {
  return { ufrag: level.ufrag, pwd: level.pwd, options: level.iceOptions, lite: level.iceLite };
}

export function dtlsOf(level: Level): DtlsAttributes {
  return { setup: level.setup, fingerprints: level.fingerprints, tlsId: level.tlsId };
}

function inheritIce(own: IceAttributes, session: IceAttributes): IceAttributes {
  return {
    ufrag: own.ufrag ?? session.ufrag,
    pwd: own.pwd ?? session.pwd,
    options: own.options ?? session.options,
    lite: own.lite ?? session.lite,
  };
}

function inheritDtls(own: DtlsAttributes, session: DtlsAttributes): DtlsAttributes {
  return {
    setup: own.setup ?? session.setup,
    fingerprints: own.fingerprints.length > 0 ? own.fingerprints : session.fingerprints,
    tlsId: own.tlsId ?? session.tlsId,
  };
}

/** Builds the section from its m= line, its draft and the session's draft. */
export function buildSection(
  index: number,
  lastLine: number,
  mline: MLine,
  level: Level,
  session: Level,
  problems: SdpProblem[],
): MSection {
  const rejected = mline.port === 0 && !level.bundleOnly;
  const rtp = isRtp(mline.protocol);
  // A rejected section may carry any format (rule 8).
  if (rtp && !rejected && mline.formats.some((format) => decimal(format) === undefined)) {
    problems.push({ code: 'm-format', message: 'A format of an RTP section is not a payload type.', line: mline.line });
  }
  const ownIce = iceOf(level);
  const ownDtls = dtlsOf(level);
  const direction = level.direction ?? session.direction;
  // Each by name: V8 puts what follows a spread into the object one by one, and there are many.
  return {
    index,
    kind: mline.kind,
    port: mline.port,
    protocol: mline.protocol,
    formats: mline.formats,
    line: mline.line,
    lastLine,
    mid: level.mid,
    attributes: level.attributes,
    title: level.title,
    connection: level.connection,
    bandwidth: level.bandwidth,
    rejected,
    bundleOnly: level.bundleOnly,
    direction: direction?.value ?? 'sendrecv',
    directionLine: direction?.line,
    ownIce,
    ownDtls,
    ice: inheritIce(ownIce, iceOf(session)),
    dtls: inheritDtls(ownDtls, dtlsOf(session)),
    rtcpMux: level.rtcpMux,
    rtcpRsize: level.rtcpRsize,
    rtcpMuxOnly: level.rtcpMuxOnly,
    codecs: rtp ? readCodecs(mline.formats, level) : [],
    extensions: level.extensions,
    msids: level.msids,
    ssrcs: level.ssrcs,
    ssrcGroups: level.ssrcGroups,
    rids: level.rids,
    simulcast: level.simulcast,
    candidates: level.candidates,
    endOfCandidates: level.endOfCandidates,
    ptime: level.ptime,
    maxptime: level.maxptime,
    sctpPort: level.sctpPort ?? level.sctpMapPort,
    maxMessageSize: level.maxMessageSize,
  };
}
