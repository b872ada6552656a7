/**
 * An HTTP exchange while something intercepts. A body that may be negotiation is waited for and read before it goes on; if
 * nothing is done to it, it goes as it came. What is dropped is answered for: an app waits for every request.
 */
import type { IncomingMessage } from 'node:http';
import { remember } from '../../protocols/bounded.ts';
import { collectBody, plain, wholeOf } from './body.ts';
import { begin, type Exchange, type Eyes, giveAsItCame, refuse, stream, tellUntold } from './exchange.ts';
import { APP_GONE } from './failure.ts';
import { without } from './headers.ts';
import { giveReaddressed } from './http-addresses.ts';
import type { Reading } from './http-exchanges.ts';
import { packetsTogether } from './http-facts.ts';
import { type Renewed, renewed, VALIDATORS } from './http-renewed.ts';
import { askForBody } from './interim.ts';
import { passBody } from './passage.ts';
import type { Upstream } from './upstream.ts';

/** What the request is sent on with; undefined: it has none. */
export type Body = Buffer | undefined | { readonly begun: Buffer; readonly rest: IncomingMessage };
export type Send = (headers: readonly string[], body: Body) => void;

interface Onward {
  readonly headers: readonly string[];
  readonly hasBody: boolean;
  readonly upstream: Upstream;
  readonly send: Send;
}

/** What Engine.IO calls a packet that says nothing. */
const NOOP = Buffer.from('6');

export function gateRequest(exchange: Exchange, onward: Onward, eyes: Eyes): void {
  const { request, response, told } = exchange;
  const { hasBody, send } = onward;
  const headers = hasBody ? askForBody(request, response, onward.headers) : onward.headers;
  collectBody(request, (body, whole) => {
    if (!whole) {
      told.request(request, undefined);
      send(headers, { begun: body, rest: request });
      return;
    }
    const asItCame = () => send(headers, hasBody ? body : undefined);
    const reading = told.request(request, plain(body, request.headers['content-encoding']));
    if (reading === undefined) {
      asItCame();
      return;
    }
    eyes.later.drain();
    if (hasBody) remember(eyes.latest, told.lane.link, { request, headers });
    const cancel = passBody(reading, true, eyes.stepIn, (messages, changed) => {
      if (changed) sendInstead(exchange, { ...onward, headers }, reading, messages);
      else asItCame();
    });
    untilGone(exchange, cancel);
  });
}

function sendInstead(exchange: Exchange, onward: Onward, { polling }: Reading, messages: readonly Buffer[]): void {
  const { response } = exchange;
  const { headers, send, upstream } = onward;
  const [first, ...copies] = messages;
  if (first === undefined) {
    // To a client that polls, its message is on its way.
    if (polling) response.writeHead(200, { 'Content-Type': 'text/html' }).end('ok');
    else refuse(exchange, 504, 'the request was dropped on its way: the server has not seen it');
    return;
  }
  if (polling) {
    send(...renewed(headers, packetsTogether(messages)));
    return;
  }
  send(...renewed(headers, first));
  for (const copy of copies) repeat(exchange, upstream, renewed(headers, copy));
}

/** Whoever asked may not wait as long as we do. */
function untilGone({ response, told }: Exchange, cancel: () => boolean): void {
  response.on('close', () => {
    if (cancel()) told.failed(APP_GONE);
  });
}

/** Once more, for the server alone: the app has one answer already. */
function repeat({ request }: Exchange, upstream: Upstream, [headers, body]: Renewed): void {
  const outgoing = upstream.request(request.method ?? 'POST', request.url ?? '/', headers);
  outgoing.on('response', (answer) => answer.resume());
  outgoing.on('error', () => {});
  outgoing.end(body);
}

export function gateAnswer(exchange: Exchange, answer: IncomingMessage, headers: readonly string[], eyes: Eyes): void {
  const { told } = exchange;
  collectBody(answer, (body, whole) => {
    if (!whole) {
      stream(exchange, answer, headers, eyes, body);
      return;
    }
    const all = wholeOf(answer, body);
    const reading = told.response(answer, all.plain);
    if (reading === undefined) {
      giveReaddressed(exchange, answer, headers, all, eyes);
      return;
    }
    eyes.later.drain();
    tellUntold(exchange, eyes);
    const cancel = passBody(reading, false, eyes.stepIn, (messages, changed) => {
      if (changed) answerInstead(exchange, answer, headers, bodyOf(messages, reading));
      else giveAsItCame(exchange, answer, headers, body);
    });
    untilGone(exchange, cancel);
  });
}

/** Undefined if there is none. */
function bodyOf(messages: readonly Buffer[], { polling }: Reading): Buffer | undefined {
  if (!polling) return messages[0];
  return messages.length === 0 ? NOOP : packetsTogether(messages);
}

function answerInstead(exchange: Exchange, answer: IncomingMessage, headers: readonly string[], body?: Buffer): void {
  if (body === undefined) {
    refuse(exchange, 504, 'the answer was dropped on its way: the server has given one');
    return;
  }
  const [sent] = renewed(headers, body);
  begin(exchange, answer, isSession(answer) ? sent : without(sent, VALIDATORS));
  exchange.response.end(body);
}

/** In WHIP and WHEP the ETag names the ICE session, not the body (RFC 9725, section 4.3.1). */
const isSession = ({ headers }: IncomingMessage): boolean =>
  headers.location !== undefined || /^application\/(?:sdp|trickle-ice-sdpfrag)/i.test(headers['content-type'] ?? '');
