/** Answers that may hold the server's own address: waited for, and given with the proxy's instead if they do. */
import type { IncomingMessage } from 'node:http';
import { collectBody, copyBody, isOpaque, MAX_BODY, type Whole, wholeOf } from './body.ts';
import { begin, type Exchange, type Eyes, giveAsItCame, lookAtAnswer, stream } from './exchange.ts';
import { without } from './headers.ts';
import { renewed, VALIDATORS } from './http-renewed.ts';
import { kindOf, readdressed } from './own-address.ts';
import { SERVER } from './reader.ts';

/** Pages may be sent bit by bit, and shown so. */
const PAGE_PATIENCE_MS = 300;

export function mayHoldAddresses({ request }: Exchange, answer: IncomingMessage, eyes: Eyes): boolean {
  return (
    eyes.addresses.rewritten &&
    request.method !== 'HEAD' &&
    !(Number(answer.headers['content-length']) > MAX_BODY) &&
    kindOf(answer) !== undefined
  );
}

/** Waits for the answer; what is too large or too slow passes as it is. */
export function passReaddressed(
  exchange: Exchange,
  answer: IncomingMessage,
  headers: readonly string[],
  eyes: Eyes,
): void {
  const patience = kindOf(answer) === 'json' ? undefined : PAGE_PATIENCE_MS;
  collectBody(
    answer,
    (body, whole) => {
      if (whole) {
        const all = wholeOf(answer, body);
        giveReaddressed(exchange, answer, headers, all, eyes);
        lookAtAnswer(exchange, answer, isOpaque(answer) ? undefined : all.plain, eyes);
        return;
      }
      stream(exchange, answer, headers, eyes, body);
      copyBody(answer, (copy) => lookAtAnswer(exchange, answer, copy, eyes), body);
    },
    patience,
  );
}

/** Gives the body, as it came if the address is not in it. */
export function giveReaddressed(
  exchange: Exchange,
  answer: IncomingMessage,
  headers: readonly string[],
  body: Whole,
  eyes: Eyes,
): void {
  const { request, response, names } = exchange;
  const kind = mayHoldAddresses(exchange, answer, eyes) ? kindOf(answer) : undefined;
  const text = kind && body.plain?.toString('latin1');
  if (kind === 'page' && /\bintegrity\s*=/i.test(text ?? '')) eyes.addresses.scriptsSealed = true;
  const isSealed = kind === 'script' && eyes.addresses.scriptsSealed;
  const changed = kind === undefined || text === undefined || isSealed ? undefined : readdressed(text, kind, names);
  if (changed === undefined) {
    giveAsItCame(exchange, answer, headers, body.bytes);
    return;
  }
  const [sent, instead] = renewed(headers, Buffer.from(changed.text, 'latin1'));
  begin(exchange, answer, without(sent, VALIDATORS));
  response.end(instead);
  const where = `the answer to ${request.method} ${(request.url ?? '/').slice(0, 80)}`;
  const by = `the server's address is the proxy's in ${where}, ${changed.count}×; --no-rewrite leaves it`;
  eyes.backlog.add(by.length, () =>
    eyes.stepIn.tell({ from: SERVER, to: SERVER, kind: 'action', action: { do: 'edit', by } }),
  );
}
