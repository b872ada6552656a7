import { expect, it } from 'vitest';
import type { SignalEvent } from '../../src/core/event.ts';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { readAs } from '../../src/core/sent-description.ts';
import { parseSdp } from '../../src/sdp/parse.ts';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n';
const event = (seq: number): SignalEvent => ({
  ...{ seq, t: seq, from: 'a', to: 'b', kind: 'message', protocol: 'x', encoding: 'text', raw: '' },
  signals: [{ type: 'offer', pc: 'p', sdp: SDP.replace('1 1', `1 ${seq}`), created: `${seq}` }],
});

/** A list that makes each event when it is asked for, and counts how often. */
function remade(length: number) {
  let made = 0;
  const all = () => Array.from({ length }, (_, i) => event(i + 1));
  return {
    length,
    at(index: number) {
      made += 1;
      return event(index + 1);
    },
    slice: (start?: number, end?: number) => all().slice(start, end),
    some: () => false,
    [Symbol.iterator]: () => all()[Symbol.iterator](),
    made: () => made,
  };
}

it('the texts of a model with the events of somebody else are read from those', () => {
  const events = remade(3);
  const model = emptyModel(events);
  for (const one of events) reduce(model, one);
  expect(model.events).toBe(events);
  const [first] = model.described.get(2) ?? [];
  expect(first?.text).toContain('o=- 1 2 ');
  expect(first?.created).toBe('2');
  const before = events.made();
  expect(first?.sdp).toBe(first?.sdp);
  expect(first?.sdp.media).toHaveLength(1);
  expect(events.made() - before).toBe(1);
});

it('can be read as if it said something else', () => {
  const model = [event(1)].reduce(reduce, emptyModel());
  const [description] = model.described.get(1) ?? [];
  const other = description && readAs(description, parseSdp('v=0\r\n'));
  expect([other?.text, other?.number, other?.sdp.media.length]).toEqual([description?.text, 1, 0]);
});
