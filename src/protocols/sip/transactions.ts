/** Requests of ours and what is answered to them (RFC 3261, section 17.1): numbering, authentication, ACK of refusals, CANCEL. */
import type { ClientOutput } from '../protocol.ts';
import { answerChallenge, type Challenge, readChallenges } from './digest.ts';
import type { Identity } from './identity.ts';
import { headerOf, type SipResponse, valuesOf, writeSip } from './message.ts';

type Headers = readonly (readonly [string, string])[];

/** One request, as often as authentication makes us send it. */
export interface SipRequestPlan {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly routes?: readonly string[];
  readonly headers?: Headers;
  readonly sdp?: string;
  /** The next number of the sequence (CSeq). */
  next(): number;
  /** A response that is no challenge we can answer. */
  done(response: SipResponse, sent: Sent): readonly ClientOutput[];
}

export interface Sent {
  readonly plan: SipRequestPlan;
  readonly branch: string;
  readonly cseq: number;
  /** A nonce that was answered already. */
  readonly tried: string | undefined;
}

export interface Transactions {
  send(plan: SipRequestPlan): readonly ClientOutput[];
  /** Undefined for a response to nothing of ours. */
  received(response: SipResponse): readonly ClientOutput[] | undefined;
  cancel(sent: Sent): ClientOutput;
}

const MAX_SENT = 200;
const ALLOW = 'INVITE, ACK, CANCEL, BYE, UPDATE, OPTIONS, INFO';

/** What every request and 2xx of ours says about us. */
export const ABOUT_US: Headers = [
  ['Allow', ALLOW],
  ['Supported', 'outbound'],
  ['User-Agent', 'renego'],
];

export function createTransactions(identity: Identity, write: (text: string) => ClientOutput): Transactions {
  const sent = new Map<string, Sent>();
  /** The newest challenge of servers (`Authorization`) and of proxies, and how often it was answered. */
  const known = new Map<string, { readonly challenge: Challenge; count: number }>();

  function authorization(plan: SipRequestPlan, header: string): Headers {
    const last = known.get(header);
    if (last === undefined || identity.credentials === undefined) return [];
    last.count += 1;
    const purpose = { method: plan.method, uri: plan.uri, cnonce: identity.fresh(16), count: last.count };
    return [[header, answerChallenge(last.challenge, identity.credentials, purpose)]];
  }

  function transmit(plan: SipRequestPlan, tried?: string, header = 'Authorization'): readonly ClientOutput[] {
    const one: Sent = { plan, branch: `z9hG4bK${identity.fresh(12)}`, cseq: plan.next(), tried };
    if (sent.size >= MAX_SENT) sent.delete([...sent.keys()][0] ?? '');
    sent.set(one.branch, one);
    // Once challenged, REGISTER shows who we are at once: the last one leaves no time for a question.
    const auth = tried !== undefined || plan.method === 'REGISTER' ? authorization(plan, header) : [];
    const body: Headers = plan.sdp === undefined ? [] : [['Content-Type', 'application/sdp']];
    const head = headOf(one, plan.to, plan.method);
    return [
      write(
        writeSip(
          `${plan.method} ${plan.uri} SIP/2.0`,
          [...head, ...auth, ...(plan.headers ?? []), ...ABOUT_US, ...body],
          plan.sdp,
        ),
      ),
    ];
  }

  const headOf = ({ plan, branch, cseq }: Sent, to: string, method: string): Headers => [
    ['Via', `${identity.via};branch=${branch}`],
    ['Max-Forwards', '70'],
    ...(plan.routes ?? []).map((route) => ['Route', route] as const),
    ['From', plan.from],
    ['To', to],
    ['Call-ID', plan.callId],
    ['CSeq', `${cseq} ${method}`],
  ];

  /** What belongs to a request of ours hop by hop: it goes the same way under the same branch. */
  const alongside = (one: Sent, method: string, to: string): ClientOutput =>
    write(writeSip(`${method} ${one.plan.uri} SIP/2.0`, headOf(one, to, method)));

  function challenged(response: SipResponse, one: Sent): readonly ClientOutput[] | undefined {
    if (response.status !== 401 && response.status !== 407) return undefined;
    const [asks, answers] =
      response.status === 401 ? ['WWW-Authenticate', 'Authorization'] : ['Proxy-Authenticate', 'Proxy-Authorization'];
    const challenge = readChallenges(valuesOf(response, asks));
    const again = one.tried !== undefined && !(challenge?.stale && challenge.nonce !== one.tried);
    if (challenge === undefined || identity.credentials === undefined || again) return undefined;
    known.set(answers, { challenge, count: 0 });
    return transmit(one.plan, challenge.nonce, answers);
  }

  return {
    send: (plan) => transmit(plan),
    received(response) {
      const branch = /;\s*branch=([^;,\s]+)/i.exec(headerOf(response, 'Via'))?.[1] ?? '';
      const one = sent.get(branch);
      const method = /\s(\S+)$/.exec(headerOf(response, 'CSeq'))?.[1];
      if (one === undefined || method === 'CANCEL') return undefined;
      const isInvite = one.plan.method === 'INVITE';
      const acks = isInvite && response.status >= 300 ? [alongside(one, 'ACK', headerOf(response, 'To'))] : [];
      // A 2xx of an INVITE may come again.
      if (response.status >= 200 && !isInvite) sent.delete(branch);
      return [...acks, ...(challenged(response, one) ?? one.plan.done(response, one))];
    },
    cancel: (one) => alongside(one, 'CANCEL', one.plan.to),
  };
}

/** Why a request was refused, in the words of who refused it: `486 Busy Here (Reason: …)`. */
export function refusalOf(response: SipResponse): string {
  const more = [headerOf(response, 'Reason'), headerOf(response, 'Warning')].filter((one) => one !== '');
  const contact = response.status < 400 ? headerOf(response, 'Contact') : '';
  const words = `${response.status} ${response.reason || 'without a reason'}`;
  return [words, ...more, ...(contact === '' ? [] : [`it points to ${contact}`])].join('; ');
}
