/** One WebSocket connection through the proxy: two sockets, two directions, and what is told of it. */
import type { Draft, Millis, PartyId } from '../../core/event.ts';
import type { Protocol } from '../../protocols/protocol.ts';
import type { Memory } from '../../protocols/recogniser/decoder.ts';
import type { Telling } from '../source.ts';
import type { Agreed } from './compression.ts';
import { createDirection, type Direction } from './direction.ts';
import { endLike } from './flow.ts';
import type { Intervention, MessageDraft } from './intervention.ts';
import type { Later } from './later.ts';
import { meaning, meaningOf } from './meaning.ts';
import { OPCODE, type Unit } from './message-reader.ts';
import { createPulse, type Pulse } from './pulse.ts';
import { createReader, type Reader, SERVER, type Tries } from './reader.ts';
import type { Relay } from './relay/relay.ts';
import type { RemoteSocket } from './relay/remote-socket.ts';
import type { Rooms } from './rooms.ts';

/** What all connections share. */
export interface Common {
  readonly later: Later;
  readonly relay: Relay;
  readonly interventions: () => readonly Intervention[];
  readonly patience: number;
  /** Milliseconds of the session. */
  readonly elapsed: () => Millis;
  /** Milliseconds until an answer to a ping is missed. */
  readonly silence: number;
  readonly random: (bytes: number) => Buffer;
  readonly tell: (draft: Draft, telling?: Telling) => number | undefined;
  readonly protocol?: Protocol;
  readonly rooms: Rooms;
  /** What is known of all that pass through one server. */
  readonly memory: Memory;
  readonly tries: Tries;
}

export interface Ends {
  readonly client: RemoteSocket;
  readonly upstream: RemoteSocket;
  /** What came right behind the handshakes. */
  readonly clientHead: Buffer;
  readonly upstreamHead: Buffer;
}

export interface About {
  readonly party: PartyId;
  readonly link: string;
  readonly url: string;
  readonly subprotocol?: string;
  readonly agreed: Agreed;
}

export interface Wire {
  readonly party: PartyId;
  readonly link: string;
  readonly reader: Reader;
  readonly c2s: Direction;
  readonly s2c: Direction;
  engage(): void;
  destroy(): void;
}

/** What a side has sent, or its own being out of sight. */
function beat(unit: Unit | undefined, sender: Pulse, receiver: Pulse): void {
  if (unit === undefined) {
    sender.stop();
    receiver.stop();
  } else if (unit.kind !== 'control') sender.heard();
  else if (unit.opcode === OPCODE.ping) receiver.pinged();
  else if (unit.opcode === OPCODE.pong) sender.answered();
}

export function openWire({ client, upstream, clientHead, upstreamHead }: Ends, about: About, common: Common): Wire {
  const { party: lane, link, url, agreed } = about;
  const { later, relay, tell } = common;
  const reader = createReader({
    url,
    client: lane,
    link,
    memory: common.memory,
    tries: common.tries,
    rooms: common.rooms,
    ...(about.subprotocol !== undefined && { subprotocol: about.subprotocol }),
    ...(common.protocol !== undefined && { protocol: common.protocol }),
  });
  const party = reader.client;
  common.rooms.enter(party, url);
  const base = { from: party, to: SERVER, link } as const;
  let closed = false;
  /** The sides that have sent a close frame. */
  const goodbyes = new Set<PartyId>();
  let open = 2;

  /** Once: with the first close frame, because others may hear of it before the sockets are gone; else with these. */
  function close(code: number, reason: string, telling: Telling): void {
    if (closed) return;
    closed = true;
    tell({ ...base, kind: 'link', change: 'close', code, ...(reason !== '' && { reason }) }, telling);
  }

  /** Who has said goodbye hears nothing any more (WebSockets Standard: messages count while the state is OPEN). */
  function undelivered(draft: MessageDraft, receiver: PartyId): MessageDraft {
    if (!goodbyes.has(receiver) || draft.signals.every(({ type }) => type === 'other')) return draft;
    const unheard: MessageDraft = {
      ...draft,
      signals: [{ type: 'other', label: `not heard: ${receiver} has closed` }],
    };
    return meaning(unheard, meaningOf(draft));
  }

  const pulse = (name: PartyId): Pulse =>
    createPulse({
      silence: common.silence,
      inTurn: (work) => later.add(work),
      tell(text) {
        tell({ from: name, to: name, link, kind: 'problem', code: 'PROXY_SILENT', detail: `${name} ${text}` });
      },
    });
  const pulses = { client: pulse(party), server: pulse(SERVER) };

  function direction(source: RemoteSocket, target: RemoteSocket, out: boolean): Direction {
    const [sender, receiver] = out ? [party, SERVER] : [SERVER, party];
    return createDirection({
      ...common,
      source,
      target,
      out,
      reading: { deflate: agreed.deflate, takeover: agreed.takeover[out ? 'c2s' : 's2c'], unknown: agreed.unknown },
      decode: (data, binary) => undelivered(reader.read(data, binary, out), receiver),
      problem: (code, detail, telling) => {
        const about = code === 'PROXY_SLOW' ? `${receiver} ` : `${sender} to ${receiver}: `;
        tell({ from: sender, to: receiver, link, kind: 'problem', code, detail: about + detail }, telling);
      },
      passed: (unit) => beat(unit, out ? pulses.client : pulses.server, out ? pulses.server : pulses.client),
      closing(code, reason, telling) {
        goodbyes.add(sender);
        close(code, reason, telling);
      },
    });
  }

  function watch(socket: RemoteSocket, other: RemoteSocket, name: PartyId): void {
    const at = (): Telling => (socket.closedAt === undefined ? {} : { at: socket.closedAt });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const reason = `${name}: ${error.code ?? error.message}`;
      later.add(() => tell({ ...base, kind: 'link', change: 'error', reason }, at()));
    });
    socket.on('close', () => {
      endLike(socket, other, (one) => one.resetAndDestroy());
      open -= 1;
      if (open > 0) return;
      // What came before is looked at first.
      pulses.client.stop();
      pulses.server.stop();
      later.add(() => {
        close(1006, 'closed without a close frame', at());
        common.rooms.leave(party);
      });
    });
  }

  // HTTP ends what the server ends; here the client may have more to say.
  upstream.allowHalfOpen = true;
  later.add(() => tell({ ...base, kind: 'link', change: 'open', url }));
  const c2s = direction(client, upstream, true);
  const s2c = direction(upstream, client, false);
  watch(client, upstream, party);
  watch(upstream, client, SERVER);
  let engaged = false;
  const engage = () => {
    if (engaged) return;
    engaged = true;
    if (client.isJoined) relay.part(client, upstream);
    c2s.engage();
    s2c.engage();
  };
  if (common.interventions().length > 0) engage();
  c2s.begin(clientHead);
  s2c.begin(upstreamHead);
  if (!engaged) relay.join(client, upstream, () => !engaged);
  return {
    party,
    link,
    reader,
    c2s,
    s2c,
    engage,
    destroy() {
      client.destroy();
      upstream.destroy();
    },
  };
}
