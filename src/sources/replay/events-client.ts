/** A stream of Server-Sent Events of a recording, opened again. */
import type { RenegoError } from '../../core/errors.ts';
import type { HttpResponse } from '../../protocols/protocol.ts';
import { createHttpCarrier } from '../http-carrier.ts';
import type { LinkOptions } from '../link.ts';
import { schemed } from './address.ts';
import type { Carrier, CarrierEvents } from './carrier.ts';
import { createRoutes, type Placed } from './routes.ts';
import type { Lane } from './script.ts';

export function createEventsLane(lane: Lane, options: LinkOptions, events: CarrierEvents, placed: Placed): Carrier {
  const base = schemed(options.url, 'http');
  const url = createRoutes(base, undefined, placed).to(lane.url ?? base);
  let isOpen = false;
  const carrier = createHttpCarrier(
    { base, ...(options.headers && { headers: options.headers }), ...(options.insecure && { insecure: true }) },
    { passed: () => {}, event: (data) => events.heard(lane.key, data, 'text'), ended },
  );

  /** Once when the stream begins, once when it ends; or what came in its place. */
  function ended({ status, error: why }: HttpResponse, error?: RenegoError): void {
    if (status === 200 && !isOpen) {
      isOpen = true;
      events.open(lane.key, url);
    } else if (error !== undefined && !isOpen) events.failed(error);
    else events.closed(lane.key, 1006, why ?? `the stream of events was answered with HTTP ${status}`);
  }

  return {
    open() {
      const headers = { accept: 'text/event-stream', 'cache-control': 'no-store' };
      carrier.request({ do: 'request', id: 'events', method: 'GET', url, headers, events: true });
    },
    // The server speaks, and nobody else.
    send: () => undefined,
    close() {
      carrier.stop();
      return Promise.resolve();
    },
  };
}
