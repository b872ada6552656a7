/** Server-Sent Events in a recording: which messages came on a stream, and when it has to be open again. */
import type { MessageEvent, SignalEvent } from '../../core/event.ts';
import { originForm } from '../origin-form.ts';
import type { StepList } from './step-list.ts';
import { TOKENS } from './tokens.ts';
import { laneOf } from './ways.ts';

/** A body that is a whole stream is a response like any other. */
const WHOLE = /^(?:\ufeff)?(?::|(?:data|event|id|retry)(?::|$))/m;

function isEvent({ http, signals, raw }: MessageEvent): boolean {
  if (http?.status === undefined) return false;
  const type = http.headers?.['content-type'] ?? '';
  const pushed = signals.some((signal) => 'method' in signal && signal.method === 'server-sent event');
  return pushed || (/^text\/event-stream\b/i.test(type) && raw !== '' && !WHOLE.test(raw));
}

/** The stream that a message belongs to, also the request that opened it; undefined for all others. */
export function streamsOf(events: Iterable<SignalEvent>): (message: MessageEvent) => string | undefined {
  const keyOf = (message: MessageEvent): string => `${laneOf(message)} events ${message.http?.exchange}`;
  const streams = new Set<string>();
  for (const event of events) if (event.kind === 'message' && isEvent(event)) streams.add(keyOf(event));
  return (message) => {
    const key = message.http === undefined ? undefined : keyOf(message);
    return key !== undefined && streams.has(key) ? key : undefined;
  };
}

/**
 * A stream has to be open before what it brings is caused, and a recording knows no more than when it brought something: it is
 * opened as soon as everything in its address has been heard. Gives the step before which that is, of those before `at`; that
 * only grows, and what an address has been looked for in is not looked at again, however often it is opened.
 */
export function openingsIn(steps: StepList): (url: string | undefined, at: number) => number {
  const known = new Map<string, { readonly at: number; readonly opening: number }>();
  return (url = '', at) => {
    const words = [...new Set(originForm(url).match(TOKENS))];
    const before = known.get(url) ?? { at: 0, opening: 0 };
    let { opening } = before;
    for (let index = at - 1; index >= before.at && opening === before.opening; index -= 1) {
      const step = steps.at(index);
      if (step?.do === 'hear' && words.some((word) => step.raw.includes(word))) opening = index + 1;
    }
    known.set(url, { at, opening });
    return opening;
  };
}
