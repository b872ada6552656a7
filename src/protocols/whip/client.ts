/**
 * renego's own part in WHIP (RFC 9725) and WHEP: POST the offer, PATCH candidates and restarts, DELETE at the end.
 * One PATCH at a time: each needs the ETag that the one before may have changed.
 */
import { type CandidateSignal, type PartyId, pairId, type Signal } from '../../core/event.ts';
import { refusedBy } from '../http.ts';
import type { Capabilities, Client, ClientOptions, ClientOutput, HttpRequest, HttpResponse } from '../protocol.ts';
import { isCounterOffer } from './decoder.ts';
import { asAnswer, credentialsOf, FRAGMENT_TYPE, fragmentOf, isFragment, SDP_TYPE, withFragment } from './fragment.ts';
import { readLinks } from './links.ts';
import { deleted, meaningOf } from './meaning.ts';

/** How the server is called. */
export const SERVER: PartyId = 'server';

/** Posting again is not worth it any more. */
const MAX_RETRIES = 10;
const MAX_RETRY_S = 60;

export const NO_RENEGOTIATION = 'a session cannot be renegotiated (RFC 9725, section 4.3): hang up and call again';

const LATE_SERVERS =
  'STUN and TURN servers come with the answer, after candidates were gathered: they are used from the next call on; --param options=yes asks for them before';

/** What the server has created. */
interface Session {
  readonly url: string;
  etag: string | undefined;
}

export function createWhipClient(options: ClientOptions, kind: 'whip' | 'whep'): Client {
  const pc = pairId(options.as, SERVER);
  const { token, trickle, options: asks } = options.params ?? {};
  const authorization: Readonly<Record<string, string>> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  let session: Session | undefined;
  let offer = '';
  /** The server's description, as an answer. */
  let remote = '';
  /** The local description that candidates belong to. */
  let local = '';
  let pending: CandidateSignal[] = [];
  let ended = false;
  let endSent = false;
  /** The request that waits for its response. */
  let busy: string | undefined;
  let posts = 0;
  let canTrickle = trickle !== 'no';
  let retries = 0;
  let everCreated = false;

  function request(id: string, method: string, url: string, more: Partial<HttpRequest> = {}): ClientOutput {
    if (method !== 'DELETE') busy = id;
    return { do: 'request', id, method, url, ...more, headers: { ...authorization, ...more.headers } };
  }

  function post(): readonly ClientOutput[] {
    const headers = { 'content-type': SDP_TYPE, accept: SDP_TYPE };
    posts += 1;
    return [request(`post ${posts}`, 'POST', options.url ?? '', { headers, body: offer })];
  }

  /** Sends what is there to be sent, if nothing is under way. */
  function flush(): readonly ClientOutput[] {
    const nothing = pending.length === 0 && (!ended || endSent);
    if (session === undefined || busy !== undefined || nothing || !canTrickle) return [];
    const body = fragmentOf(local, pending, ended);
    pending = [];
    endSent = ended;
    const match: Record<string, string> = session.etag === undefined ? {} : { 'if-match': session.etag };
    return [request('patch', 'PATCH', session.url, { headers: { 'content-type': FRAGMENT_TYPE, ...match }, body })];
  }

  function restart(sdp: string): readonly ClientOutput[] {
    if (session === undefined) return post();
    const headers = { 'content-type': FRAGMENT_TYPE, 'if-match': '*' };
    return [request('restart', 'PATCH', session.url, { headers, body: fragmentOf(sdp, [], false) })];
  }

  function begin(sdp: string): void {
    local = sdp;
    [pending, ended, endSent] = [[], false, false];
  }

  /** What is being created now is deleted as soon as its address is known. */
  function end(): readonly ClientOutput[] {
    const { url } = session ?? {};
    [session, busy, offer] = [undefined, undefined, ''];
    return url === undefined ? [] : [request('delete', 'DELETE', url)];
  }

  const signal = (one: Signal): ClientOutput => ({ do: 'signal', from: SERVER, signal: one });
  const learned = (capabilities: Partial<Capabilities>): ClientOutput => ({ do: 'learned', capabilities });

  /** The server takes no candidates later: they have to be in the offer, and that is another session. */
  function gatherFirst(why: string): readonly ClientOutput[] {
    canTrickle = false;
    const restartWhy = `${why}, which a restart of ICE would need`;
    return [
      { do: 'problem', code: 'TRICKLE_REFUSED', detail: `${why}; renego calls again with all candidates in the offer` },
      learned({ trickle: false, restart: { why: restartWhy } }),
      ...end(),
      { do: 'redial', to: SERVER, why },
    ];
  }

  function created(response: HttpResponse): readonly ClientOutput[] {
    const { headers, body, url, status } = response;
    const at = headers.location ?? headers['content-location'];
    const address = at !== undefined && URL.canParse(at, url) ? new URL(at, url).href : undefined;
    if (response.id !== busy) return address === undefined ? [] : [request('delete', 'DELETE', address)];
    busy = undefined;
    const counter = kind === 'whep' && isCounterOffer(status, body);
    if (status !== 201 && status !== 200 && !counter) return refused(response);
    everCreated = true;
    retries = 0;
    if (address !== undefined) session = { url: address, etag: headers.etag };
    const outputs: ClientOutput[] = [];
    if (address === undefined) {
      const detail = 'the response to POST has no Location: no candidates, no restart, and no end can be sent';
      outputs.push({ do: 'problem', code: 'NO_LOCATION', detail });
    }
    const iceServers = readLinks(headers.link);
    if (iceServers.length > 0 && asks !== 'yes') {
      outputs.push({ do: 'ice-servers', servers: iceServers }, { do: 'note', text: LATE_SERVERS });
    }
    if (!counter && headers.etag === undefined && trickling()) {
      return [...outputs, ...gatherFirst('the server gives the session no ETag, so it takes no PATCH')];
    }
    remote = asAnswer(body);
    // Our offer is rolled back, and its candidates with it.
    if (counter) begin('');
    return [...outputs, signal({ type: counter ? 'offer' : 'answer', pc, sdp: body }), ...flush()];
  }

  const trickling = (): boolean => canTrickle && !/^a=end-of-candidates/m.test(local);

  function refused(response: HttpResponse): readonly ClientOutput[] {
    const { status, headers } = response;
    const later = Number(headers['retry-after'] ?? (status === 409 ? 5 : Number.NaN));
    if ((status === 409 || status === 503) && later >= 0 && retries < MAX_RETRIES) {
      retries += 1;
      const after = Math.min(later, MAX_RETRY_S);
      const detail = `HTTP ${status}: the server is not ready; renego asks again in ${after} s`;
      return [
        { do: 'problem', code: 'NOT_READY', detail },
        { do: 'wake', id: 'retry', after: after * 1000 },
      ];
    }
    const why = refusedBy(response);
    if (!everCreated || why.do !== 'refused') return [why];
    return [{ do: 'rejected', from: SERVER, why: why.why }];
  }

  function patched(response: HttpResponse): readonly ClientOutput[] {
    const { status, headers } = response;
    if (session && headers.etag !== undefined && status < 300) session.etag = headers.etag;
    if (status === 405 || status === 501) return gatherFirst(`the server answers PATCH with HTTP ${status}`);
    if (status >= 200 && status < 300) return flush();
    const detail = `candidates were not taken: ${meaningOf(response)}`;
    return [{ do: 'problem', code: 'CANDIDATES_REFUSED', detail }, ...flush()];
  }

  function restarted(response: HttpResponse): readonly ClientOutput[] {
    const { status, headers, body } = response;
    const whole = status >= 200 && status < 300 && isFragment(body) ? withFragment(remote, body) : undefined;
    if (whole !== undefined) {
      if (session) session.etag = headers.etag ?? session.etag;
      remote = whole;
      offer = local;
      return [signal({ type: 'answer', pc, sdp: whole }), ...flush()];
    }
    begin(offer);
    const why = `the server does not restart ICE: ${status < 300 && status > 0 ? 'it gives no new credentials, ' : ''}${meaningOf(response)}`;
    const never = [405, 422, 501].includes(status) ? [learned({ restart: { why } })] : [];
    return [...never, { do: 'rejected', from: SERVER, why }];
  }

  function joined(): readonly ClientOutput[] {
    const there: ClientOutput[] = [
      { do: 'joined', as: options.as },
      { do: 'presence', who: SERVER, change: 'join' },
    ];
    return canTrickle ? there : [learned({ trickle: false }), ...there];
  }

  /** The answer to OPTIONS may hold STUN and TURN servers (RFC 9725, section 4.5); a server that has none may refuse it. */
  function asked(response: HttpResponse): readonly ClientOutput[] {
    busy = undefined;
    const servers = readLinks(response.headers.link);
    if (servers.length > 0) return [{ do: 'ice-servers', servers }, ...joined()];
    const text = `OPTIONS brings no STUN and TURN servers: ${meaningOf(response)}`;
    return [{ do: 'note', text }, ...joined()];
  }

  return {
    opened: () => (asks === 'yes' ? [request('options', 'OPTIONS', options.url ?? '')] : joined()),
    received: () => [],
    responded(response) {
      if (response.id === 'options') return asked(response);
      if (response.id === 'delete') return deleted(response);
      if (response.id.startsWith('post')) return created(response);
      if (session === undefined || response.id !== busy) return [];
      busy = undefined;
      if (response.id === 'patch') return patched(response);
      if (response.id === 'restart') return restarted(response);
      if (response.status >= 200 && response.status < 300) return flush();
      return [{ do: 'problem', code: 'ANSWER_REFUSED', detail: `the answer was not taken: ${meaningOf(response)}` }];
    },
    woken: (id) => (id === 'retry' && busy === undefined && offer !== '' && !session ? post() : []),
    encode(one) {
      switch (one.type) {
        case 'offer':
          begin(one.sdp);
          if (session) return restart(one.sdp);
          offer = one.sdp;
          return post();
        case 'answer':
          begin(one.sdp);
          if (session === undefined) return undefined;
          return [request('answer', 'PATCH', session.url, { headers: { 'content-type': SDP_TYPE }, body: one.sdp })];
        case 'candidate':
          if (local !== '' && isOf(one, local)) pending.push(one);
          return flush();
        case 'end-of-candidates':
          ended = local !== '';
          return flush();
        case 'bye':
          return end();
        default:
          return undefined;
      }
    },
    leave: end,
  };
}

/** Whether the candidate is of this description's ICE generation. */
function isOf({ ufrag, candidate }: CandidateSignal, sdp: string): boolean {
  const own = ufrag ?? / ufrag (\S+)/.exec(candidate)?.[1];
  return own === undefined || own === credentialsOf(sdp).ufrag;
}
