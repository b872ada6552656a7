/** Who is who in two successive agreements: the offerer of one round may answer in the next. */

import type { Party } from '../agreement/transport.ts';
import type { Agreement } from '../agreement.ts';

export const PARTIES: readonly Party[] = ['offerer', 'answerer'];

/** The part which the party that plays `side` now played before; the same part where the names do not tell. */
export function formerSide(before: Agreement, after: Agreement, side: Party): Party {
  const other = side === 'offerer' ? 'answerer' : 'offerer';
  const name = after.parties[side];
  return before.parties[other] === name && before.parties[side] !== name ? other : side;
}
