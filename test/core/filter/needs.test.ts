import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, SignalEvent } from '../../../src/core/event.ts';
import { lacks, needOf } from '../../../src/core/filter/needs.ts';
import { eventSubject, filtered, parseFilter } from '../../../src/core/filter.ts';
import { emptyModel, reduce } from '../../../src/core/reduce.ts';
import { events as arbitraryEvents } from '../arbitrary.ts';

/** A model of these events, with their JSON beside them, and which of them were read. */
function kept(events: readonly SignalEvent[], write: (event: SignalEvent) => string = JSON.stringify) {
  const read: number[] = [];
  const list = {
    length: events.length,
    at(index: number) {
      read.push(index);
      return events.at(index);
    },
    line: (index: number) => write(events[index] as SignalEvent),
    slice: events.slice.bind(events),
    some: events.some.bind(events),
    [Symbol.iterator]: () => events[Symbol.iterator](),
  };
  const model = emptyModel(list);
  for (const event of events) reduce(model, event);
  read.length = 0;
  return { model, read };
}

/** Every thing that can be done is said in words of its own. */
const ACTIONS: readonly Action[] = [
  ...(['offer', 'answer', 'rollback'] as const).map((what) => ({ do: what }) as unknown as Action),
  { do: 'call', to: 'zed' },
  { do: 'restart-ice', pc: 'a+b' },
  { do: 'stop', mid: '1' },
  { do: 'stop' },
  { do: 'direction', direction: 'sendonly', mid: '0' },
  { do: 'hangup' },
  { do: 'hangup', pc: 'a+b' },
  { do: 'stats' },
  { do: 'step' },
  { do: 'prefer', media: 'audio', codecs: ['opus'] },
  { do: 'set-configuration', configuration: { iceTransportPolicy: 'relay' } },
  { do: 'send', raw: 'x' },
  { do: 'hold', match: '', off: true },
  { do: 'hold', once: true, match: 'offer' },
  { do: 'hold', match: 'offer' },
  ...['let-go', 'drop', 'duplicate', 'edit'].map((what) => ({ do: what, of: 3, by: 'rule 1' }) as unknown as Action),
  ...['delay', 'reorder'].flatMap((what) =>
    [0, 500].map((time) => ({ do: what, of: 3, time, by: 'rule 1' }) as unknown as Action),
  ),
  { do: 'inject', to: 'server', raw: 'x' },
];

const withActions = (events: readonly SignalEvent[]): readonly SignalEvent[] => [
  ...events,
  ...ACTIONS.map((action, i): SignalEvent => {
    const seq = events.length + i + 1;
    return { seq, t: events.at(-1)?.t ?? 0, from: 'a', to: 'b', kind: 'action', action };
  }),
];

function filterOf(text: string) {
  const parsed = parseFilter(text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return parsed.filter;
}

/** Every part of what the events hold and show that could be asked for. */
function partsOf(events: readonly SignalEvent[]): string[] {
  const { model } = kept(events);
  const texts = events.flatMap((event) => {
    const subject = eventSubject(model, event);
    return [subject.shown(), subject.raw, JSON.stringify(event)];
  });
  return texts.flatMap((text) => text.toLowerCase().match(/[a-z0-9._-]+/g) ?? []);
}

describe('what a filter needs', () => {
  it('leaves out no event that it lets through', () => {
    const parts = fc.tuple(arbitraryEvents.map(withActions), fc.nat(), fc.nat(4), fc.nat(6));
    fc.assert(
      fc.property(parts, fc.constantFrom('', 'text:', 'raw:'), ([events, which, from, length], field) => {
        const words = partsOf(events);
        const word = (words[which % Math.max(1, words.length)] ?? 'zz').slice(from, from + length + 1);
        fc.pre(/^[a-z0-9._][a-z0-9._-]*$/.test(word));
        const parsed = parseFilter(`${field}${word}`);
        fc.pre('filter' in parsed);
        const filter = filterOf(`${field}${word}`);
        const { model } = kept(events);
        const plain = events.filter((event) => filter(model, event)).map(({ seq }) => seq);
        expect([...filtered(model, filter)].map(({ seq }) => seq)).toEqual(plain);
      }),
      { numRuns: 2000 },
    );
  });

  it('spares the reading of others', () => {
    const events = Array.from({ length: 50 }, (_, n): SignalEvent => {
      const raw = n === 20 ? 'zebra' : 'horse';
      const message = { kind: 'message', protocol: 'p', encoding: 'text', raw } as const;
      return { seq: n + 1, t: n, from: 'a', to: 'b', ...message, signals: [{ type: 'other', label: raw }] };
    });
    for (const text of ['zebra', 'text:zebra', 'raw:ZEBRA', 'raw:zebra from:a', 'not raw:horse zebra']) {
      const { model, read } = kept(events);
      expect([...filtered(model, filterOf(text))].map(({ seq }) => seq)).toEqual([21]);
      expect(read, text).toEqual([20]);
    }
    for (const text of [
      'not zebra',
      'raw:zebra or raw:horse',
      'raw:zebra,horse',
      'raw!=zebra',
      'offer',
      'other[zebra]',
    ]) {
      const { model, read } = kept(events);
      for (const _ of filtered(model, filterOf(text)));
      expect(read, text).toHaveLength(50);
    }
  });

  it.each([
    ['a text that is escaped', 'zebra', (json: string) => json.replace('z', '\\u007a')],
    ['capitals', 'zebra', (json: string) => json.replace('zebra', 'ZEBRA')],
    ['a letter whose lower case is another', 'kelvin', (json: string) => json.replace('zebra', '\u212aelvin')],
  ])('reads %s', (_, text, write) => {
    const written = write('{"seq":1,"t":0,"from":"a","to":"b","kind":"mark","text":"zebra"}');
    const event = JSON.parse(written) as SignalEvent;
    const { model } = kept([event], () => written);
    expect([...filtered(model, filterOf(text))]).toHaveLength(1);
  });

  it('is not known of numbers, of what escapes are made of, and of the words of a row', () => {
    for (const text of ['12', '1e21', 'x9f', 'a b', 'stale', 'ice', 'é'])
      expect(needOf(text, true), text).toBeUndefined();
    const need = needOf('zebra', true);
    expect(need).toBeDefined();
    expect(lacks(need === undefined ? [] : [need], '{"raw":"horse"}')).toBe(true);
    expect(lacks(need === undefined ? [] : [need], '{"raw":"horse","signals":[{"sdp":""}]}')).toBe(false);
  });
});
