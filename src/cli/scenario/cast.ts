/** The peers of a scenario, with what may go wrong between them and the server. */
import type { PartyId } from '../../core/event.ts';
import type { Log } from '../../core/log.ts';
import { mdn } from '../../protocols/mdn.ts';
import type { Protocol } from '../../protocols/protocol.ts';
import { createFaultLine, type FaultLine } from '../../scenario/faults.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { type Company, createCompany } from '../../sources/company.ts';
import { createPeer, type Peer } from '../../sources/peer.ts';
import { chooseEngine } from '../engine.ts';
import type { Io } from '../io.ts';
import { protocolOf } from '../protocol-file.ts';

export interface Player {
  readonly name: PartyId;
  readonly peer: Peer;
  readonly faults: FaultLine;
  /** Whether it tells that it is connected: over HTTP there is nothing to be open. */
  readonly onSocket: boolean;
}

export interface Cast {
  readonly players: readonly Player[];
  readonly company: Company;
}

export interface Casting {
  /** Where the peers meet. */
  readonly url: string;
  readonly engine: string;
  readonly io: Io;
  readonly log: Log;
  later(delay: number, what: () => void): void;
}

/** Throws RenegoError `usage` for an engine or protocol that does not exist. */
export async function castOf({ server, peers }: Scenario, casting: Casting): Promise<Cast> {
  const { url, io, log, later } = casting;
  const protocol = server === undefined ? mdn : await protocolOf(server.protocol ?? 'auto', io.env);
  const players: Player[] = [];
  const onSocket = /^wss?:/i.test(url) && (protocol?.carrier ?? 'websocket') === 'websocket';
  for (const [index, { name, engine, media, opening, polite, answerOnly }] of peers.entries()) {
    const other = server === undefined && peers.length === 2 ? peers[1 - index] : undefined;
    const faults = createFaultLine(later, (text) => void log.append({ from: name, to: name, kind: 'mark', text }));
    const peer = createPeer({
      url,
      engine: await chooseEngine(engine ?? casting.engine),
      as: name,
      call: false,
      pass: faults.pass,
      ...(protocol && { protocol }),
      ...(other && { to: other.name }),
      ...(media && { media }),
      ...(opening && { opening }),
      ...(polite !== undefined && { polite }),
      ...(answerOnly !== undefined && { answerOnly }),
      ...(server?.room !== undefined && { room: server.room }),
      ...(server?.params && { params: server.params }),
      ...(server?.headers && { headers: server.headers }),
      ...(server?.insecure === true && { insecure: true }),
    });
    players.push({ name, peer, faults, onSocket });
  }
  const members = peers.map(({ name }) => name);
  return { players, company: createCompany({ members, anonymous: relayed(protocol) }) };
}

/** How the protocol calls the other peer, where messages name nobody; a server that is the other end itself is none. */
function relayed(protocol: Protocol | undefined): PartyId | undefined {
  return protocol?.anonymous === 'server' ? undefined : protocol?.anonymous;
}
