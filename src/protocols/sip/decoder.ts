/**
 * Reads the SIP messages of one connection in order. A peer connection is known by its Call-ID; what a description is,
 * follows from the transaction it stands in (RFC 3264; RFC 6337, section 2): a 200 carries an offer where the INVITE had none.
 */
import type { PartyId, PcId, Signal } from '../../core/event.ts';
import { clip } from '../json.ts';
import type { Decoded, Decoder, Frame } from '../protocol.ts';
import { readAddress, userOf } from './address.ts';
import { fragmentOf, sdpOf } from './body.ts';
import {
  callIdOf,
  cseqOf,
  headerOf,
  isRequest,
  readSip,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.ts';

interface Transaction {
  readonly method: string;
  /** What its request carried, and what a response to it did. */
  readonly offered: boolean;
  answered: 'offer' | 'answer' | undefined;
  /** Final responses and ACKs seen, so that repeated ones are told apart. */
  readonly seen: Set<string>;
}

interface Dialog {
  readonly transactions: Map<string, Transaction>;
  established: boolean;
  live: boolean;
}

/** More than any real connection has; beyond it a hostile server only loses precision. */
const MAX_DIALOGS = 500;
const MAX_TRANSACTIONS = 64;

/** The methods whose bodies negotiate. */
const NEGOTIATING: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'PRACK']);

const ONLY_AN_END =
  'only the app can do that: a re-INVITE has to come from one of the two ends of the dialog, with a CSeq of its own and ' +
  'the new credentials of its own peer connection; SIP has no message that asks for one';

export const pcOf = (message: SipMessage): PcId => callIdOf(message) || 'no Call-ID';

export function createSipDecoder({ client }: { readonly client: PartyId }): Decoder {
  const dialogs = new Map<string, Dialog>();

  function dialogOf(message: SipMessage): Dialog {
    const id = callIdOf(message);
    const known = dialogs.get(id);
    if (known) return known;
    if (dialogs.size >= MAX_DIALOGS) dialogs.delete([...dialogs.keys()][0] ?? '');
    const dialog: Dialog = { transactions: new Map(), established: false, live: false };
    dialogs.set(id, dialog);
    return dialog;
  }

  return {
    provoke: () => ({ why: ONLY_AN_END }),
    decode(frame): Decoded {
      const message = readSip(frame);
      if ('fault' in message) {
        const keepalive = message.fault === 'keepalive';
        return {
          signals: [keepalive ? { type: 'notify', method: 'keepalive' } : { type: 'other', label: message.fault }],
        };
      }
      const dialog = dialogOf(message);
      const signals = isRequest(message)
        ? readRequest(dialog, message, frame.direction)
        : readResponse(dialog, message, frame.direction);
      return { ...ends(message, frame.direction, client), signals };
    },
  };
}

/** The other party, by direction: a response goes from To to From. Registering concerns nobody but the server. */
export function remoteOf(message: SipMessage, direction: Frame['direction']): PartyId {
  const theirs = isRequest(message) === (direction === 'in') ? 'From' : 'To';
  return clip(userOf(readAddress(headerOf(message, theirs)).uri));
}

function ends(message: SipMessage, direction: Frame['direction'], client: PartyId): Omit<Decoded, 'signals'> {
  const remote = remoteOf(message, direction);
  if (remote === '' || remote === client || /^(?:REGISTER|OPTIONS)$/.test(cseqOf(message).method)) return {};
  return direction === 'out' ? { from: client, to: remote } : { from: remote, to: client };
}

function readRequest(dialog: Dialog, message: SipRequest, direction: Frame['direction']): readonly Signal[] {
  const { method } = message;
  const pc = pcOf(message);
  const { number } = cseqOf(message);
  const key = `${direction} ${number} ${method === 'ACK' || method === 'CANCEL' ? 'INVITE' : method}`;
  const told: Signal = { type: 'request', method, pc };
  const again: Signal = { type: 'other', label: `${method} (again)` };
  if (method === 'ACK') {
    const answer = acknowledged(dialog.transactions.get(key), message, pc);
    return answer === 'again' ? [again] : [...answer, told];
  }
  if (method === 'BYE') return [...goodbye(dialog, pc), told];
  if (method === 'CANCEL') return [...(dialog.established ? [] : goodbye(dialog, pc)), told];
  if (method === 'INFO') return [...fragmentOf(message, pc), told];
  if (!NEGOTIATING.has(method)) return [told];
  // Authentication and 491 repeat a request under a new number; the same number is the same request.
  if (dialog.transactions.has(key)) return [again];
  const sdp = sdpOf(message);
  const type = method === 'PRACK' && isAnswered(dialog, direction) ? 'answer' : 'offer';
  remember(dialog, key, {
    method,
    offered: sdp !== undefined && type === 'offer',
    answered: undefined,
    seen: new Set(),
  });
  if (sdp === undefined) return [told];
  dialog.live = true;
  return [{ type, pc, sdp }, told];
}

/** Whether a provisional response has carried an offer already, which PRACK then answers. */
function isAnswered(dialog: Dialog, direction: Frame['direction']): boolean {
  const invites = [...dialog.transactions].filter(([key]) => key.startsWith(direction) && key.endsWith('INVITE'));
  return invites.at(-1)?.[1].answered === 'offer';
}

function remember(dialog: Dialog, key: string, transaction: Transaction): void {
  if (dialog.transactions.size >= MAX_TRANSACTIONS)
    dialog.transactions.delete([...dialog.transactions.keys()][0] ?? '');
  dialog.transactions.set(key, transaction);
}

/** The answer in an ACK, where the 200 has carried the offer. */
function acknowledged(transaction: Transaction | undefined, message: SipRequest, pc: PcId): Signal[] | 'again' {
  if (transaction?.seen.has('ACK')) return 'again';
  transaction?.seen.add('ACK');
  const sdp = sdpOf(message);
  return sdp === undefined || transaction?.answered !== 'offer' ? [] : [{ type: 'answer', pc, sdp }];
}

function readResponse(dialog: Dialog, message: SipResponse, direction: Frame['direction']): readonly Signal[] {
  const { status } = message;
  const pc = pcOf(message);
  const { number, method } = cseqOf(message);
  const transaction = dialog.transactions.get(`${direction === 'in' ? 'out' : 'in'} ${number} ${method}`);
  const words = clip(`${status} ${message.reason || 'without a reason'}`);
  const told: Signal = {
    type: 'response',
    method: words,
    pc,
    ...(status !== 180 && status !== 183 && { ok: status < 300 }),
  };
  const key = `${status} ${readAddress(headerOf(message, 'To')).tag ?? ''}`;
  if (status >= 200 && transaction?.seen.has(key)) return [{ type: 'other', label: `${words} (again)` }];
  if (status >= 200) transaction?.seen.add(key);
  if (method !== 'INVITE') return [...described(transaction, message, pc), told];
  if (status >= 200 && status < 300) {
    // A call that began without a description of its own lives from here on.
    dialog.live ||= !dialog.established;
    dialog.established = true;
  }
  if (status < 300) return [...described(transaction, message, pc), told];
  // An INVITE that is refused before the call began ends it; but not the request to say who one is.
  const over = !dialog.established && status !== 401 && status !== 407;
  return [told, ...(over ? goodbye(dialog, pc) : [])];
}

function described(transaction: Transaction | undefined, message: SipResponse, pc: PcId): readonly Signal[] {
  const sdp = sdpOf(message);
  if (sdp === undefined || transaction === undefined || !NEGOTIATING.has(transaction.method) || message.status >= 300) {
    return [];
  }
  if (!transaction.offered) {
    // An offer that a reliable provisional response has carried already is not made again.
    if (transaction.answered === 'offer') return [];
    transaction.answered = 'offer';
    return [{ type: 'offer', pc, sdp }];
  }
  transaction.answered = 'answer';
  return [{ type: message.status < 200 ? 'pranswer' : 'answer', pc, sdp }];
}

/** Once a call: what is over cannot end again. */
function goodbye(dialog: Dialog, pc: PcId): readonly Signal[] {
  if (!dialog.live) return [];
  dialog.live = false;
  return [{ type: 'bye', pc }];
}
