/** SIP messages: descriptions in their bodies, and calls that end without one. */
import { endsCall, refusesOffer, type SipMessage } from './codecs/sip.ts';
import type { Place } from './found.ts';
import { inside, type Peeler } from './peeler.ts';

export function visitSip(peeler: Peeler, message: SipMessage, place: Place): void {
  const { method, status, callId, body, headers } = message;
  peeler.carriers.add('sip');
  peeler.name ??= status === undefined ? method : `${status} (${method})`;
  const head = {
    sipMethod: method,
    ...(status !== undefined && { sipStatus: status }),
    ...(callId && { 'call-id': callId }),
  };
  const at = inside(place, { carrier: 'sip', head });
  // Multipart bodies begin with their boundary, so the type needs no second look.
  peeler.visit(body, inside(at, { label: headers['content-type'] ?? '' }));
  if (peeler.finds.length > 0) return;
  if (endsCall(message)) peeler.finds.push({ is: 'bye', word: method, place: at });
  else if (status !== undefined && refusesOffer(message)) {
    peeler.finds.push({ is: 'refused', method, status, place: at });
  }
}
