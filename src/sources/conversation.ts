/** The protocol on the wire: its client is carried out, its decoder reads what goes over, and every frame is told. */
import { RenegoError } from '../core/errors.ts';
import type { PartyId } from '../core/event.ts';
import type {
  Capabilities,
  Client,
  ClientOutput,
  Decoder,
  Frame,
  HttpResponse,
  Protocol,
} from '../protocols/protocol.ts';
import { addressOf, clientOptions, otherSubprotocols } from './client-options.ts';
import type { Conversation, ConversationEvents } from './conversation-types.ts';
import { createFrameLog } from './frame-log.ts';
import { createGate } from './gate.ts';
import type { LinkChange } from './link.ts';
import type { PeerOptions } from './peer-options.ts';
import type { Chosen, ProtocolChoice } from './protocol-choice.ts';
import { createWire } from './wire.ts';

/** How long a goodbye may take. */
const LEAVE_MS = 2_000;

/** Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createConversation(
  options: PeerOptions,
  choice: ProtocolChoice,
  events: ConversationEvents,
): Conversation {
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
  /** What comes while a protocol is loaded waits for it. */
  const gate = createGate((thrown) => events.finish(notLoaded(thrown)));
  const loaded = new Set<Protocol>();

  const log = createFrameLog({
    server,
    self: () => self,
    protocol: () => protocol.name,
    decode: (frame) => decoder?.decode(frame) ?? { signals: [] },
    tell: events.tell,
  });
  const carrier = protocol.carrier ?? 'websocket';
  const wire = createWire(
    { ...options, carrier, ...addressOf(protocol, options), ...otherSubprotocols(choice, options) },
    {
      begin: (subprotocol) => gate.pass(() => begin(subprotocol)),
      connected: () => gate.pass(() => obey(client?.opened() ?? [])),
      changed: (change) => gate.pass(() => linkChanged(change)),
      received: (frame) => gate.pass(() => received(frame)),
      passed: (message) => gate.pass(() => log.http(message)),
      responded: (response, error) => gate.pass(() => responded(response, error)),
      woken: (id) => gate.pass(() => obey(client?.woken?.(id) ?? [])),
      failed: events.finish,
      over: () => gate.pass(() => events.finish({ reason: 'link closed', code: 0 })),
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

  /** `then` is done when it is spoken. */
  function choose({ protocol: one, told }: Chosen, then?: () => void): void {
    events.tell({ from: self, to: self, ...told });
    gate.hold(load(one), () => {
      if (!leaving) take(one);
      then?.();
    });
  }

  function load(one: Protocol): Promise<void> | undefined {
    return loaded.has(one) ? undefined : one.load?.().then(() => void loaded.add(one));
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
    if (chosen) choose(chosen, () => hear(frame));
    else hear(frame);
  }

  function hear(frame: Frame): void {
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
          if (!leaving) learn(output, of);
      }
    }
  }

  type Heard = Exclude<ClientOutput, { do: 'send' | 'request' | 'open' | 'wake' | 'problem' }>;

  function learn(output: Heard, of?: number): void {
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
      await load(protocol);
      if (!leaving) wire.start();
    },
    transmit,
    say: (signal, to) => carry(client?.encode(signal, to), signal.type, to),
    ask: (what, to, call) => carry(client?.ask?.(what, to, call), what, to),
    cut: wire.cut,
    async leave() {
      leaving = true;
      obey(client?.leave?.() ?? []);
      await wire.close(LEAVE_MS);
    },
  };
}

function notLoaded(thrown: unknown): RenegoError {
  const hint = 'Install renego again.';
  return new RenegoError('connect', 'PROTOCOL_LOAD', `the protocol cannot be loaded: ${String(thrown)}`, hint);
}
