/** sipcc's judgement of single lines (see sipcc.ts), in its own words. */

const words = (text: string): string[] => text.split(/[ \t]+/).filter((word) => word !== '');

const [LIMIT, OVERFLOW] = [2n ** 63n, 2n ** 64n];

/** A number of o=: 63 bits; it does not notice when one has more than 64. */
function isNumber(text: string | undefined): boolean {
  if (text === undefined || !/^\d{1,100}$/.test(text)) return false;
  return BigInt(text) < LIMIT || BigInt(text) >= OVERFLOW;
}

/** A number as C reads it: leading digits count, what follows them does not. */
function leading(text: string | undefined): bigint | undefined {
  const digits = /^\d{1,100}/.exec(text ?? '')?.[0];
  return digits === undefined ? undefined : BigInt(digits);
}

/** `t=<start> <stop>` */
export function timeFault(value: string): string[] | undefined {
  const [start, stop] = words(value);
  const isTime = (text: string | undefined): boolean => (leading(text) ?? OVERFLOW) < OVERFLOW;
  if (!isTime(start)) return ['Invalid timespec start time specified.'];
  return isTime(stop) ? undefined : ['Invalid timespec stop time specified.'];
}

/** `b=<modifier>:<kilobits or bits>`; of other modifiers it does not read the value. */
export function bandwidthFault(value: string): string[] | undefined {
  if (value === '') return ['No bandwidth type specified for b= '];
  const [, number] = /^(?:AS|CT|TIAS):[ \t]*(.*)$/i.exec(value) ?? [];
  if (number === undefined || (leading(number) ?? OVERFLOW) < 2n ** 32n) return undefined;
  return ['Error: No BW Value specified '];
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
  return address === undefined ? ['No owner address specified.'] : undefined;
}

/** `c=<nettype> <addrtype> <address>` */
export function connectionFault(value: string): string[] | undefined {
  const [network, type, address] = words(value);
  if (network === undefined) return ['No connection network type specified for c=.'];
  if (type === undefined) return ['No connection address type specified for c=.'];
  if (address === undefined) return ['No connection address specified for c=.'];
  // It looks for multicast in the first three characters of an IPv4 address, and does not expect names there.
  const first = address.slice(0, 3).split('/')[0] ?? '';
  return /^IP4$/i.test(type) && !/^\d/.test(first) ? [`Error parsing address ${first} for mcast.`] : undefined;
}

/** A network or address type it does not know: the line counts for nothing then. */
export function connectionWarning(value: string): string | undefined {
  const [network = '', type = ''] = words(value);
  if (network.toUpperCase() !== 'IN') return `Warning: Connection network type unsupported (${network}) for c=.`;
  if (/^IP[46]$/i.test(type)) return undefined;
  return `Warning: Connection address type unsupported (${type}) for c=.`;
}

/** Types of media it knows; of these browsers use the first three. */
const MEDIA = /^(?:audio|video|application|data|control|nas-(?:radius|tacacs|diameter|l2tp|login|none)|image|text)$/i;
const RTP = /^(?:RTP\/S?AVPF?|UDP\/TLS\/RTP\/SAVPF?|TCP\/DTLS\/RTP\/SAVPF?)$/i;
const SCTP = /^(?:(?:UDP|TCP)\/)?DTLS\/SCTP$/i;
const OTHER = /^(?:local|udp|udptl|tcp|UDPSPRT|UDP\/TLS\/UDPTL)$/i;

/** `m=<media> <port> <proto> <fmt> …` */
export function mediaFault(value: string): string[] | undefined {
  const [kind, port, protocol, ...formats] = words(value);
  if (kind === undefined) return ['No media type specified, parse failed.'];
  if (port === undefined) return ['No port specified in m= media line, parse failed.'];
  if (protocol === undefined) return ['No transport protocol type specified, parse failed.'];
  const unsupported = MEDIA.test(kind) ? [] : [`Warning: Media type unsupported (${kind}).`];
  const known = RTP.test(protocol) || SCTP.test(protocol) || OTHER.test(protocol);
  if (!known)
    return [
      ...unsupported,
      `Warning: Transport protocol type unsupported (${protocol}).`,
      `Invalid port format (${port}) specified for transport protocol (Unsupported), parse failed.`,
    ];
  const counted = port.includes('/') && SCTP.test(protocol);
  if (!/^\+?\d/.test(port) || counted || /^RTP\/AVPF$/i.test(protocol))
    return [
      ...unsupported,
      `Invalid port format (${port}) specified for transport protocol (${protocol}), parse failed.`,
    ];
  if (/^(?:UDP|TCP)\/DTLS\/SCTP$/i.test(protocol) && formats[0] !== 'webrtc-datachannel')
    return ['No webrtc-datachannel token in m= media line, parse failed.'];
  if (/^DTLS\/SCTP$/i.test(protocol) && !/^\d/.test(formats[0] ?? ''))
    return ['No sctp port specified in m= media line, parse failed.'];
  return undefined;
}

/** What it only complains of. */
export function mediaWarning(value: string): string | undefined {
  const [kind = ''] = words(value);
  return MEDIA.test(kind) ? undefined : `Warning: Media type unsupported (${kind}).`;
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
  if (!session.some(isConnection) && lacksConnection(first < 0 ? [] : lines.slice(first)))
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
    } else if (isConnection(line)) has = true;
  }
  return !has;
}

const isConnection = (line: string): boolean => line.startsWith('c=') && connectionWarning(line.slice(2)) === undefined;
