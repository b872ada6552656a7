/** Bodies of HTTP as they come: each response is of the oldest request to the same address that has none. */
import type { PartyId } from '../../core/event.ts';
import { remember } from '../bounded.ts';
import type { Decoded, Frame, HttpHead } from '../protocol.ts';
import { decodeBase64 } from './codecs/base64.ts';
import { createHttpDecoder, type HttpDecoded } from './http.ts';
import { addressesOf, type HttpExchange, isSignaling, NO_BODY, readHttpBody } from './http-exchange.ts';

export interface HttpReader {
  read(frame: Frame, head: HttpHead): Decoded;
}

/** Addresses with requests that are waited for, and how many at each; an answer to one before them is taken as it is. */
const [MOST_OPEN, MOST_AT_ONCE, MOST_ADDRESSES] = [500, 50, 20_000];

export function createHttpReader({ client, server }: { client: PartyId; server: PartyId }): HttpReader {
  const decoder = createHttpDecoder(client, server);
  const open = new Map<string, HttpExchange[]>();
  /** Addresses of sessions. */
  const addresses = new Set<string>();

  function keep(exchange: HttpExchange): void {
    const key = `${exchange.method} ${exchange.url}`;
    remember(open, key, [...(open.get(key) ?? []), exchange].slice(-MOST_AT_ONCE), MOST_OPEN);
  }

  function asked({ method, url }: HttpHead): HttpExchange | undefined {
    const key = `${method} ${url}`;
    const [first, ...others] = open.get(key) ?? [];
    if (others.length > 0) open.set(key, others);
    else open.delete(key);
    return first;
  }

  /** What carries no signaling, and acts on nothing that did, is named only. */
  function told(
    exchange: HttpExchange,
    decode: () => HttpDecoded,
    aside: readonly string[],
  ): Omit<Decoded, 'from' | 'to'> {
    for (const address of addressesOf(exchange)) if (addresses.size < MOST_ADDRESSES) addresses.add(address);
    if (!isSignaling(exchange, addresses)) {
      return { protocol: 'http', signals: [{ type: 'other', label: aside[0] ?? nameOf(exchange) }] };
    }
    const { protocol, signals } = decode();
    return { protocol, signals: [...signals, ...aside.map((label) => ({ type: 'other' as const, label }))] };
  }

  return {
    read(frame, head) {
      const body = bodyOf(frame);
      if (!('status' in head)) {
        const request = readHttpBody(body, head.headers, head);
        const exchange = { method: head.method, url: head.url, status: 0, request, response: NO_BODY };
        keep(exchange);
        return { from: client, to: server, ...told(exchange, () => decoder.request(exchange), request.aside) };
      }
      const request = asked(head);
      const response = readHttpBody(body, head.headers, head);
      const exchange: HttpExchange = {
        ...{ method: head.method, url: head.url, status: head.status, response },
        request: request?.request ?? NO_BODY,
      };
      return { from: server, to: client, ...told(exchange, () => decoder.response(exchange, request), response.aside) };
    },
  };
}

function bodyOf({ data, encoding }: Frame): string | Uint8Array {
  return encoding === 'text' ? data : (decodeBase64(data) ?? '');
}

function nameOf({ method, url, status }: HttpExchange): string {
  const path = url.replace(/^\w+:\/\/[^/]*/, '').replace(/[?#].*$/, '');
  return `${status === 0 ? '' : `${status} `}${method} ${path}`.slice(0, 60);
}
