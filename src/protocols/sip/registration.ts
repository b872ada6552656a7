/** Being reachable (RFC 3261, section 10; RFC 5626): REGISTER, again before it expires, and away at the end. */
import type { ClientOutput } from '../protocol.ts';
import type { Identity } from './identity.ts';
import { headerOf, type SipResponse, valuesOf } from './message.ts';
import { refusalOf, type SipRequestPlan, type Transactions } from './transactions.ts';

const EXPIRES_S = 600;
export const REGISTER_AGAIN = 'register';

export interface Registration {
  register(): readonly ClientOutput[];
  /** Nothing if we never were. */
  leave(): readonly ClientOutput[];
}

/** `registered` is called for the first success. */
export function createRegistration(
  identity: Identity,
  transactions: Transactions,
  registered: () => readonly ClientOutput[],
): Registration {
  const callId = identity.fresh(22);
  const from = `${identity.name};tag=${identity.fresh(10)}`;
  let cseq = 0;
  let isIn = false;

  const plan = (expires: number, done: SipRequestPlan['done']): SipRequestPlan => ({
    method: 'REGISTER',
    uri: `sip:${identity.domain}`,
    from,
    to: identity.name,
    callId,
    headers: [
      ['Contact', `${identity.contact};+sip.ice;reg-id=1;+sip.instance="${identity.instance}";expires=${expires}`],
      ['Expires', String(expires)],
    ],
    next: () => {
      cseq += 1;
      return cseq;
    },
    done,
  });

  function answered(response: SipResponse): readonly ClientOutput[] {
    const { status } = response;
    if (status < 200) return [];
    if (status >= 300) return refused(response);
    const first = !isIn;
    isIn = true;
    const again: ClientOutput = { do: 'wake', id: REGISTER_AGAIN, after: expiryOf(response) * 900 };
    return [...(first ? registered() : []), again];
  }

  function refused(response: SipResponse): readonly ClientOutput[] {
    const why = `REGISTER of ${identity.uri}: ${refusalOf(response)}`;
    const secret = response.status === 401 || response.status === 407;
    if (!isIn) return [{ do: 'refused', why, hint: secret ? passwordHint() : 'Look at --as and --param domain.' }];
    return [{ do: 'problem', code: `SIP_${response.status}`, detail: why }];
  }

  const passwordHint = (): string =>
    identity.credentials === undefined
      ? 'Give the password: --param password=…'
      : 'Is the password right? --param user=… is the name it belongs to, if that is not --as.';

  return {
    register: () => transactions.send(plan(EXPIRES_S, answered)),
    leave: () => (isIn ? transactions.send(plan(0, () => [])) : []),
  };
}

/** Seconds; between 30 and an hour, whatever the server says. */
function expiryOf(response: SipResponse): number {
  const contact = valuesOf(response, 'Contact').join(',');
  const found = /;\s*expires=(\d{1,9})/i.exec(contact)?.[1] ?? headerOf(response, 'Expires');
  const seconds = Number(found);
  return Number.isFinite(seconds) && found !== '' ? Math.min(Math.max(seconds, 30), 3_600) : EXPIRES_S;
}
