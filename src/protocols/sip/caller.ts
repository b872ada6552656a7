/** Requests of ours in calls: INVITE and its end, BYE (RFC 3261, sections 13 to 15). */
import type { ClientOutput } from '../protocol.ts';
import { sdpOf, ufragOf } from './body.ts';
import { bye, type Calls, contactOf, over } from './calls.ts';
import { acknowledge, confirm, type Dialog, inDialog } from './dialog.ts';
import type { SipResponse } from './message.ts';
import { refusalOf, type Sent } from './transactions.ts';

export interface Caller {
  /** Without SDP the other side is asked for an offer. */
  invite(dialog: Dialog, sdp: string | undefined): readonly ClientOutput[];
  /** The answer to an offer that came in a 200. */
  answer(dialog: Dialog, sdp: string): readonly ClientOutput[];
  hangUp(dialog: Dialog): readonly ClientOutput[];
  /** The wait after a glare is over. */
  again(callId: string): readonly ClientOutput[];
}

export const INVITE_AGAIN = 'invite ';

export function createCaller(calls: Calls): Caller {
  const { identity, transactions, write, dialogs } = calls;
  /** What came in the way of an INVITE of the other side, by Call-ID: an offer, one that restarts ICE, or a wish for one. */
  const postponed = new Map<string, 'offer' | 'restart' | 'wish'>();

  function invite(dialog: Dialog, sdp: string | undefined): readonly ClientOutput[] {
    dialog.inviting = 'sent';
    const more = { headers: contactOf(calls), ...(sdp !== undefined && { sdp }) };
    return transactions.send(inDialog(dialog, 'INVITE', (response, sent) => answered(dialog, response, sent), more));
  }

  function answered(dialog: Dialog, response: SipResponse, sent: Sent): readonly ClientOutput[] {
    if (response.status < 200) return progressed(dialog, sent);
    if (response.status >= 300) return refused(dialog, response, sent);
    const last = dialog.acknowledgement;
    if (last?.cseq === sent.cseq) return [write(last.text)];
    if (dialog.toAcknowledge?.sent.cseq === sent.cseq) return [];
    dialog.inviting = undefined;
    if (sent.plan.sdp !== undefined) dialog.ufrag = ufragOf(sent.plan.sdp);
    confirm(dialog, response);
    if (sent.plan.sdp === undefined && sdpOf(response) !== undefined) {
      dialog.toAcknowledge = { response, sent };
      return [];
    }
    const ack = write(acknowledge(dialog, identity, sent.cseq));
    return dialog.cancelled ? [ack, ...hangUp(dialog)] : [ack];
  }

  /** CANCEL may go out only after some response has come (RFC 3261, section 9.1). */
  function progressed(dialog: Dialog, sent: Sent): readonly ClientOutput[] {
    const first = dialog.inviting === 'sent';
    dialog.inviting = sent;
    return first && dialog.cancelled ? [transactions.cancel(sent)] : [];
  }

  function refused(dialog: Dialog, response: SipResponse, sent: Sent): readonly ClientOutput[] {
    dialog.inviting = undefined;
    const { status } = response;
    const detail = `${dialog.party}: ${refusalOf(response)}`;
    const problem: ClientOutput = { do: 'problem', code: `SIP_${status}`, detail };
    if (dialog.stage === 'calling') {
      over(calls, dialog);
      // Whoever hung up needs no telling; 487 is what comes of it.
      return dialog.cancelled ? [] : [problem, bye(dialog)];
    }
    // The session stays as it was before the INVITE (RFC 3261, section 14.1).
    const failed: ClientOutput =
      sent.plan.sdp === undefined ? problem : { do: 'rejected', from: dialog.party, pc: dialog.callId, why: detail };
    if (status === 491) {
      postponed.set(dialog.callId, kindOf(dialog, sent.plan.sdp));
      return [failed, { do: 'wake', id: `${INVITE_AGAIN}${dialog.callId}`, after: patience(dialog) }];
    }
    if (status !== 481 && status !== 408) return [failed];
    over(calls, dialog);
    return [problem, bye(dialog)];
  }

  /** Who made the Call-ID waits 2.1 to 4 seconds, the other one less than 2 (RFC 3261, section 14.1). */
  function patience(dialog: Dialog): number {
    const chance = Number.parseInt(identity.fresh(4), 36) % 1_900;
    return dialog.owner ? 2_100 + chance : chance;
  }

  function hangUp(dialog: Dialog): readonly ClientOutput[] {
    if (dialog.stage === 'calling') {
      dialog.cancelled = true;
      return typeof dialog.inviting === 'object' ? [transactions.cancel(dialog.inviting)] : [];
    }
    const pending = dialog.toAcknowledge;
    dialog.toAcknowledge = undefined;
    const ack = pending ? [write(acknowledge(dialog, identity, pending.sent.cseq))] : [];
    over(calls, dialog);
    return [...ack, ...transactions.send(inDialog(dialog, 'BYE', () => []))];
  }

  return {
    invite,
    hangUp,
    answer(dialog, sdp) {
      const pending = dialog.toAcknowledge;
      dialog.toAcknowledge = undefined;
      dialog.ufrag = ufragOf(sdp);
      return pending ? [write(acknowledge(dialog, identity, pending.sent.cseq, sdp))] : [];
    },
    again(callId) {
      const dialog = dialogs.get(callId);
      const kind = postponed.get(callId);
      postponed.delete(callId);
      if (dialog === undefined || dialog.inviting !== undefined || dialog.asked !== undefined) return [];
      if (kind === 'wish') return invite(dialog, undefined);
      // A fresh offer: meanwhile one of the other side may have been answered.
      return [{ do: 'wanted', from: dialog.party, iceRestart: kind === 'restart', pc: callId }];
    },
  };
}

function kindOf({ ufrag }: Dialog, sdp: string | undefined): 'offer' | 'restart' | 'wish' {
  if (sdp === undefined) return 'wish';
  return ufrag !== undefined && ufragOf(sdp) !== ufrag ? 'restart' : 'offer';
}
