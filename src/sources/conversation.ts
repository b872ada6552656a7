/** The protocol on the wire: its client is carried out, its decoder reads what goes over, and every frame is told. */
import { RenegoError } from '../core/errors.ts';
import type { Draft, MediaKind, PartyId, PcId, Signal } from '../core/event.ts';
import { type Choice, chooseProtocol, isSettled } from '../protocols/detect.ts';
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
import { recognised } from '../protocols/recognised.ts';
import { addressOf, clientOptions } from './client-options.ts';
import { createFrameLog } from './frame-log.ts';
import type { LinkChange } from './link.ts';
import type { PeerOptions } from './peer-options.ts';
import type { Asked } from './peer-state.ts';
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

/** How many messages of the server may show what it speaks. */
const FIRST_MESSAGES = 5;
const OVERRULE = 'name its protocol, or a template, with --protocol';
/** How long a goodbye may take. */
const LEAVE_MS = 2_000;

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createConversation(options: PeerOptions, events: ConversationEvents): Conversation {
  const guess = options.protocol ? undefined : chooseProtocol({ url: options.url });
  let protocol = options.protocol ?? guess?.protocol ?? recognised;
  /** Messages of the server that may still show another protocol. */
  let undecided = options.protocol ? 0 : FIRST_MESSAGES;
  // Where lines are carried by hand there is no server: the other side itself is at the end of the link.
  const server = options.server ?? (protocol.carrier === 'lines' ? protocol.anonymous : undefined) ?? 'server';
  let self: PartyId = options.as;
  let client: Client | undefined;
  let decoder: Decoder | undefined;
  let known: Partial<Capabilities> = {};
  let joined = false;
  let heard = false;
  let leaving = false;
  let doubted = false;

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
    const choice = undecided > 0 ? chooseProtocol({ url: options.url, subprotocol }) : undefined;
    if (choice && (choice.protocol.carrier ?? 'websocket') === carrier) choose(choice);
    else take(protocol);
  }

  /** What was chosen is told, and why: who knows better can overrule it. */
  function choose(choice: Choice): void {
    const text = `protocol ${choice.protocol.name}, chosen ${choice.because}; --protocol overrules`;
    events.tell({ from: self, to: self, kind: 'mark', text });
    if (isSettled(choice)) undecided = Math.min(undecided, 1);
    take(choice.protocol);
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
    if (undecided > 0 && carrier === 'websocket') decide(frame);
    const of = log.frame(frame);
    obey(client?.received(frame) ?? [], of);
  }

  /** The first messages of a server tell what it speaks, the address and subprotocol only what it may. */
  function decide(frame: Frame): void {
    const choice = chooseProtocol({ frame });
    undecided -= 1;
    if (choice) {
      undecided = 0;
      if (choice.protocol !== protocol) choose(choice);
    } else if (protocol !== recognised && undecided > 0) {
      // A subprotocol such as `json` is anybody's.
      take(recognised);
    }
    if (!choice && protocol === recognised && !doubted) {
      doubted = true;
      events.problem(
        'PROTOCOL_UNKNOWN',
        `what the server says is of no protocol renego knows, so it is read as far as it can be, and not joined; ${OVERRULE}`,
      );
    }
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
