/** Turns what a carrier writes into what a client asks for, and knows its own words when they come back. */
import { parseJson } from '../json.ts';
import type { ClientOutput, HttpResponse } from '../protocol.ts';
import { toBase64 } from './bytes.ts';
import type { CarrierSession, Payload } from './carrier/carrier.ts';
import type { Template } from './template.ts';

export interface Mouth {
  /** A message, which the other side may be asked to acknowledge. */
  say(value: unknown, ack?: number): readonly ClientOutput[];
  raw(payloads: readonly Payload[]): readonly ClientOutput[];
  /** Some servers send everything to everyone, and not always does a name tell that it was ours. */
  isEcho(payload: string | Uint8Array): boolean;
  bodyOf(response: HttpResponse): unknown;
}

/** So many frames of ours are remembered. */
const LATELY = 256;

export function createMouth(carrier: CarrierSession, { acked, join }: Template): Mouth {
  const lately: string[] = [];
  let requests = 0;
  /** The steps of joining have the numbers before. */
  let number = join.length;

  function output(payload: Payload): ClientOutput {
    if (payload instanceof Uint8Array) return { do: 'send', raw: toBase64(payload), encoding: 'base64' };
    if (typeof payload !== 'string') {
      requests += 1;
      const { method, path: url, headers, body } = payload;
      return {
        do: 'request',
        id: `template-${requests}`,
        method,
        url,
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
      };
    }
    lately.push(payload);
    if (lately.length > LATELY) lately.shift();
    return { do: 'send', raw: payload };
  }

  return {
    say(value, ack) {
      if (acked && ack === undefined) number += 1;
      return carrier.write(value, ack ?? (acked ? number : undefined)).map(output);
    },
    raw: (payloads) => payloads.map(output),
    // What both ends may say in the same words is no echo.
    isEcho: (payload) => typeof payload === 'string' && /v=0|candidate:/.test(payload) && lately.includes(payload),
    bodyOf: ({ body }) => parseJson(body) ?? body,
  };
}
