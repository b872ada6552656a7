/** ICE candidate lines (RFC 8839 5.1, RFC 6544 4.5), as in SDP or as a browser hands them to an application. */

import type { Candidate, FmtpParameter } from './sdp.ts';
import { decimal, words } from './tokens.ts';

const PREFIX = 'candidate:';

interface Extensions {
  readonly relatedAddress: string | undefined;
  readonly relatedPort: number | undefined;
  readonly tcpType: string | undefined;
  readonly ufrag: string | undefined;
  readonly generation: number | undefined;
  readonly networkId: string | undefined;
  readonly extensions: readonly FmtpParameter[];
}

/**
 * Reads `candidate:…` or `a=candidate:…`; blanks and a line end around it do not matter. Undefined when it is not one
 * line, the prefix is missing, a field is missing or a number is not decimal. Ranges and names are not judged.
 */
export function parseCandidate(text: string): Candidate | undefined {
  const line = text.trim();
  const body = line.startsWith('a=') ? line.slice(2) : line;
  if (!body.startsWith(PREFIX) || /[\r\n]/.test(body)) return undefined;
  const fields = words(body.slice(PREFIX.length));
  const [foundation, componentText, transport, priorityText, address, portText, typ, type] = fields;
  const component = decimal(componentText);
  const priority = decimal(priorityText);
  const port = decimal(portText);
  if (foundation === undefined || transport === undefined || address === undefined || type === undefined)
    return undefined;
  if (component === undefined || priority === undefined || port === undefined || typ !== 'typ') return undefined;
  const rest = readExtensions(fields);
  if (rest === undefined) return undefined;
  return { foundation, component, transport: transport.toLowerCase(), priority, address, port, type, ...rest };
}

/** The pairs behind `typ <type>`. A repeated name stays in `extensions`; an `rport` that is no number is unreadable. */
function readExtensions(fields: readonly string[]): Extensions | undefined {
  const known = new Map<string, string>();
  const extensions: FmtpParameter[] = [];
  for (let i = 8; i < fields.length; i += 2) {
    const key = fields[i] ?? '';
    const value = fields[i + 1] ?? '';
    const readable = KNOWN.has(key) && !known.has(key) && value !== '';
    if (readable && (key !== 'generation' || decimal(value) !== undefined)) known.set(key, value);
    else extensions.push({ key, value });
  }
  const relatedPort = decimal(known.get('rport'));
  if (known.has('rport') && relatedPort === undefined) return undefined;
  return {
    relatedAddress: known.get('raddr'),
    relatedPort,
    tcpType: known.get('tcptype'),
    ufrag: known.get('ufrag'),
    generation: decimal(known.get('generation')),
    networkId: known.get('network-id'),
    extensions,
  };
}

const KNOWN = new Set(['raddr', 'rport', 'tcptype', 'ufrag', 'generation', 'network-id']);

/** The candidate as `candidate:…` without `a=`, pairs in the order libwebrtc writes them. */
export function formatCandidate(candidate: Candidate): string {
  const c = candidate;
  const parts = [
    `${PREFIX}${c.foundation} ${c.component} ${c.transport} ${c.priority} ${c.address} ${c.port} typ ${c.type}`,
  ];
  if (c.relatedAddress !== undefined) parts.push('raddr', c.relatedAddress);
  if (c.relatedPort !== undefined) parts.push('rport', String(c.relatedPort));
  if (c.tcpType !== undefined) parts.push('tcptype', c.tcpType);
  if (c.generation !== undefined) parts.push('generation', String(c.generation));
  if (c.ufrag !== undefined) parts.push('ufrag', c.ufrag);
  if (c.networkId !== undefined) parts.push('network-id', c.networkId);
  for (const { key, value } of c.extensions) parts.push(value === '' ? key : `${key} ${value}`);
  return parts.join(' ');
}
