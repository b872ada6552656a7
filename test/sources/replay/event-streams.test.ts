import { describe, expect, test } from 'vitest';
import type { HttpCarriage, MessageEvent, Signal } from '../../../src/core/event.ts';
import { openingsIn, streamsOf } from '../../../src/sources/replay/event-streams.ts';
import type { Step } from '../../../src/sources/replay/script.ts';

const message = (http: Partial<HttpCarriage>, raw = '{}', signals: readonly Signal[] = []): MessageEvent => ({
  ...{ seq: 1, t: 0, from: 'a', to: 'b', link: 'l', kind: 'message', protocol: 'http', encoding: 'text', raw, signals },
  http: { method: 'GET', url: 'http://x/events', exchange: '7', ...http },
});
const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8' };
const asked = message({});

describe('a stream of events in a recording', () => {
  test.each([
    ['its content type', message({ status: 200, headers: EVENTS })],
    ['its name', message({ status: 200 }, '{}', [{ type: 'notify', method: 'server-sent event' }])],
  ])('is known by %s, together with the request for it', (_title, event) => {
    const of = streamsOf([asked, event]);
    expect(of(event)).toBeDefined();
    expect(of(asked)).toBe(of(event));
    expect(of(message({ exchange: '8' }))).toBeUndefined();
  });

  test.each([
    ['a response of its own', message({ status: 200, headers: { 'content-type': 'application/json' } })],
    ['a body that holds the whole stream', message({ status: 200, headers: EVENTS }, ': hi\n\ndata: {}\n\n')],
    ['a stream that has said nothing', message({ status: 200, headers: EVENTS }, '')],
  ])('is not %s', (_title, event) => {
    expect(streamsOf([asked, event])(event)).toBeUndefined();
  });
});

describe('a stream is opened', () => {
  const step = (what: Step['do'], raw: string): Step => ({
    ...{ seq: 1, t: 0, lane: 'a', do: what, raw, encoding: 'text', protocol: 'x', from: 'a', signals: [] },
  });
  const steps = [step('hear', 'welcome'), step('hear', '{"id":"k-12345"}'), step('say', '/k-12345'), step('hear', 'x')];

  test('when all that its address needs has been heard', () => {
    const openingOf = openingsIn(steps);
    expect(openingOf('http://x/listen/k-12345', 4)).toBe(2);
    expect(openingOf('http://x/listen?of=other-1', 4)).toBe(0);
    expect(openingOf(undefined, 4)).toBe(0);
  });

  test('and again as soon as it has been heard anew', () => {
    const openingOf = openingsIn([...steps, step('hear', 'k-12345 again'), step('hear', 'x')]);
    expect([2, 4, 4, 6].map((at) => openingOf('http://x/listen/k-12345', at))).toEqual([2, 2, 2, 5]);
  });

  test('without looking at a step twice', () => {
    let looked = 0;
    const many = Array.from({ length: 1_000 }, () => step('hear', 'x'));
    const openingOf = openingsIn({
      length: many.length,
      at(place) {
        looked += 1;
        return many[place];
      },
      [Symbol.iterator]: () => many[Symbol.iterator](),
    });
    for (let at = 100; at <= 1_000; at += 100) openingOf('http://x/listen', at);
    expect(looked).toBe(1_000);
  });
});
