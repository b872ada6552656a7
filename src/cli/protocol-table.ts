/** What is built in: the table of `renego protocols` and of the README. */
import { protocols } from '../protocols/index.ts';
import type { Protocol } from '../protocols/protocol.ts';

export interface ProtocolRow {
  readonly name: string;
  readonly title: string;
  /** Takes part as a peer, not only reads. */
  readonly join: boolean;
  /** How ICE is restarted, or why it is not. */
  readonly restart: string;
  readonly tested: string;
}

/** Said of a protocol that nobody has run against the software it is for. */
const EXAMPLES_ONLY = 'examples only';

export function protocolRow({ name, title, capabilities, tested }: Protocol): ProtocolRow {
  return { name, title, join: true, restart: restartText(capabilities.restart), tested: tested ?? EXAMPLES_ONLY };
}

function restartText(restart: Protocol['capabilities']['restart']): string {
  if (restart === 'offer') return 'by an offer';
  return restart === 'ask' ? 'asks for one' : `no: ${restart.why}`;
}

export const protocolRows = (): readonly ProtocolRow[] => protocols.map(protocolRow);

/** One protocol for a program. Fields are only ever added. */
export function protocolJson(protocol: Protocol): Readonly<Record<string, unknown>> {
  const { name, title, carrier = 'websocket', capabilities, params = {}, subprotocols, tested } = protocol;
  const { restart, renegotiation, offers = 'both', trickle, bye, endOfCandidates } = capabilities;
  return {
    name,
    title,
    carrier,
    decode: true,
    join: true,
    rooms: protocol.rooms === true,
    restart: typeof restart === 'string' ? restart : null,
    renegotiation: renegotiation === true,
    offers,
    trickle,
    bye,
    endOfCandidates,
    subprotocols,
    params,
    tested: tested ?? null,
  };
}
