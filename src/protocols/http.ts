/** What protocols over HTTP share: a request or response as a signal, and what a refusal means. */
import type { HttpCarriage, PcId, Signal } from '../core/event.ts';
import type { ClientOutput, Frame, HttpHead, HttpResponse } from './protocol.ts';
import { tellingHeaders } from './telling-headers.ts';

/** `POST`, or its response, with the headers that tell. */
export function httpSignal(http: HttpHead, pc?: PcId): Signal {
  const { method } = http;
  const headers = tellingHeaders(http.headers);
  const whose = pc === undefined ? {} : { pc };
  if (!('status' in http)) return { type: 'request', ...whose, method, headers };
  const { status } = http;
  return { type: 'response', ...whose, method, status, ok: status >= 200 && status < 300, headers };
}

/** The signals of a frame; one of an HTTP exchange begins with what kind of request or response it is. */
export function withHttp(frame: Frame, signals: readonly Signal[]): readonly Signal[] {
  const told = signals.some((signal) => 'headers' in signal && signal.headers !== undefined);
  return frame.http === undefined || told ? signals : [httpSignal(frame.http), ...signals];
}

/** How the message was carried, for its event; `exchange` is unique in the recording. */
export function carriageOf(http: HttpHead, exchange: string, signals: readonly Signal[]): HttpCarriage {
  const { method, url } = http;
  const headers = signals.some((signal) => 'headers' in signal && signal.headers !== undefined)
    ? {}
    : tellingHeaders(http.headers);
  return {
    ...{ method, url, exchange },
    ...('status' in http && { status: http.status }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

const HINTS: Readonly<Record<number, string>> = {
  400: 'It does not understand the request: see its body in the recording.',
  401: 'It wants credentials: give them with --header "Authorization: Bearer …".',
  403: 'It knows the credentials but does not let them in; give others with --header "Authorization: Bearer …".',
  404: 'Check the path of the address.',
  405: 'The address is there, but for something else: check its path.',
  409: 'The other side is not ready, or somebody else is there already: try again later.',
  415: 'It wants another kind of body: see --protocol and --param.',
  429: 'It is asked too often: try again later.',
  503: 'It is overloaded or starting: try again later.',
};

/** The server will not have us: why, and what to do about it. */
export function refusedBy({ status, url, body, error }: HttpResponse): ClientOutput {
  const said = body.length > 0 && body.length <= 200 && !/[<{\r\n]/.test(body) ? `: ${body}` : '';
  const why = status === 0 ? `${url} gave no answer: ${error ?? 'none'}` : `${url} answered with HTTP ${status}${said}`;
  const hint = HINTS[status];
  return { do: 'refused', why, ...(hint !== undefined && { hint }) };
}
