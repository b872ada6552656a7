/** renego as a real peer: the signaling connection, the protocol's client and one peer connection for each call. */
import { RenegoError } from '../core/errors.ts';
import type { Action, Draft, EventBody, PartyId, Signal } from '../core/event.ts';
import type { EngineFactory } from '../engines/engine.ts';
import { detectProtocol } from '../protocols/index.ts';
import { mdn } from '../protocols/mdn.ts';
import type { Client, ClientOutput, Decoder, Frame, Protocol } from '../protocols/protocol.ts';
import { createCallBook } from './call-book.ts';
import { createLink, type LinkChange } from './link.ts';
import { runOnCall, situationOf } from './peer-actions.ts';
import type { PeerOptions } from './peer-options.ts';
import { refusalOf, type Situation } from './refusal.ts';
import type { Emit, Source, SourceEnd } from './source.ts';

export type { PeerOptions } from './peer-options.ts';

/** A peer. Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createPeer(options: PeerOptions): Source {
  const server = options.server ?? 'server';
  let protocol = options.protocol ?? detectProtocol({ url: options.url }) ?? mdn;
  let self: PartyId = options.as;
  let emit: Emit = () => undefined;
  let finish: (end: SourceEnd | RenegoError) => void = () => {};
  let factory: EngineFactory;
  let client: Client | undefined;
  let decoder: Decoder | undefined;
  let recognised = options.protocol !== undefined;
  let joined = false;
  let over = false;
  let autoCall = (options.call ?? options.to !== undefined) && !options.answerOnly;
  const others = new Set<PartyId>();

  const link = createLink(
    { ...options, subprotocols: options.subprotocols ?? protocol.subprotocols },
    {
      changed: linkChanged,
      received,
      failed: (error) => finish(error),
      over: () => finish({ reason: 'link closed', code: 0 }),
    },
  );
  const calls = createCallBook({
    config: { iceServers: options.iceServers ?? [], iceTransportPolicy: options.relayOnly ? 'relay' : 'all' },
    media: options.media ?? ['audio', 'data'],
    answerOnly: options.answerOnly ?? false,
    // A peer without a name cannot find out that it should give way; so renego does.
    polite: () => options.polite ?? (protocol.anonymous === undefined ? undefined : true),
    to: options.to,
    self: () => self,
    factory: () => factory,
    tell,
    send: sendSignal,
  });

  /** Something inside this peer. */
  function tell(body: EventBody): void {
    emit({ from: self, to: self, ...body });
  }

  const problem = (code: string, detail: string): void => tell({ kind: 'problem', code, detail });

  function onWire(draft: Draft): number | undefined {
    return options.silent ? undefined : emit(draft);
  }

  function linkChanged(change: LinkChange): void {
    if (change.change !== 'open') onWire({ from: self, to: server, kind: 'link', ...change });
    if (change.change === 'open') {
      onWire({ from: self, to: server, kind: 'link', change: 'open', url: change.url });
      begin(change.subprotocol);
    }
    if (change.change === 'close') {
      joined = false;
      calls.linkUp(false);
    }
  }

  /** A fresh connection knows nothing of the last one: new client, new decoder, everyone joins again. */
  function begin(subprotocol: string): void {
    const guess = recognised ? undefined : detectProtocol({ url: options.url, subprotocol });
    take(guess ?? protocol);
  }

  /** From now on this protocol is spoken. */
  function take(one: Protocol): void {
    protocol = one;
    if (options.room !== undefined && !protocol.rooms && !client) {
      problem('ROOM_IGNORED', `${protocol.name} has no rooms; --room ${options.room} changes nothing`);
    }
    const room = options.room === undefined ? {} : { room: options.room };
    client = protocol.client({ as: self, now: (options.now ?? Date.now)(), ...room });
    decoder = protocol.decoder({ client: self, server });
    others.clear();
    obey(client.opened());
  }

  /** The number of the event. */
  function logFrame(frame: Frame): number | undefined {
    const { from, to, signals } = decoder?.decode(frame) ?? { signals: [] };
    const out = frame.direction === 'out';
    return onWire({
      from: from ?? (out ? self : server),
      to: to ?? (out ? server : self),
      kind: 'message',
      protocol: protocol.name,
      encoding: frame.encoding,
      raw: frame.data,
      signals,
    });
  }

  function received(frame: Frame): void {
    const found = recognised ? undefined : detectProtocol({ frame });
    if (found && found !== protocol) take(found);
    const of = logFrame(frame);
    if (!recognised && !found) {
      problem('PROTOCOL_UNKNOWN', `the first frame is of no protocol renego knows; it goes on as ${protocol.name}`);
    }
    recognised = true;
    obey(client?.received(frame) ?? [], of);
  }

  function transmit(raw: string): boolean {
    if (!link.send(raw)) return false;
    logFrame({ data: raw, encoding: 'text', direction: 'out' });
    return true;
  }

  /** `of` is the event with the frame that led to this. */
  function obey(outputs: readonly ClientOutput[], of?: number): void {
    for (const output of outputs) {
      switch (output.do) {
        case 'send':
          transmit(output.raw);
          break;
        case 'joined':
          self = output.as;
          joined = true;
          link.settled();
          calls.linkUp(true);
          break;
        case 'presence':
          presence(output.who, output.change);
          break;
        case 'signal':
          calls.heard(output.from, output.signal, of);
          break;
        case 'problem':
          problem(output.code, output.detail);
          break;
        case 'refused':
          finish(new RenegoError('connect', 'REFUSED', output.why, 'Try another name with --as.'));
      }
    }
  }

  function presence(who: PartyId, change: 'join' | 'leave'): void {
    if (change === 'leave') {
      others.delete(who);
      calls.left(who);
      return;
    }
    others.add(who);
    calls.back(who);
    if (!autoCall || !joined || calls.size > 0 || (options.to !== undefined && who !== options.to)) return;
    autoCall = false;
    dispatch({ do: 'call', to: who });
  }

  function sendSignal(signal: Signal, to: PartyId): void {
    if (signal.type === 'bye' && !protocol.capabilities.bye) return;
    const outputs = client?.encode(signal, to);
    if (outputs === undefined) problem('NOT_SENT', `${protocol.name} has no way to say '${signal.type}'`);
    for (const output of outputs ?? []) {
      if (output.do !== 'send') obey([output]);
      else if (!transmit(output.raw))
        problem('NOT_SENT', `${signal.type} for ${to}: the signaling connection is not open`);
    }
  }

  function situation(): Situation {
    const call = calls.front();
    return {
      over,
      linkOpen: link.isOpen,
      joined,
      others: [...others],
      capabilities: protocol.capabilities,
      call: call && situationOf(call),
    };
  }

  function dispatch(action: Action): void {
    const why = refusalOf(action, situation());
    if (why !== undefined) problem('ACTION_REFUSED', `${action.do}: ${why}`);
    else if (action.do === 'mark') tell({ kind: 'mark', text: action.text });
    else {
      tell({ kind: 'action', action });
      try {
        run(action);
      } catch (thrown) {
        problem('ACTION_FAILED', `${action.do}: ${(thrown as Error).message}`);
      }
    }
  }

  function run(action: Exclude<Action, { do: 'mark' }>): void {
    const call = calls.front();
    if (action.do === 'send') transmit(action.raw);
    else if (action.do === 'call') {
      const wanted = options.to !== undefined && others.has(options.to) ? options.to : [...others][0];
      const to = action.to ?? wanted;
      if (to !== undefined) calls.place(to);
    } else if (call) runOnCall(call, action);
  }

  async function start(sink: Emit, signal: AbortSignal): Promise<SourceEnd> {
    emit = sink;
    factory = await options.engine.load();
    const ended = new Promise<SourceEnd | RenegoError>((resolve) => {
      finish = resolve;
    });
    const abort = (): void => finish({ reason: 'aborted', code: 0 });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    else link.open();
    const end = await ended;
    signal.removeEventListener('abort', abort);
    calls.hangUpAll();
    over = true;
    await link.close();
    emit = () => undefined;
    if (end instanceof RenegoError) throw end;
    return end;
  }

  return { start, dispatch, refusal: (action) => refusalOf(action, situation()) };
}
