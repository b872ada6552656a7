/** The protocol on the wire: its client is carried out, its decoder reads what goes over, and every frame is told. */
import { RenegoError } from '../core/errors.ts';
import type { Draft, MediaKind, PartyId, PcId, Signal } from '../core/event.ts';
import { protocols } from '../protocols/index.ts';
import type {
  Capabilities,
  Client,
  ClientOutput,
  Decoder,
  Frame,
  HttpResponse,
  Protocol,
} from '../protocols/protocol.ts';
import { addressOf, clientOptions } from './client-options.ts';
import { createFrameLog } from './frame-log.ts';
import type { LinkChange } from './link.ts';
import type { PeerOptions } from './peer-options.ts';
import type { Asked } from './peer-state.ts';
import { type Chosen, createProtocolChoice } from './protocol-choice.ts';
import type { SourceEnd } from './source.ts';
import { createWire } from './wire.ts';

/** What the client learned that is no business of the wire. */
export type Learned = Extract<ClientOutput, { do: 'presence' | 'wanted' | 'rejected' | 'redial' | 'ice-servers' }>;

export interface ConversationEvents {
  /** Something for the log; gives the number of the event. */
  tell(draft: Draft): number | undefined;
  problem(code: string, detail: string): void;
  /** A fresh client begins: nobody is here yet. */
  anew(): void;
  /** The server has let us in, or the connection is lost. */
  up(isUp: boolean): void;
  learned(output: Learned): void;
  /** `of` is the event that carried it. */
  signal(from: PartyId, signal: Signal, of?: number): void;
  finish(end: SourceEnd | RenegoError): void;
}

export interface Conversation {
  readonly protocol: Protocol;
  readonly self: PartyId;
  readonly joined: boolean;
  readonly linkOpen: boolean;
  /** What can be done in this call, as far as it is known by now. */
  can(party: PartyId, pc: PcId): Capabilities;
  /** Whether peer connections have names of their own, and the next one's. */
  readonly named: boolean;
  newPc(to: PartyId): PcId | undefined;
  start(): Promise<void>;
  /** False if no WebSocket is open. */
  transmit(raw: string): boolean;
  say(signal: Signal, to: PartyId): void;
  /** `media` is what has been added and has no section yet. */
  ask(what: Asked, to: PartyId, call: { readonly pc: PcId; readonly media: readonly MediaKind[] }): void;
  /** This call is over. */
  ended(to: PartyId, pc: PcId): void;
  /** Says goodbye, waits a little for what is under way, and closes. */
  leave(): Promise<void>;
}

/** How long a goodbye may take. */
const LEAVE_MS = 2_000;

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createConversation(options: PeerOptions, events: ConversationEvents): Conversation {
  const choice = createProtocolChoice(options.url, options.protocol);
  let protocol = choice.first;
  // Where lines are carried by hand there is no server: the other side itself is at the end of the link.
  const server = options.server ?? (protocol.carrier === 'lines' ? protocol.anonymous : undefined) ?? 'server';
  let self: PartyId = options.as;
  let client: Client | undefined;
  let decoder: Decoder | undefined;
  let known: Partial<Capabilities> = {};
  let joined = false;
  let heard = false;
  let leaving = false;

  const log = createFrameLog({
    server,
    self: () => self,
    protocol: () => protocol.name,
    decode: (frame) => decoder?.decode(frame) ?? { signals: [] },
    tell: events.tell,
  });
  const carrier = protocol.carrier ?? 'websocket';
  const wire = createWire(
    { ...options, carrier, ...addressOf(protocol, options) },
    {
      begin,
      connected: () => obey(client?.opened() ?? []),
      changed: linkChanged,
      received,
      passed: log.http,
      responded,
      woken: (id) => obey(client?.woken?.(id) ?? []),
      failed: events.finish,
      over: () => events.finish({ reason: 'link closed', code: 0 }),
    },
  );

  function linkChanged(change: LinkChange): void {
    if (change.change === 'open') {
      heard = true;
      events.tell({ from: self, to: server, kind: 'link', change: 'open', url: change.url });
    } else events.tell({ from: self, to: server, kind: 'link', ...change });
    if (change.change === 'close') {
      joined = false;
      events.up(false);
    }
  }

  /** A fresh connection knows nothing of the last one: new client, new decoder, everyone joins again. */
  function begin(subprotocol: string): void {
    const chosen = choice.atHandshake(subprotocol);
    if (chosen && (chosen.protocol.carrier ?? 'websocket') === carrier) choose(chosen);
    else take(protocol);
  }

  function choose({ protocol: one, told }: Chosen): void {
    events.tell({ from: self, to: self, ...told });
    take(one);
  }

  /** From now on this protocol is spoken. */
  function take(one: Protocol): void {
    protocol = one;
    if (options.room !== undefined && !protocol.rooms && !client) {
      events.problem('ROOM_IGNORED', `${protocol.name} has no rooms; --room ${options.room} changes nothing`);
    }
    wire.reset();
    client = protocol.client(clientOptions(options, protocol, self));
    decoder = protocol.decoder({ client: self, server });
    events.anew();
    obey(client.opened());
  }

  function received(frame: Frame): void {
    const chosen = carrier === 'websocket' ? choice.atMessage(frame, protocol) : undefined;
    if (chosen) choose(chosen);
    const of = log.frame(frame);
    obey(client?.received(frame) ?? [], of);
  }

  function responded(response: HttpResponse, error?: RenegoError): void {
    if (error !== undefined && !heard && !leaving) {
      events.finish(error);
      return;
    }
    heard = true;
    if (error !== undefined) events.problem('HTTP_FAILED', `${response.url}: ${response.error}`);
    obey(client?.responded?.(response) ?? [], error === undefined ? log.lastResponse : undefined);
  }

  function transmit(raw: string, encoding: Frame['encoding'] = 'text'): boolean {
    if (!wire.send(raw, encoding)) return false;
    log.frame({ data: raw, encoding, direction: 'out' });
    return true;
  }

  /** `of` is the event with the frame that led to this; `what` is said if it cannot be sent. */
  function obey(outputs: readonly ClientOutput[], of?: number, what?: string): void {
    for (const output of outputs) {
      switch (output.do) {
        case 'send':
          if (!transmit(output.raw, output.encoding) && what !== undefined) {
            events.problem('NOT_SENT', `${what}: the signaling connection is not open`);
          }
          break;
        case 'request':
          wire.request(output);
          break;
        case 'open':
          wire.open(output.url, output.subprotocols ?? []);
          break;
        case 'wake':
          wire.wake(output.id, output.after);
          break;
        case 'problem':
          events.problem(output.code, output.detail);
          break;
        default:
          if (!leaving) hear(output, of);
      }
    }
  }

  type Heard = Exclude<ClientOutput, { do: 'send' | 'request' | 'open' | 'wake' | 'problem' }>;

  function hear(output: Heard, of?: number): void {
    switch (output.do) {
      case 'joined':
        self = output.as;
        joined = true;
        wire.settled();
        events.up(true);
        break;
      case 'signal':
        events.signal(output.from, output.signal, of);
        break;
      case 'learned':
        known = { ...known, ...output.capabilities };
        break;
      case 'refused':
        events.finish(new RenegoError('connect', 'REFUSED', output.why, output.hint ?? 'Try another name with --as.'));
        break;
      default:
        events.learned(output);
    }
  }

  function carry(outputs: readonly ClientOutput[] | undefined, what: string, to: PartyId): void {
    if (outputs === undefined) events.problem('NOT_SENT', `${protocol.name} has no way to say '${what}'`);
    else obey(outputs, undefined, `${what} for ${to}`);
  }

  return {
    get protocol() {
      return protocol;
    },
    get self() {
      return self;
    },
    get joined() {
      return joined;
    },
    get linkOpen() {
      return wire.isOpen;
    },
    can: (party, pc) => ({ ...(client?.capabilities?.(party, pc) ?? protocol.capabilities), ...known }),
    get named() {
      return client?.newPc !== undefined;
    },
    newPc: (to) => client?.newPc?.(to),
    ended: (to, pc) => client?.ended?.(to, pc),
    async start() {
      await Promise.all((options.protocol ? [protocol] : protocols).map((one) => one.load?.()));
      if (!leaving) wire.start();
    },
    transmit,
    say: (signal, to) => carry(client?.encode(signal, to), signal.type, to),
    ask: (what, to, call) => carry(client?.ask?.(what, to, call), what, to),
    async leave() {
      leaving = true;
      obey(client?.leave?.() ?? []);
      await wire.close(LEAVE_MS);
    },
  };
}
