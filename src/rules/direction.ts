/** Who may send in a section: its direction read as two flags (RFC 3264 6.1). */
import type { Direction, MSection } from '../sdp/sdp.ts';

export const sends = ({ direction }: Pick<MSection, 'direction'>): boolean =>
  direction === 'sendrecv' || direction === 'sendonly';

export const receives = ({ direction }: Pick<MSection, 'direction'>): boolean =>
  direction === 'sendrecv' || direction === 'recvonly';

/** The answer sends though the offer does not receive, or receives though the offer does not send. */
export function contradicts(offered: MSection, answered: MSection): boolean {
  return (sends(answered) && !receives(offered)) || (receives(answered) && !sends(offered));
}

/** What may be answered to this direction, for a sentence. */
export const ANSWERS: Readonly<Record<Direction, string>> = {
  sendrecv: 'any direction',
  sendonly: 'recvonly or inactive',
  recvonly: 'sendonly or inactive',
  inactive: 'inactive',
};
