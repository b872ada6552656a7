/** HTTP requests of an application, answered as they were answered in the recording. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpCarriage } from '../../core/event.ts';
import { tellingHeaders } from '../../protocols/telling-headers.ts';
import { flat } from '../http-response.ts';
import type { CarrierEvents, Sent } from './carrier.ts';
import type { Places } from './places.ts';
import { createRemembered } from './remembered.ts';
import { headersOf, isHeader, typeOf } from './routes.ts';
import type { Step } from './script.ts';

export interface HttpDesk {
  take(request: IncomingMessage, response: ServerResponse): void;
  /** The request `now` is the recorded one of this exchange. */
  matched(now: string, recorded: string): void;
  /** Undefined if the request has not come. */
  answer(step: Step, raw: string): Sent | undefined;
  /** No such request in the recording. */
  refuse(now: string): Refusal | undefined;
  close(): void;
}

export interface Refusal {
  readonly raw: string;
  readonly http: HttpCarriage;
}

interface Waiting {
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: string;
}

const MAX_BODY = 4 * 1024 * 1024;
const MOST_WAITING = 1_000;

export function createHttpDesk(places: Places, events: CarrierEvents): HttpDesk {
  const waiting = new Map<string, Waiting>();
  /** The request of today by the recorded exchange. */
  const asked = createRemembered<string, string>(MOST_WAITING);
  let made = 0;

  function heard(request: IncomingMessage, response: ServerResponse, body: string): void {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const lane = places.ofRequest(method, url);
    if (lane === undefined || waiting.size >= MOST_WAITING) {
      plain(response, 404, 'The recording has no HTTP here.\n');
      return;
    }
    made += 1;
    const exchange = `now ${made}`;
    waiting.set(exchange, { response, method, url });
    response.on('close', () => waiting.delete(exchange));
    if (places.begin(lane)) events.open(lane.key, url);
    const headers = tellingHeaders(flat(request));
    events.heard(lane.key, body, 'text', { method, url, exchange, headers });
  }

  return {
    take(request, response) {
      allow(request, response);
      if (request.method === 'OPTIONS') {
        response.writeHead(204, { 'Accept-Post': 'application/sdp' }).end();
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= MAX_BODY) chunks.push(chunk);
        else request.destroy();
      });
      request.on('end', () => heard(request, response, Buffer.concat(chunks).toString('utf8')));
    },
    matched: (now, recorded) => void asked.set(recorded, now),
    answer(step, raw) {
      const now = asked.get(step.http?.exchange ?? '');
      const one = now === undefined ? undefined : waiting.get(now);
      if (step.http === undefined || one === undefined) return undefined;
      const { response, method, url } = one;
      write(response, step, raw);
      return { http: { method, url, status: statusOf(step), exchange: now ?? '', headers: headersOf(step) } };
    },
    refuse(now) {
      const one = waiting.get(now);
      if (one === undefined) return undefined;
      const { response, method, url } = one;
      const like = places.likeness(method, url);
      // One more candidate than in the recording is as welcome as those that it has.
      const raw = like === undefined ? `The recording has no further ${method} here.\n` : like.raw;
      if (like !== undefined) write(response, like, raw);
      else plain(response, 409, raw);
      return { raw, http: { method, url, status: like === undefined ? 409 : statusOf(like), exchange: now } };
    },
    close() {
      for (const { response } of waiting.values()) response.destroy();
    },
  };
}

const statusOf = ({ http }: Step): number => {
  const status = http?.status ?? 200;
  return status >= 200 && status <= 599 ? status : 502;
};

function write(response: ServerResponse, step: Step, raw: string): void {
  const { location, 'content-type': type = typeOf(raw), ...rest } = headersOf(step);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...tellingHeaders(rest), ...(type && { 'content-type': type }) }))
    if (isHeader(value)) headers[name] = value;
  // Where the recorded server was is no place of today's.
  if (location !== undefined) headers.location = encodeURI(decodable(pathWithQuery(location, step.http?.url)));
  response.writeHead(statusOf(step), headers);
  if (statusOf(step) === 204 || statusOf(step) === 304) response.end();
  else response.end(raw);
}

function pathWithQuery(location: string, base: string | undefined): string {
  if (!URL.canParse(location, base)) return location;
  const { pathname, search } = new URL(location, base);
  return pathname + search;
}

function decodable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
}

/** Pages of any origin may ask: the server is a stand-in for one that lets them. */
export function allow({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  if (headers.origin !== undefined) response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE, OPTIONS');
  response.setHeader(
    'Access-Control-Allow-Headers',
    headers['access-control-request-headers'] ?? 'authorization, content-type, if-match',
  );
  response.setHeader('Access-Control-Expose-Headers', 'Location, ETag, Link, Accept-Patch');
  if (headers['access-control-request-private-network'] === 'true')
    response.setHeader('Access-Control-Allow-Private-Network', 'true');
}
