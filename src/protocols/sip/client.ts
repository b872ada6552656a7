/** renego as a SIP user agent over a WebSocket (RFC 7118): registered, calling and called, without trickling. */
import type { PartyId, Signal } from '../../core/event.ts';
import type { Client, ClientOptions, ClientOutput } from '../protocol.ts';
import { createCallee, OK_AGAIN } from './callee.ts';
import { createCaller, INVITE_AGAIN } from './caller.ts';
import type { Calls } from './calls.ts';
import { createSipDecoder, pcOf } from './decoder.ts';
import { callingDialog, type Dialog } from './dialog.ts';
import { createIdentity } from './identity.ts';
import { isRequest, readSip } from './message.ts';
import { createRegistration, REGISTER_AGAIN } from './registration.ts';
import { createTransactions } from './transactions.ts';

const KEEPALIVE = 'keepalive';
const KEEPALIVE_MS = 25_000;

/** What the peer connection is told; the rest of what a decoder reads is for showing. */
const FOR_CALLS: ReadonlySet<string> = new Set([
  'offer',
  'answer',
  'pranswer',
  'candidate',
  'end-of-candidates',
  'bye',
]);

export function createSipClient(options: ClientOptions): Client {
  const decoder = createSipDecoder({ client: options.as });
  const identity = createIdentity(options);
  /** The decoder hears it too: it has to know what responses are for. */
  const write = (raw: string): ClientOutput => {
    decoder.decode({ data: raw, encoding: 'text', direction: 'out' });
    return { do: 'send', raw };
  };
  const transactions = createTransactions(identity, write);
  const dialogs = new Map<string, Dialog>();
  const calls: Calls = { identity, transactions, dialogs, write };
  const caller = createCaller(calls);
  const callee = createCallee(calls, caller);
  const registration = createRegistration(identity, transactions, entered);

  function entered(): readonly ClientOutput[] {
    const { as, to } = options;
    return [
      { do: 'joined', as },
      { do: 'wake', id: KEEPALIVE, after: KEEPALIVE_MS },
      // Nobody tells who is there: whoever is to be called is called, and the server says if that cannot be.
      ...(to === undefined ? [] : [{ do: 'presence', who: to, change: 'join' } as const]),
    ];
  }

  const dialogFor = (pc: string, to: PartyId): Dialog | undefined =>
    dialogs.get(pc) ?? [...dialogs.values()].find(({ party }) => party === to);

  const ringing = (party: PartyId): Dialog | undefined =>
    [...dialogs.values()].find((one) => one.party === party && one.stage === 'ringing');

  function encode(signal: Signal, to: PartyId): readonly ClientOutput[] | undefined {
    if (!('pc' in signal) || signal.pc === undefined) return undefined;
    const dialog = dialogFor(signal.pc, to);
    switch (signal.type) {
      case 'offer':
        return offer(dialog, signal.pc, to, signal.sdp);
      case 'answer':
        if (dialog?.asked) return callee.accept(dialog, signal.sdp);
        return dialog?.toAcknowledge ? caller.answer(dialog, signal.sdp) : undefined;
      case 'pranswer':
        return dialog?.asked ? callee.progress(dialog, signal.sdp) : undefined;
      case 'bye':
        if (!dialog) return [];
        return dialog.stage === 'ringing' ? callee.decline(dialog) : caller.hangUp(dialog);
      default:
        return undefined;
    }
  }

  function offer(
    dialog: Dialog | undefined,
    pc: string,
    to: PartyId,
    sdp: string,
  ): readonly ClientOutput[] | undefined {
    if (!dialog) {
      const fresh = callingDialog(identity, pc, to);
      dialogs.set(fresh.callId, fresh);
      return caller.invite(fresh, sdp);
    }
    if (dialog.asked) return callee.accept(dialog, sdp);
    return dialog.stage === 'talking' && dialog.inviting === undefined ? caller.invite(dialog, sdp) : undefined;
  }

  function heard(signals: readonly Signal[], party: PartyId | undefined): readonly ClientOutput[] {
    if (party === undefined) return [];
    return signals
      .filter(({ type }) => FOR_CALLS.has(type))
      .map((signal): ClientOutput => ({ do: 'signal', from: party, signal }));
  }

  return {
    opened: () => (options.params?.register === 'no' ? entered() : registration.register()),
    received(frame) {
      const message = readSip(frame);
      const { signals } = decoder.decode({ ...frame, direction: 'in' });
      if ('fault' in message) return frame.data === '\r\n\r\n' ? [{ do: 'send', raw: '\r\n' }] : [];
      // What ends a call removes it; whose it was has to be known before.
      const before = dialogs.get(pcOf(message))?.party;
      if (isRequest(message)) {
        const { outputs, pass } = callee.received(message);
        return [...outputs, ...(pass ? heard(signals, before ?? dialogs.get(pcOf(message))?.party) : [])];
      }
      const cancelled = dialogs.get(pcOf(message))?.cancelled === true;
      const outputs = transactions.received(message) ?? [];
      const told = outputs.some((output) => output.do === 'signal');
      return [...outputs, ...(cancelled || told ? [] : heard(signals, before))];
    },
    woken(id) {
      if (id === REGISTER_AGAIN) return registration.register();
      if (id === KEEPALIVE)
        return [
          { do: 'send', raw: '\r\n\r\n' },
          { do: 'wake', id, after: KEEPALIVE_MS },
        ];
      if (id.startsWith(OK_AGAIN)) return callee.repeat(id.slice(OK_AGAIN.length));
      return id.startsWith(INVITE_AGAIN) ? caller.again(id.slice(INVITE_AGAIN.length)) : [];
    },
    // Whoever asks for an offer has named the call already.
    newPc: (to) => ringing(to)?.callId ?? identity.fresh(22),
    encode,
    ask(what, to, { pc }) {
      const dialog = dialogFor(pc, to);
      const free = dialog?.stage === 'talking' && dialog.inviting === undefined && dialog.asked === undefined;
      return what === 'offer' && free ? caller.invite(dialog, undefined) : undefined;
    },
    leave: () => registration.leave(),
  };
}
