/** Puts messages of our own into HTTP signaling: a request like one the app has made, or an event into an open stream. */
import type { IncomingMessage } from 'node:http';
import type { Action, Draft } from '../../core/event.ts';
import { collectBody, plain } from './body.ts';
import { type Eyes, lookAt } from './exchange.ts';
import { failureOf } from './failure.ts';
import type { HttpExchanges } from './http-exchanges.ts';
import { type Renewed, renewed } from './http-renewed.ts';
import { SERVER } from './reader.ts';
import type { Upstream } from './upstream.ts';

/** A request that carried a message. */
export interface Sent {
  readonly request: IncomingMessage;
  /** As they went to the server. */
  readonly headers: readonly string[];
}

export interface Injection {
  readonly to: 'client' | 'server';
  /** Of which client; absent: of the one that was seen last. */
  readonly link?: string | undefined;
  readonly data: Buffer;
}

export interface HttpInjector {
  /** Why it cannot be done; undefined if it can. */
  refusal(to: Injection['to'], link: string | undefined): string | undefined;
  inject(injection: Injection, action: Action): void;
}

export function createHttpInjector(exchanges: HttpExchanges, upstream: Upstream, eyes: Eyes): HttpInjector {
  const { streams, latest, stepIn } = eyes;
  const newest = <T>(map: ReadonlyMap<string, T>, link: string | undefined): readonly [string, T] | undefined =>
    [...map].findLast(([one]) => link === undefined || one === link);

  function request({ request: model, headers }: Sent, data: Buffer, action: Action): void {
    const told = exchanges.of(model);
    const { party, link } = told.lane;
    stepIn.tell(actionDraft(party, link, action));
    const reading = told.request(model, data) ?? told.untold();
    for (const one of reading?.messages ?? []) if (reading !== undefined) stepIn.tell(reading.decode(one));
    const [own, body]: Renewed = renewed(headers, data);
    const outgoing = upstream.request(model.method ?? 'POST', model.url ?? '/', own);
    outgoing.on('response', (answer) => {
      collectBody(answer, (whole, complete) => {
        if (!complete) answer.destroy();
        lookAt(told.response(answer, plain(whole, answer.headers['content-encoding'])), eyes);
      });
    });
    outgoing.on('error', (error) => told.failed(failureOf(error, upstream)));
    outgoing.end(body);
  }

  return {
    refusal(to, link) {
      if (newest<unknown>(to === 'client' ? streams : latest, link) !== undefined) return undefined;
      if (latest.size === 0 && streams.size === 0) return 'nobody has connected yet';
      return to === 'client'
        ? 'an app that asks by HTTP is told nothing without asking, and it has no stream of events open'
        : 'no request with a message has been seen that could be made again';
    },
    inject({ to, link, data }, action) {
      if (to === 'server') {
        const [, sent] = newest(latest, link) ?? [];
        if (sent !== undefined) request(sent, data, action);
        return;
      }
      const [name, put] = newest(streams, link) ?? [];
      if (name === undefined || put === undefined) return;
      stepIn.tell(actionDraft(SERVER, name, action));
      put(data);
    },
  };
}

const actionDraft = (from: string, link: string, action: Action): Draft => ({
  from,
  to: from,
  link,
  kind: 'action',
  action,
});
