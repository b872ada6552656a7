/** An HTTP exchange passed on as it streams; a copy of its bodies is looked at. While something intercepts, see http-gated.ts. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { remember } from '../../protocols/bounded.ts';
import { copyBody, mayTell, mediaType } from './body.ts';
import { answerPreflight, isPreflight } from './cors.ts';
import {
  begin,
  type Exchange,
  type Eyes,
  gating,
  lookAt,
  lookAtAnswer,
  refuse,
  slowness,
  stream,
  tellUnreadable,
  trail,
} from './exchange.ts';
import { cutOff, type Failure, failureOf, unfit } from './failure.ts';
import { pour } from './flow.ts';
import { requestHeaders, responseHeaders, targetOf } from './headers.ts';
import { mayHoldAddresses, passReaddressed } from './http-addresses.ts';
import { passEvents } from './http-events.ts';
import { type Body, gateAnswer, gateRequest, type Send } from './http-gated.ts';
import { beforeAnswer, passInterim } from './interim.ts';
import { tellLedAway } from './led-away.ts';
import { SERVER } from './reader.ts';
import { watchUnanswered } from './unanswered.ts';
import type { Upstream } from './upstream.ts';

/** Methods that may be sent again where a kept connection turned out to be dead. */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS']);

export function passExchange(exchange: Exchange, upstream: Upstream, eyes: Eyes): void {
  const { request, response, names, told } = exchange;
  const method = request.method ?? 'GET';
  if (names.page !== undefined) {
    tellOpened(names.page, eyes);
    if (isPreflight(request)) {
      answerPreflight(request, response);
      return;
    }
  }
  const headers = requestHeaders(request.rawHeaders, names);
  tellUnreadable(request, eyes);
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  // Node would send an empty body in chunks, which some servers do not take.
  if (!hasBody && /^(?:POST|PUT|PATCH)$/.test(method)) headers.push('Content-Length', '0');

  const send: Send = (sent, body) => sendOn(sent, body, body === undefined && REPEATABLE.has(method));

  function sendOn(sent: readonly string[], body: Body, again: boolean): void {
    const outgoing = upstream.request(method, targetOf(request.url, names), sent);
    passInterim(outgoing, exchange, beforeAnswer(response));
    outgoing.on('response', (answer) => passAnswer(exchange, answer, upstream, eyes));
    // Nobody has asked for another protocol.
    outgoing.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      fail(exchange, unfit(upstream, statusCode ?? 0), eyes);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (again && outgoing.reusedSocket && error.code === 'ECONNRESET' && !response.headersSent && !response.destroyed)
        sendOn(sent, body, false);
      else fail(exchange, failureOf(error, upstream), eyes);
    });
    response.on('close', () => {
      if (!response.writableFinished) outgoing.destroy();
    });
    watchUnanswered(exchange, outgoing, eyes);
    write(exchange, outgoing, body, eyes);
  }

  if (gating(eyes) && mayTell(request)) {
    gateRequest(exchange, { headers, hasBody, upstream, send }, eyes);
    return;
  }
  send(headers, hasBody ? { begun: Buffer.alloc(0), rest: request } : undefined);
  // Behind what sends it on: so it is on its way before it is looked at.
  copyBody(request, (body) => {
    const reading = told.request(request, body);
    if (reading !== undefined && hasBody) remember(eyes.latest, told.lane.link, { request, headers });
    lookAt(reading, eyes);
  });
}

function write(exchange: Exchange, outgoing: ClientRequest, body: Body, eyes: Eyes): void {
  if (body === undefined || Buffer.isBuffer(body)) {
    outgoing.end(body);
    return;
  }
  if (body.begun.length > 0) outgoing.write(body.begun);
  const { rest } = body;
  pour(rest, outgoing, slowness(exchange, rest, eyes), () => trail(outgoing, rest));
}

function passAnswer(exchange: Exchange, answer: IncomingMessage, upstream: Upstream, eyes: Eyes): void {
  const { names } = exchange;
  const status = answer.statusCode ?? 0;
  if (status < 100) {
    answer.destroy();
    fail(exchange, unfit(upstream, status), eyes);
    return;
  }
  const headers = responseHeaders(answer.rawHeaders, names);
  answer.on('error', () => fail(exchange, cutOff(upstream), eyes));
  tellUnreadable(answer, eyes);
  tellLedAway(exchange, answer, eyes);
  if (mediaType(answer) === 'text/event-stream') {
    begin(exchange, answer, headers);
    passEvents(exchange, answer, eyes);
    return;
  }
  if (gating(eyes) && mayTell(answer)) {
    gateAnswer(exchange, answer, headers, eyes);
    return;
  }
  if (mayHoldAddresses(exchange, answer, eyes)) {
    passReaddressed(exchange, answer, headers, eyes);
    return;
  }
  stream(exchange, answer, headers, eyes);
  copyBody(answer, (body) => lookAtAnswer(exchange, answer, body, eyes));
}

function tellOpened(page: string, { addresses, backlog, stepIn }: Eyes): void {
  if (addresses.opened) return;
  addresses.opened = true;
  const by = `pages of ${page} that did not come through the proxy may read its answers`;
  backlog.add(by.length, () => stepIn.tell({ from: SERVER, to: SERVER, kind: 'action', action: { do: 'edit', by } }));
}

function fail(exchange: Exchange, failure: Failure, { backlog }: Eyes): void {
  const { request, response, told } = exchange;
  if (response.destroyed) return;
  told.untold();
  backlog.add((request.url ?? '').length + failure.why.length, () => told.failed(failure));
  if (response.headersSent) response.destroy();
  else refuse(exchange, 502, failure.why);
}
