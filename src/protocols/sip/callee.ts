/** Requests of others and our responses: calls, changes of calls, their ends, and what is asked besides. */
import type { ClientOutput } from '../protocol.ts';
import { readAddress } from './address.ts';
import { sdpOf, ufragOf } from './body.ts';
import type { Caller } from './caller.ts';
import { bye, type Calls, contactOf, MAX_CALLS, over } from './calls.ts';
import { remoteOf } from './decoder.ts';
import { type Dialog, type Reply, respond, ringingDialog } from './dialog.ts';
import { callIdOf, cseqOf, headerOf, type SipRequest } from './message.ts';
import { ABOUT_US } from './transactions.ts';

export interface Heard {
  readonly outputs: readonly ClientOutput[];
  /** What the request negotiates is for the peer connection; false where it was refused here, or is a repetition. */
  readonly pass: boolean;
}

export interface Callee {
  received(request: SipRequest): Heard;
  /** A description for the request that waits for one: an answer, or an offer where the INVITE had none. */
  accept(dialog: Dialog, sdp: string): readonly ClientOutput[];
  /** An early answer. */
  progress(dialog: Dialog, sdp: string): readonly ClientOutput[];
  decline(dialog: Dialog): readonly ClientOutput[];
  /** No ACK has come for a while. */
  repeat(callId: string): readonly ClientOutput[];
}

export const OK_AGAIN = 'ok ';
/** RFC 3261, section 13.3.1.4: T1, doubled up to T2, 32 seconds in all. */
const [T1, T2, REPEATS] = [500, 4_000, 10];
const MAX_KEPT = 50;

export function createCallee(calls: Calls, caller: Caller): Callee {
  const { identity, dialogs, write } = calls;
  /** Final responses, for requests that come again. */
  const given = new Map<string, string>();

  const keyOf = (request: SipRequest): string =>
    `${callIdOf(request)} ${headerOf(request, 'CSeq')} ${headerOf(request, 'Via')}`;

  function say(request: SipRequest, status: string, reply: Reply = {}): ClientOutput {
    const dialog = dialogs.get(callIdOf(request));
    const tag = dialog && !dialog.owner ? readAddress(dialog.local).tag : undefined;
    const text = respond(request, status, { tag: tag ?? identity.fresh(10), ...reply });
    if (given.size >= MAX_KEPT) given.delete([...given.keys()][0] ?? '');
    given.set(keyOf(request), text);
    return write(text);
  }

  const only = (...outputs: ClientOutput[]): Heard => ({ outputs, pass: false });

  function invited(request: SipRequest): Heard {
    const dialog = dialogs.get(callIdOf(request));
    if (dialog) return invitedAgain(dialog, request);
    if (readAddress(headerOf(request, 'To')).tag !== undefined) return only(say(request, '481 Call Does Not Exist'));
    if (dialogs.size >= MAX_CALLS) return only(say(request, '486 Busy Here'));
    const fresh = ringingDialog(identity, request, remoteOf(request, 'in'));
    fresh.asked = request;
    dialogs.set(fresh.callId, fresh);
    const outputs: ClientOutput[] = [
      say(request, '180 Ringing', { headers: contactOf(calls) }),
      { do: 'presence', who: fresh.party, change: 'join' },
    ];
    return { outputs: [...outputs, ...wanted(fresh, request)], pass: true };
  }

  /** An INVITE without a description asks for our offer. */
  const wanted = (dialog: Dialog, request: SipRequest): readonly ClientOutput[] =>
    sdpOf(request) === undefined ? [{ do: 'wanted', from: dialog.party, iceRestart: false, pc: dialog.callId }] : [];

  function invitedAgain(dialog: Dialog, request: SipRequest): Heard {
    if (dialog.inviting !== undefined) return only(say(request, '491 Request Pending'));
    if (dialog.asked && cseqOf(dialog.asked).number === cseqOf(request).number) return only();
    if (dialog.asked !== undefined)
      return only(say(request, '500 Server Internal Error', { headers: [['Retry-After', '1']] }));
    dialog.asked = request;
    const contact = readAddress(headerOf(request, 'Contact')).uri;
    if (contact !== '') dialog.target = contact;
    return { outputs: wanted(dialog, request), pass: true };
  }

  function updated(request: SipRequest): Heard {
    const dialog = dialogs.get(callIdOf(request));
    if (!dialog) return only(say(request, '481 Call Does Not Exist'));
    if (sdpOf(request) === undefined) return only(say(request, '200 OK', { headers: contactOf(calls) }));
    if (dialog.inviting !== undefined || dialog.asked !== undefined) return only(say(request, '491 Request Pending'));
    dialog.asked = request;
    return { outputs: [], pass: true };
  }

  function ended(request: SipRequest): Heard {
    const dialog = dialogs.get(callIdOf(request));
    if (!dialog) return only(say(request, '481 Call Does Not Exist'));
    const pending = dialog.asked ? [say(dialog.asked, '487 Request Terminated')] : [];
    const outputs = [say(request, '200 OK'), ...pending];
    // A CANCEL that comes too late changes nothing (RFC 3261, section 9.2).
    if (request.method === 'CANCEL' && dialog.stage !== 'ringing') return only(say(request, '200 OK'));
    over(calls, dialog);
    return { outputs, pass: true };
  }

  function acknowledged(request: SipRequest): Heard {
    const dialog = dialogs.get(callIdOf(request));
    if (dialog) dialog.responded = undefined;
    return { outputs: [], pass: true };
  }

  function accept(dialog: Dialog, sdp: string): readonly ClientOutput[] {
    const request = dialog.asked;
    if (!request) return [];
    dialog.asked = undefined;
    dialog.stage = 'talking';
    dialog.ufrag = ufragOf(sdp);
    const output = say(request, '200 OK', { headers: contactOf(calls), sdp });
    if (request.method !== 'INVITE') return [output];
    dialog.responded = { text: given.get(keyOf(request)) ?? '', wait: T1, left: REPEATS };
    return [output, { do: 'wake', id: `${OK_AGAIN}${dialog.callId}`, after: T1 }];
  }

  return {
    accept,
    received(request) {
      const before = request.method === 'ACK' ? undefined : given.get(keyOf(request));
      if (before !== undefined) return only(write(before));
      const dialog = dialogs.get(callIdOf(request));
      const { number, method } = cseqOf(request);
      if (dialog && method !== 'ACK' && method !== 'CANCEL') {
        if (number < dialog.remoteCseq) return only(say(request, '500 Server Internal Error'));
        dialog.remoteCseq = number;
      }
      switch (request.method) {
        case 'INVITE':
          return invited(request);
        case 'ACK':
          return acknowledged(request);
        case 'BYE':
        case 'CANCEL':
          return ended(request);
        case 'UPDATE':
          return updated(request);
        case 'INFO':
          return { outputs: [say(request, dialog ? '200 OK' : '481 Call Does Not Exist')], pass: dialog !== undefined };
        case 'OPTIONS':
          return only(say(request, '200 OK', { headers: [...ABOUT_US, ['Accept', 'application/sdp']] }));
        default:
          return only(say(request, '405 Method Not Allowed', { headers: ABOUT_US }));
      }
    },
    progress: (dialog, sdp) =>
      dialog.asked
        ? [write(respond(dialog.asked, '183 Session Progress', { ...tagOf(dialog), headers: contactOf(calls), sdp }))]
        : [],
    decline(dialog) {
      const output = dialog.asked ? [say(dialog.asked, '486 Busy Here')] : [];
      over(calls, dialog);
      return output;
    },
    repeat(callId) {
      const dialog = dialogs.get(callId);
      const last = dialog?.responded;
      if (!dialog || !last) return [];
      if (last.left === 0) {
        const detail = `${dialog.party} has not acknowledged our 200 OK for 32 seconds; renego hangs up`;
        return [{ do: 'problem', code: 'SIP_NO_ACK', detail }, ...caller.hangUp(dialog), bye(dialog)];
      }
      last.left -= 1;
      last.wait = Math.min(last.wait * 2, T2);
      return [write(last.text), { do: 'wake', id: `${OK_AGAIN}${callId}`, after: last.wait }];
    },
  };
}

const tagOf = (dialog: Dialog): Reply => {
  const { tag } = readAddress(dialog.local);
  return tag === undefined ? {} : { tag };
};
