/** renego as a real peer: a conversation with the signaling server, and one peer connection for each call. */
import { RenegoError } from '../core/errors.ts';
import type { Action, EventBody, PartyId, PcId, Signal } from '../core/event.ts';
import type { EngineConfig, EngineFactory, IceServer } from '../engines/engine.ts';
import { createCallBook } from './call-book.ts';
import { DEFAULT_MEDIA } from './client-options.ts';
import { createConversation } from './conversation.ts';
import type { Learned } from './conversation-types.ts';
import { usableIceServers } from './ice-servers.ts';
import { runOnCall, situationOf, unsaid } from './peer-actions.ts';
import type { PeerOptions } from './peer-options.ts';
import type { Terms } from './peer-state.ts';
import type { ProtocolChoice } from './protocol-choice.ts';
import { finalRefusalOf, refusalOf, type Situation } from './refusal.ts';
import type { Emit, Source, SourceEnd } from './source.ts';

export interface Peer extends Source {
  /** `party`: in the call with them, rather than in the newest one. */
  dispatch(action: Action, party?: PartyId): void;
  refusal(action: Action, party?: PartyId): string | undefined;
  /** Ends the signaling connection as if the network had gone. */
  cut(): void;
}

/** A peer that speaks what `choice` says. Throws RenegoError `CONNECT_URL` for an address that is none. */
export function createChosenPeer(options: PeerOptions, choice: ProtocolChoice): Peer {
  let emit: Emit = () => undefined;
  let finish: (end: SourceEnd | RenegoError) => void = () => {};
  let factory: EngineFactory;
  let over = false;
  let autoCall = (options.call ?? options.to !== undefined) && !options.answerOnly;
  let handedOut: readonly IceServer[] = [];
  const others = new Set<PartyId>();

  const talk = createConversation(options, choice, {
    tell: (draft) => (options.silent ? undefined : emit(draft)),
    problem,
    anew: () => others.clear(),
    up: (isUp) => calls.linkUp(isUp),
    learned,
    signal: (from, signal, of) => orTold(() => calls.heard(from, signal, of)),
    finish: (end) => finish(end),
  });
  const calls = createCallBook({
    config,
    terms,
    media: () => options.media ?? talk.protocol.media ?? DEFAULT_MEDIA,
    answerOnly: options.answerOnly ?? false,
    opening: options.opening,
    describing: options.describing,
    // A peer without a name cannot find out that it should give way; so renego does.
    polite: () => options.polite ?? (talk.protocol.anonymous === undefined ? talk.protocol.capabilities.polite : true),
    to: options.to,
    self: () => talk.self,
    factory: () => factory,
    tell,
    send(signal: Signal, to) {
      if (signal.type === 'bye' && !talk.can(to, signal.pc).bye) return;
      const say = (): void => talk.say(signal, to);
      if (options.pass === undefined) say();
      else options.pass(signal, say);
    },
    ask: (what, call) => talk.ask(what, call.remote, { pc: call.pc, media: unsaid(call) }),
    newPc: talk.newPc,
    named: () => talk.named,
    ended: talk.ended,
  });

  /** That no further connection can be made is no fault of whoever asked for it. */
  function orTold(what: () => void): void {
    try {
      what();
    } catch (thrown) {
      if (!(thrown instanceof RenegoError)) throw thrown;
      problem(thrown.code, thrown.message);
    }
  }

  /** Something inside this peer. */
  function tell(body: EventBody): void {
    emit({ from: talk.self, to: talk.self, ...body });
  }

  function problem(code: string, detail: string): void {
    tell({ kind: 'problem', code, detail });
  }

  function config(): EngineConfig {
    const iceServers = [...(options.iceServers ?? []), ...handedOut];
    return { iceServers, iceTransportPolicy: options.relayOnly ? 'relay' : 'all' };
  }

  function terms(party: PartyId, pc: PcId): Terms {
    const { trickle, renegotiation, offers = 'both', direction } = talk.can(party, pc);
    return { trickle, renegotiation: renegotiation === true, offers, ...(direction && { direction }) };
  }

  function learned(output: Learned): void {
    switch (output.do) {
      case 'presence':
        presence(output);
        break;
      case 'wanted':
        calls.wanted(output);
        break;
      case 'rejected':
        problem('OFFER_REJECTED', output.why);
        calls.rejected(output.from, output.pc);
        break;
      case 'redial':
        calls.redial(output.to, output.why);
        break;
      case 'note':
        tell({ kind: 'mark', text: output.text });
        break;
      case 'ice-servers': {
        const { usable, refused } = usableIceServers(output.servers);
        handedOut = usable;
        for (const why of refused) problem('ICE_SERVER_IGNORED', why);
      }
    }
  }

  function presence({ who, change, offers }: Extract<Learned, { do: 'presence' }>): void {
    if (change === 'leave') {
      others.delete(who);
      calls.left(who);
      return;
    }
    others.add(who);
    calls.back(who);
    if (!talk.joined || offers === 'them' || (options.to !== undefined && who !== options.to)) return;
    // Where the system wants the call of us, the other side waits for it.
    const expected = offers === 'us' && !options.answerOnly && !calls.with.includes(who);
    if (!expected && (!autoCall || calls.size > 0)) return;
    autoCall = false;
    dispatch({ do: 'call', to: who });
  }

  function situation(party?: PartyId): Situation {
    const call = calls.front(party);
    return {
      over,
      linkOpen: talk.linkOpen,
      joined: talk.joined,
      others: [...others],
      calls: calls.with,
      capabilities: call ? talk.can(call.remote, call.pc) : talk.protocol.capabilities,
      call: call && situationOf(call),
    };
  }

  function dispatch(action: Action, party?: PartyId): void {
    const why = refusalOf(action, situation(party));
    if (why !== undefined) problem('ACTION_REFUSED', `${action.do}: ${why}`);
    else if (action.do === 'mark') tell({ kind: 'mark', text: action.text });
    else {
      tell({ kind: 'action', action });
      try {
        run(action, party);
      } catch (thrown) {
        problem('ACTION_FAILED', `${action.do}: ${(thrown as Error).message}`);
      }
    }
  }

  function run(action: Exclude<Action, { do: 'mark' }>, party?: PartyId): void {
    const call = calls.front(party);
    if (action.do === 'send') talk.transmit(action.raw);
    else if (action.do === 'call') {
      const wanted = options.to !== undefined && others.has(options.to) ? options.to : [...others][0];
      const to = action.to ?? wanted;
      if (to !== undefined) calls.place(to);
    } else if (call && action.do !== 'step') runOnCall(call, action, talk.can(call.remote, call.pc));
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
    else await talk.start();
    const end = await ended;
    signal.removeEventListener('abort', abort);
    calls.hangUpAll();
    over = true;
    await talk.leave();
    emit = () => undefined;
    if (end instanceof RenegoError) throw end;
    return end;
  }

  return {
    start,
    dispatch,
    cut: talk.cut,
    refusal: (action, party) => refusalOf(action, situation(party)),
    never: (action) => finalRefusalOf(action, situation()),
  };
}
