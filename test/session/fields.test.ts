import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnownKind, wrongField, wrongSignalField } from '../../src/session/fields.ts';
import { events } from '../core/arbitrary.ts';

it('every event of the model is right', () => {
  fc.assert(
    fc.property(events, (log) => {
      for (const event of log) {
        expect(isKnownKind(event.kind)).toBe(true);
        expect(wrongField({ ...event }, event.kind)).toBeUndefined();
        if (event.kind === 'message')
          expect(event.signals.map(wrongSignalField)).toEqual(event.signals.map(() => undefined));
      }
    }),
  );
});

describe('wrong signals', () => {
  const cases: [unknown, string][] = [
    [null, 'type'],
    [{ type: 'constructor' }, 'type'],
    [{ type: 'offer', pc: 'p' }, 'sdp'],
    [{ type: 'candidate', pc: 'p', candidate: 'c', mid: 0 }, 'mid'],
    [{ type: 'candidate', pc: 'p', candidate: 'c', mLine: Number.NaN }, 'mLine'],
    [{ type: 'presence', who: 'a', change: 'dance' }, 'change'],
  ];
  it.each(cases)('%j', (signal, field) => expect(wrongSignalField(signal)).toBe(field));
});

it('inherited members do not count', () => {
  const event = Object.create({ kind: 'mark', from: 'a', to: 'b', text: 'x' }) as Record<string, unknown>;
  expect(wrongField(event, 'mark')).toBe('from');
  expect(isKnownKind('toString')).toBe(false);
});
