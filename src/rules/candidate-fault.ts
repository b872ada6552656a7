/** Why a candidate line cannot be used, with libwebrtc's own reading of the grammar (RFC 8839 5.1, RFC 6544 4.5). */

export interface CandidateFault {
  /** Goes behind "the candidate …". */
  readonly text: string;
  /** What Chrome adds behind the line when it refuses a description for it; undefined where its words are not known. */
  readonly reason?: string;
}

const FIELDS = 'Expect at least 8 fields.';
const MAX_UINT32 = 4_294_967_295;

/** `text` as sent, with or without `a=`. Undefined if it can be read. */
export function candidateFault(text: string): CandidateFault | undefined {
  const line = text.trimEnd().replace(/^a=/, '');
  if (/[\r\n]/.test(line)) return { text: 'is more than one line' };
  if (/^\s*["{[]/.test(line)) return { text: 'is JSON, not a candidate line' };
  if (!line.startsWith('candidate:')) return { text: "does not begin with 'candidate:'" };
  const fields = line.slice('candidate:'.length).split(' ');
  if (fields.length < 8) return { text: `has ${fields.length} of at least 8 fields`, reason: FIELDS };
  if (fields[6] !== 'typ') return { text: "has no 'typ' as its seventh field", reason: FIELDS };
  return headFault(fields) ?? tailFault(fields);
}

function headFault(fields: readonly string[]): CandidateFault | undefined {
  const [foundation = '', component = '', transport = '', priority = '', , port = '', , type = ''] = fields;
  if (foundation === '') return { text: "has a blank behind 'candidate:'" };
  if (!/^-?\d{1,9}$/.test(component)) return invalid('component', component, 'Invalid component id');
  if (!isUpTo(MAX_UINT32, priority)) return invalid('priority', priority, 'Invalid priority');
  if (!isUpTo(65535, port)) return invalid('port', port, 'Invalid port');
  if (!/^(?:udp|tcp|ssltcp|tls)$/i.test(transport))
    return { text: `has the transport '${transport}' instead of udp or tcp`, reason: 'Unsupported transport type' };
  if (/^tls$/i.test(transport) && !fields.includes('fingerprint'))
    return { text: 'is tls without a fingerprint', reason: 'Missing fingerprint extension for TLS candidate' };
  if (!/^(?:host|srflx|prflx|relay)$/.test(type))
    return { text: `has the unknown type '${type}'`, reason: 'Unsupported candidate type' };
  return undefined;
}

/** `raddr`, `rport` and `tcptype`, in this order; then pairs of which some must be numbers. */
function tailFault(fields: readonly string[]): CandidateFault | undefined {
  let at = 8;
  const taken = (name: string): string | undefined => {
    if (fields[at] !== name || at + 1 >= fields.length) return undefined;
    at += 2;
    return fields[at - 1];
  };
  taken('raddr');
  const rport = taken('rport');
  if (rport !== undefined && !isUpTo(65535, rport)) return invalid('rport', rport, 'Invalid port');
  const tcpType = taken('tcptype');
  if (tcpType !== undefined && !/^(?:active|passive|so)$/.test(tcpType))
    return { text: `has the unknown tcptype '${tcpType}'`, reason: 'Invalid TCP candidate type' };
  if (tcpType !== undefined && /^udp$/i.test(fields[2] ?? ''))
    return { text: 'has a tcptype but is udp', reason: 'Invalid non-TCP candidate' };
  for (; at + 1 < fields.length; at += 2) {
    const [name = '', number = ''] = [fields[at], fields[at + 1]];
    const most = NUMBERS.get(name);
    if (most !== undefined && !isUpTo(most, number)) return invalid(name, number, `Invalid ${name}`);
  }
  return undefined;
}

/** Pairs with a number, and its greatest value. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['generation', MAX_UINT32],
  ['network-id', 65535],
  ['network-cost', 65535],
]);

function isUpTo(most: number, text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) <= most;
}

function invalid(name: string, text: string, reason: string): CandidateFault {
  return { text: `has the ${name} '${text}', which is no number in range`, reason };
}
