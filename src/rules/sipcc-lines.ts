/** sipcc's judgement of single lines (see sipcc.ts), in its own words. */

const words = (text: string): string[] => text.split(/[ \t]+/).filter((word) => word !== '');

const LIMIT = 2n ** 63n;

/** A number as C reads it: leading digits count, what follows them does not. */
function isNumber(text: string | undefined): boolean {
  const digits = /^\+?(\d{1,20})/.exec(text ?? '')?.[1];
  return digits !== undefined && BigInt(digits) < LIMIT;
}

/** `v=0` */
export function versionFault(value: string): string[] | undefined {
  const version = /^[ \t]*(\d{1,9})/.exec(value)?.[1];
  if (version !== undefined && Number(version) === 0) return undefined;
  return [`Invalid version (${Number(version ?? 0)}) found, parse failed.`];
}

/** `o=<name> <id> <version> <nettype> <addrtype> <address>` */
export function ownerFault(value: string): string[] | undefined {
  const [name, id, version, network, type, address] = words(value);
  if (name === undefined) return ['No owner name specified for o=.'];
  if (!isNumber(id)) return ['Invalid owner session id specified for o=.'];
  if (!isNumber(version)) return ['Invalid owner version specified for o=.'];
  if (network === undefined) return ['No owner network type specified for o=.'];
  if (type === undefined) return ['No owner address type specified for o=.'];
  return address === undefined ? ['No owner address specified for o=.'] : undefined;
}

/** `c=<nettype> <addrtype> <address>` */
export function connectionFault(value: string): string[] | undefined {
  const [network, type, address] = words(value);
  if (network === undefined) return ['No connection network type specified for c=.'];
  if (type === undefined) return ['No connection address type specified for c=.'];
  return address === undefined ? ['No connection address specified for c=.'] : undefined;
}

const RTP = /^(?:(?:UDP|TCP)\/(?:TLS|DTLS)\/)?RTP\/S?AVPF?$/i;
const SCTP = /^(?:(?:UDP|TCP)\/)?DTLS\/SCTP$/i;
const OTHER = /^(?:local|udp|udptl|tcp|UDPSPRT|UDP\/TLS\/UDPTL)$/i;

/** `m=<media> <port> <proto> <fmt> …` */
export function mediaFault(value: string): string[] | undefined {
  const [kind, port, protocol, ...formats] = words(value);
  if (kind === undefined) return ['No media type specified, parse failed.'];
  if (port === undefined) return ['No port specified in m= media line, parse failed.'];
  if (protocol === undefined) return ['No transport protocol type specified, parse failed.'];
  const known = RTP.test(protocol) || SCTP.test(protocol) || OTHER.test(protocol);
  if (!known)
    return [
      `Warning: Transport protocol type unsupported (${protocol}).`,
      `Invalid port format (${port}) specified for transport protocol (Unsupported), parse failed.`,
    ];
  if (!/^\d/.test(port))
    return [`Invalid port format (${port}) specified for transport protocol (${protocol}), parse failed.`];
  if (/^(?:UDP|TCP)\/DTLS\/SCTP$/i.test(protocol) && formats[0] !== 'webrtc-datachannel')
    return ['No webrtc-datachannel token in m= media line, parse failed.'];
  return undefined;
}

/** The attributes sipcc knows, lower case. */
const KNOWN = new Set(
  `bearer called connection_type dialed dialing direction eecid fmtp framing inactive ptime qos curr des conf recvonly
  rtpmap secure sendonly sendrecv subnet t38faxversion t38maxbitrate t38faxfillbitremoval t38faxtranscodingmmr
  t38faxtranscodingjbig t38faxratemanagement t38faxmaxbuffer t38faxmaxdatagram t38faxudpec x-cap x-cpar x-pc x-qos x-sqn
  tmrgwxid tc1payloadbytes tc1windowsize tc2payloadbytes tc2windowsize rtcp rtr silencesupp srtpcontext mptime x-sidin
  x-sidout x-confid group mid source-filter rtcp-unicast maxprate sqn cdsc cpar cparmin cparmax x-crypto crypto label
  framerate candidate ice-ufrag ice-pwd rtcp-mux fingerprint maxptime rtcp-fb setup connection extmap identity msid
  msid-semantic bundle-only end-of-candidates ice-lite ice-options ssrc ssrc-group imageattr simulcast rid dtls-message
  extmap-allow-mixed rtcp-rsize sctpmap sctp-port max-message-size x-google-flag`.split(/\s+/),
);

/** Whether an a= line has nothing to warn of, at a glance: a description has thousands of them. */
export function isPlainAttribute(line: string): boolean {
  const colon = line.indexOf(':');
  const name = colon < 0 ? line.slice(2) : line.slice(2, colon);
  return name !== 'fmtp' && KNOWN.has(name);
}

/** A warning about an attribute: one it does not know, or VP9's fmtp, which it takes for DTMF events. */
export function oddAttribute(value: string): string | undefined {
  const name = /^[^:\s]*/.exec(value)?.[0] ?? '';
  if (!KNOWN.has(name.toLowerCase())) return `Warning: Unrecognized attribute (${name}) `;
  if (name === 'fmtp' && /^fmtp:\d+ profile-id=/.test(value))
    return 'Warning: Invalid named events specified for fmtp attribute.';
  return undefined;
}

/** What must be there and is not. */
export function missingLine(lines: readonly string[]): string | undefined {
  const first = lines.findIndex((line) => line.startsWith('m='));
  const session = first < 0 ? lines : lines.slice(0, first);
  if (!session.some((line) => line.startsWith('c=')) && lacksConnection(first < 0 ? [] : lines.slice(first)))
    return 'c= connection line not specified for every media level, validation failed.';
  if (!session.some((line) => line.startsWith('o='))) return 'o= owner line not specified, validation failed.';
  if (!session.some((line) => line.startsWith('t='))) return 't= timespec line not specified, validation failed.';
  return undefined;
}

function lacksConnection(media: readonly string[]): boolean {
  let has = true;
  for (const line of media) {
    if (line.startsWith('m=')) {
      if (!has) return true;
      has = false;
    } else if (line.startsWith('c=')) has = true;
  }
  return !has;
}
