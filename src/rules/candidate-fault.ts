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
  const line = text.trim().replace(/^a=/, '');
  if (/[\r\n]/.test(line)) return { text: 'is more than one line' };
  if (/^["{[]/.test(line)) return { text: 'is JSON, not a candidate line' };
  if (!line.startsWith('candidate:')) return { text: "does not begin with 'candidate:'" };
  const fields = line.slice('candidate:'.length).split(' ');
  if (fields.length < 8) return { text: `has ${fields.length} of at least 8 fields`, reason: FIELDS };
  if (fields[6] !== 'typ') return { text: "has no 'typ' as its seventh field", reason: FIELDS };
  return headFault(fields) ?? tailFault(fields);
}

function headFault(fields: readonly string[]): CandidateFault | undefined {
  const [, component = '', transport = '', priority = '', , port = '', , type = ''] = fields;
  if (!/^[+-]?\d{1,9}$/.test(component)) return value('component', component);
  if (!/^\d{1,10}$/.test(priority) || Number(priority) > MAX_UINT32) return value('priority', priority);
  const wrongPort = portFault('port', port);
  if (wrongPort) return wrongPort;
  if (!/^(?:udp|tcp|ssltcp)$/i.test(transport))
    return { text: `has the transport '${transport}' instead of udp or tcp`, reason: 'Unsupported transport type.' };
  if (!/^(?:host|srflx|prflx|relay)$/.test(type))
    return { text: `has the unknown type '${type}'`, reason: 'Unsupported candidate type.' };
  return undefined;
}

/** `raddr`, `rport` and `tcptype`, in this order; then pairs of which some must be numbers. */
function tailFault(fields: readonly string[]): CandidateFault | undefined {
  let at = 8;
  if (fields[at] === 'raddr' && at + 1 < fields.length) at += 2;
  if (fields[at] === 'rport' && at + 1 < fields.length) {
    const wrong = portFault('rport', fields[at + 1] ?? '');
    if (wrong) return wrong;
    at += 2;
  }
  if (fields[at] === 'tcptype' && at + 1 < fields.length) {
    const kind = fields[at + 1] ?? '';
    if (!/^(?:active|passive|so)$/.test(kind))
      return { text: `has the unknown tcptype '${kind}'`, reason: 'Invalid TCP candidate type.' };
    if (/^udp$/i.test(fields[2] ?? ''))
      return { text: 'has a tcptype but is udp', reason: 'Invalid non-TCP candidate' };
    at += 2;
  }
  for (; at + 1 < fields.length; at += 2) {
    const [name = '', number = ''] = [fields[at], fields[at + 1]];
    if (/^(?:generation|network-id|network-cost)$/.test(name) && !/^\d{1,9}$/.test(number)) return value(name, number);
  }
  return undefined;
}

function value(name: string, text: string): CandidateFault {
  return { text: `has the ${name} '${text}', which is not a number in range`, reason: `Invalid value: ${text}.` };
}

function portFault(name: string, text: string): CandidateFault | undefined {
  if (!/^[+-]?\d{1,9}$/.test(text)) return value(name, text);
  const port = Number(text);
  if (port >= 0 && port <= 65535) return undefined;
  return { text: `has the ${name} ${text}, which is above 65535 or below 0`, reason: 'Invalid port number.' };
}
