/** Requests of a recording, made again to a server of today. */

import type { RenegoError } from '../../core/errors.ts';
import type { HttpCarriage } from '../../core/event.ts';
import { createHttpCarrier } from '../http-carrier.ts';
import type { LinkOptions } from '../link.ts';
import { schemed } from './address.ts';
import type { Carrier, CarrierEvents } from './carrier.ts';
import { createRoutes, headersOf, type Placed, type Routes, typeOf } from './routes.ts';
import type { Lane, Step } from './script.ts';

export interface HttpLane extends Carrier {
  /** What was heard is the recorded response `step`. */
  learn(step: Step, now: HttpCarriage): void;
}

const DRAIN_MS = 1_000;

export function createHttpLane(lane: Lane, options: LinkOptions, events: CarrierEvents, placed: Placed): HttpLane {
  const base = schemed(options.url, 'http');
  const routes: Routes = createRoutes(base, lane.url, placed);
  /** Recorded exchanges that wait for their response, and where today's request went. */
  const waiting = new Map<string, HttpCarriage>();
  let everAnswered = false;
  const carrier = createHttpCarrier(
    { base, ...(options.headers && { headers: options.headers }), ...(options.insecure && { insecure: true }) },
    { passed: () => {}, event: () => {}, ended },
  );

  function ended(
    { id, status, headers, body, error: why, url }: Parameters<Parameters<typeof createHttpCarrier>[1]['ended']>[0],
    error?: RenegoError,
  ): void {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (asked === undefined) return;
    if (status === 0) {
      if (error !== undefined && !everAnswered) events.failed(error);
      else events.unanswered(id, why ?? 'no response');
      return;
    }
    everAnswered = true;
    events.heard(lane.key, body, 'text', { method: asked.method, url, status, exchange: id, headers });
  }

  return {
    open: () => events.open(lane.key, base),
    send(step, raw) {
      if (step.http === undefined || !/^[A-Z]{1,16}$/.test(step.http.method)) return undefined;
      const { method, exchange } = step.http;
      const url = routes.to(step.http.url);
      const type = typeOf(raw);
      const headers = routes.headers({ ...(type !== undefined && { 'content-type': type }), ...headersOf(step) });
      const http: HttpCarriage = { method, url, exchange, headers };
      waiting.set(exchange, http);
      const ask = () =>
        carrier.request({ do: 'request', id: exchange, method, url, headers, ...(raw !== '' && { body: raw }) });
      // A server may close a session while a request to it is under way, as fast as the replay asks.
      if (method === 'DELETE') void carrier.drained(DRAIN_MS).then(ask);
      else ask();
      return { http };
    },
    learn(step, now) {
      if (step.http === undefined) return;
      routes.learn({ url: step.http.url, headers: headersOf(step) }, { url: now.url, headers: now.headers ?? {} });
    },
    async close() {
      await carrier.drained(DRAIN_MS);
      carrier.stop();
    },
  };
}
