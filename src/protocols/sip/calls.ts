/** What both halves of a call share: the dialogs, and who writes. */
import type { ClientOutput, PartyId } from '../protocol.ts';
import type { Dialog } from './dialog.ts';
import type { Identity } from './identity.ts';
import type { Transactions } from './transactions.ts';

export interface Calls {
  readonly identity: Identity;
  readonly transactions: Transactions;
  /** Dialogs that are not over, by Call-ID. */
  readonly dialogs: Map<string, Dialog>;
  write(text: string): ClientOutput;
}

/** More calls than this at once are refused. */
export const MAX_CALLS = 50;

export const contactOf = ({ identity }: Calls): readonly (readonly [string, string])[] => [
  ['Contact', identity.contact],
];

/** The call is over: nothing of it is kept. */
export function over({ dialogs }: Calls, dialog: Dialog): void {
  dialog.stage = 'over';
  dialogs.delete(dialog.callId);
}

/** Tells whoever holds the peer connection that the call is over. */
export const bye = ({ party, callId }: Dialog): ClientOutput => ({
  do: 'signal',
  from: party as PartyId,
  signal: { type: 'bye', pc: callId },
});
