/** Requests that carry a message and are not answered: told once that has lasted, and when they are. */
import type { ClientRequest } from 'node:http';
import type { Exchange, Eyes } from './exchange.ts';

/** From when the request is out whole. */
export function watchUnanswered({ told }: Exchange, outgoing: ClientRequest, { backlog, silence }: Eyes): void {
  const seconds = (ms: number): string => (ms / 1000).toFixed(1).replace('.0', '');
  const tell = (text: string) => backlog.add(text.length, () => told.silent(text));

  outgoing.once('finish', () => {
    const since = performance.now();
    let late = false;
    const timer = setTimeout(() => {
      late = told.negotiates;
      if (late) tell(`has not answered for ${seconds(silence)} s`);
    }, silence).unref();
    outgoing.once('response', () => {
      if (late) tell(`has answered after ${seconds(performance.now() - since)} s`);
    });
    for (const over of ['response', 'close']) outgoing.once(over, () => clearTimeout(timer));
  });
}
