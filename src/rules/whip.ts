/** The HTTP exchange of WHIP (RFC 9725) and WHEP: what a request or response must look like. */
import type { MessageEvent, Signal, SignalEvent } from '../core/event.ts';
import type { Model } from '../core/model.ts';
import { visible } from '../sdp/printable.ts';
import type { Report } from './rule.ts';

export type HttpSignal = Extract<Signal, { type: 'request' | 'response' | 'notify' }>;
export type HttpEvent = MessageEvent;

/** Messages of these two protocols only. */
export function isWhip(event: SignalEvent): event is HttpEvent {
  return event.kind === 'message' && (event.protocol === 'whip' || event.protocol === 'whep');
}

export function httpOf(event: HttpEvent): HttpSignal | undefined {
  return event.signals.find((signal) => signal.type === 'request' || signal.type === 'response') as
    | HttpSignal
    | undefined;
}

const FRAGMENT = 'application/trickle-ice-sdpfrag';

/** What is wrong with one request or response. `model` tells what came before. */
export function httpReports(model: Model, event: HttpEvent): Report[] {
  const http = httpOf(event);
  const method = http?.method.toUpperCase();
  if (!http || (method !== 'POST' && method !== 'PATCH')) return [];
  if (http.type === 'request')
    return method === 'POST' ? contentType(event, http, ['application/sdp']) : patchReports(model, event, http);
  return method === 'POST' ? createdReports(event, http) : patchedReports(http);
}

function contentType({ raw }: HttpEvent, { method, headers }: HttpSignal, right: readonly string[]): Report[] {
  const type = headers?.['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (headers === undefined || (type !== undefined && right.includes(type)) || raw === '') return [];
  const shown = type === undefined ? 'no Content-Type' : `the Content-Type '${visible(type, 40)}'`;
  return [
    {
      message: `The ${visible(method, 8)} request has ${shown} instead of ${right.join(' or ')}.`,
      severity: 'warning',
    },
  ];
}

/** The answer to POST: 201 with the session's address. WHEP servers may say 406 with an offer of their own. */
function createdReports({ protocol }: HttpEvent, { status, headers }: HttpSignal): Report[] {
  if (status === undefined) return [];
  const counter = protocol === 'whep' && status === 406;
  if ((status < 200 || status > 299) && !counter) return [];
  const code: Report[] =
    status === 201 || counter
      ? []
      : [{ message: `The server answers POST with ${status} instead of 201 Created.`, severity: 'warning' }];
  if (headers === undefined || headers.location !== undefined) return code;
  const message = 'The response to POST names no Location: candidates cannot be sent and the session cannot be ended.';
  return [...code, { message }];
}

const REFUSALS: Readonly<Record<number, string>> = {
  412: 'the ETag in If-Match is not the current one: the session was restarted since',
  422: 'the server does not support this, trickle or restart',
  428: 'the server wants If-Match with the ETag of the session',
  405: 'the server supports no PATCH: send all candidates in the offer',
  501: 'the server supports no PATCH: send all candidates in the offer',
  404: 'the session is gone',
};

function patchedReports({ status }: HttpSignal): Report[] {
  const why = status === undefined ? undefined : REFUSALS[status];
  return why === undefined
    ? []
    : [{ message: `The server refuses PATCH with ${status}: ${why}.`, severity: 'warning' }];
}

function patchReports(model: Model, event: HttpEvent, http: HttpSignal): Report[] {
  // An ICE restart is told as the offer it stands for, but it comes as a fragment.
  const fragment = !/^v=0/.test(event.raw) && event.signals.every(({ type }) => type !== 'answer');
  const types = fragment ? [FRAGMENT] : ['application/sdp'];
  const wrong = contentType(event, http, types);
  if (http.headers === undefined || !fragment) return wrong;
  const match = http.headers['if-match']?.trim();
  const created = earlier(model, { ...event, from: event.to, to: event.from }, isCreated);
  const restart = restartOf(model, event);
  if (restart !== undefined && match !== '*' && match !== '"*"') {
    const message = `The PATCH request restarts ICE (new ufrag '${visible(restart, 12)}') without If-Match: *.`;
    return [...wrong, { message, severity: 'warning' }];
  }
  if (match === undefined) {
    if (earlier(model, event, isBarePatch) !== undefined) return wrong;
    const message =
      'The PATCH request has no If-Match: the server answers 428, or applies it to the wrong ICE session.';
    return [...wrong, { message, severity: 'warning' }];
  }
  if (created?.headers === undefined || created.headers.etag !== undefined) return wrong;
  const message =
    'PATCH is used although the response to POST had no ETag: the server offers no trickle and no restart.';
  return [...wrong, { message, severity: 'warning', related: [created.seq] }];
}

/** Far enough back for any real exchange, near enough to stay cheap. */
const REACH = 500;

/** The newest message before this one in the same direction that is such a request or response. */
function earlier(
  { events }: Model,
  { seq, from, to, protocol }: Pick<HttpEvent, 'seq' | 'from' | 'to' | 'protocol'>,
  is: (http: HttpSignal) => boolean,
): { readonly seq: number; readonly headers: HttpSignal['headers'] } | undefined {
  const last = events.length - 1;
  for (let i = last; i >= 0 && i > last - REACH; i -= 1) {
    const event = events.at(i);
    if (!event || event.seq >= seq || event.from !== from || event.to !== to) continue;
    const http = event.kind === 'message' && event.protocol === protocol ? httpOf(event) : undefined;
    if (http && is(http)) return { seq: event.seq, headers: http.headers };
  }
  return undefined;
}

const isCreated = ({ type, method, ok }: HttpSignal): boolean =>
  type === 'response' && method.toUpperCase() === 'POST' && ok !== false;

const isBarePatch = ({ type, method, headers }: HttpSignal): boolean =>
  type === 'request' && method.toUpperCase() === 'PATCH' && headers !== undefined && headers['if-match'] === undefined;

/** The user fragment of an SDP fragment that its sender has not used yet: an ICE restart. */
function restartOf(model: Model, { raw, signals, from }: HttpEvent): string | undefined {
  const ufrag = /a=ice-ufrag:([A-Za-z0-9+/]{4,256})/.exec(raw)?.[1];
  if (ufrag === undefined) return undefined;
  const pcs = new Set(signals.flatMap((signal) => ('pc' in signal && signal.pc !== undefined ? [signal.pc] : [])));
  const sides = [...model.sessions.values()].flatMap((session) => {
    return pcs.size === 0 || pcs.has(session.pc) ? (session.sides.get(from) ?? []) : [];
  });
  return sides.length === 0 || sides.some(({ byUfrag }) => byUfrag.has(ufrag)) ? undefined : ufrag;
}
