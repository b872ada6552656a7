/** Whether a SIP message ends the call, or refuses the offer before one (RFC 3261 13.2.2.3, 15, 9). */

/** A challenge (401, 407) and a glare answer (491) are followed by another try. */
const RETRIED = new Set(['401', '407', '491']);

/** BYE and CANCEL requests, and final refusals of an INVITE. */
export function endsCall(data: string): boolean {
  const head = data.slice(0, 8192);
  if (/^(?:BYE|CANCEL) \S+ SIP\/2\.0/.test(head)) return true;
  const status = /^SIP\/2\.0 ([3-6]\d\d)/.exec(head)?.[1];
  return status !== undefined && !RETRIED.has(status) && /^CSeq[ \t]*:[ \t]*\d+[ \t]+INVITE/im.test(head);
}
