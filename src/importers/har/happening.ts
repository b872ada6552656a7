/** What a HAR tells, until its order is known. */
import type { Draft } from '../../core/event.ts';
import { type HttpExchange, signalingAmong } from '../../protocols/recogniser/http-exchange.ts';
import type { JsonObject } from '../../session/lines.ts';
import type { SpoolPlace } from '../importer.ts';
import { type Ordered, orderOf } from './order.ts';

export type Happening = Ordered &
  (
    | { readonly draft: Draft }
    /** An event of a session that was written as HAR, or a captured frame: where its JSON lies in the spool. */
    | { readonly event: SpoolPlace }
    | { readonly frame: SpoolPlace }
    | { readonly exchange: HttpExchange; readonly part: 'request' | 'response' }
  );

/** When an exchange began, how long it took, and the order of its request and response. */
export interface Timing {
  readonly sent: number;
  readonly took: number;
  readonly orders: readonly [number | undefined, number | undefined];
}

export function timingOf(entry: JsonObject): Timing {
  const { time, request, response } = entry;
  return {
    sent: startedAt(entry),
    took: typeof time === 'number' && time > 0 ? time : 0,
    orders: [orderOf(request), orderOf(response)],
  };
}

export function httpHappenings(exchanges: ReadonlyMap<HttpExchange, Timing>): Happening[] {
  return signalingAmong([...exchanges.keys()]).flatMap((exchange): Happening[] => {
    const { sent, took, orders } = exchanges.get(exchange) ?? { sent: 0, took: 0, orders: [undefined, undefined] };
    const request = { t: sent, order: orders[0], exchange, part: 'request' as const };
    const response = { t: sent + took, order: orders[1], exchange, part: 'response' as const };
    return exchange.status === 0 ? [request] : [request, response];
  });
}

/** Milliseconds since 1970; 0 where it is not told. */
export function startedAt({ startedDateTime }: JsonObject): number {
  const t = typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : Number.NaN;
  return Number.isFinite(t) ? t : 0;
}
