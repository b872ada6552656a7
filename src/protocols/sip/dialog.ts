/** A dialog (RFC 3261, section 12): what both ends have to keep, to find each other again. */
import type { PartyId } from '../protocol.ts';
import { listed, readAddress } from './address.ts';
import type { Identity } from './identity.ts';
import { callIdOf, cseqOf, headerOf, type SipRequest, type SipResponse, valuesOf, writeSip } from './message.ts';
import { ABOUT_US, type Sent, type SipRequestPlan } from './transactions.ts';

export interface Dialog {
  readonly callId: string;
  readonly party: PartyId;
  /** From of our requests, with tag. */
  readonly local: string;
  /** To of our requests, with tag as soon as there is one. */
  remote: string;
  /** Where requests go. */
  target: string;
  routes: readonly string[];
  cseq: number;
  remoteCseq: number;
  /** We made the Call-ID: it decides who waits longer after a glare. */
  readonly owner: boolean;
  stage: 'calling' | 'ringing' | 'talking' | 'over';
  /** User fragment of our description that holds. */
  ufrag: string | undefined;
  /** Our INVITE that has no final response; how it was sent is known from the first response on. */
  inviting: 'sent' | Sent | undefined;
  /** We hung up before it was answered. */
  cancelled: boolean;
  /** Their request that waits for a description of ours. */
  asked: SipRequest | undefined;
  /** A 200 of theirs that carries an offer: our ACK will carry the answer. */
  toAcknowledge: { readonly response: SipResponse; readonly sent: Sent } | undefined;
  /** Our last final response to an INVITE, sent again until its ACK comes. */
  responded: { readonly text: string; wait: number; left: number } | undefined;
  /** The ACK of the newest 200, in case that comes again. */
  acknowledgement: { readonly cseq: number; readonly text: string } | undefined;
}

const fields = {
  remoteCseq: 0,
  ufrag: undefined,
  inviting: undefined,
  cancelled: false,
  asked: undefined,
  toAcknowledge: undefined,
  responded: undefined,
  acknowledgement: undefined,
} as const;

/** A dialog of ours, with nobody at the other end yet. */
export function callingDialog(identity: Identity, callId: string, party: PartyId): Dialog {
  const target = identity.uriOf(party);
  const local = `${identity.name};tag=${identity.fresh(10)}`;
  return {
    ...fields,
    callId,
    party,
    local,
    remote: `<${target}>`,
    target,
    routes: [],
    cseq: 0,
    owner: true,
    stage: 'calling',
  };
}

/** A dialog of theirs, by their INVITE. */
export function ringingDialog(identity: Identity, invite: SipRequest, party: PartyId): Dialog {
  return {
    ...fields,
    callId: callIdOf(invite),
    party,
    local: `${headerOf(invite, 'To')};tag=${identity.fresh(10)}`,
    remote: headerOf(invite, 'From'),
    target: readAddress(headerOf(invite, 'Contact')).uri || readAddress(headerOf(invite, 'From')).uri,
    routes: listed(valuesOf(invite, 'Record-Route')).slice(0, 32),
    cseq: 0,
    remoteCseq: cseqOf(invite).number,
    owner: false,
    stage: 'ringing',
  };
}

/** Their 2xx makes it a dialog; later ones only move the target (RFC 3261, section 12.2.1.2). */
export function confirm(dialog: Dialog, response: SipResponse): void {
  const contact = readAddress(headerOf(response, 'Contact')).uri;
  if (contact !== '') dialog.target = contact;
  if (dialog.stage !== 'calling') return;
  dialog.stage = 'talking';
  dialog.remote = headerOf(response, 'To');
  dialog.routes = listed(valuesOf(response, 'Record-Route')).slice(0, 32).toReversed();
}

/** A request inside the dialog. */
export function inDialog(
  dialog: Dialog,
  method: string,
  done: SipRequestPlan['done'],
  more: Pick<SipRequestPlan, 'headers' | 'sdp'> = {},
): SipRequestPlan {
  return {
    method,
    uri: dialog.target,
    from: dialog.local,
    to: dialog.remote,
    callId: dialog.callId,
    routes: dialog.routes,
    next: () => {
      dialog.cseq += 1;
      return dialog.cseq;
    },
    done,
    ...more,
  };
}

/** The ACK of a 2xx: a request of its own, under the number of its INVITE (RFC 3261, section 13.2.2.4). */
export function acknowledge(dialog: Dialog, identity: Identity, cseq: number, sdp?: string): string {
  const text = writeSip(
    `ACK ${dialog.target} SIP/2.0`,
    [
      ['Via', `${identity.via};branch=z9hG4bK${identity.fresh(12)}`],
      ['Max-Forwards', '70'],
      ...dialog.routes.map((route) => ['Route', route] as const),
      ['From', dialog.local],
      ['To', dialog.remote],
      ['Call-ID', dialog.callId],
      ['CSeq', `${cseq} ACK`],
      ...(sdp === undefined ? [] : ([['Content-Type', 'application/sdp']] as const)),
    ],
    sdp,
  );
  dialog.acknowledgement = { cseq, text };
  return text;
}

export interface Reply {
  readonly tag?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly sdp?: string;
}

/** A response to their request. `to` is its To with our tag. */
export function respond(request: SipRequest, status: string, { tag, headers = [], sdp }: Reply = {}): string {
  const to = headerOf(request, 'To');
  const tagged = tag === undefined || readAddress(to).tag !== undefined ? to : `${to};tag=${tag}`;
  return writeSip(
    `SIP/2.0 ${status}`,
    [
      ...valuesOf(request, 'Via').map((via) => ['Via', via] as const),
      ...valuesOf(request, 'Record-Route').map((route) => ['Record-Route', route] as const),
      ['From', headerOf(request, 'From')],
      ['To', tagged],
      ['Call-ID', headerOf(request, 'Call-ID')],
      ['CSeq', headerOf(request, 'CSeq')],
      ...headers,
      ...(sdp === undefined ? [] : [...ABOUT_US, ['Content-Type', 'application/sdp'] as const]),
    ],
    sdp,
  );
}
