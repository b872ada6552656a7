import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventStream } from '../../src/sources/server-sent-events.ts';

/** HTML, section 9.2.6: any line end, comments, one space after the colon, other fields. */
const TEXT = '\ufeff: hello\r\ndata: one\r\n\r\nevent: x\nid: 7\ndata:two\ndata:  three\n\ndata\rdata\r\rretry: 5\n\n';
const EVENTS = ['one', 'two\n three', '\n'];

describe('a stream of events', () => {
  it('gives the data of each event', () => {
    expect(createEventStream().push(TEXT)).toEqual(EVENTS);
  });

  it('gives the same however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: TEXT.length }), { maxLength: 8 }), (cuts) => {
        const stream = createEventStream();
        const at = [0, ...cuts.toSorted((a, b) => a - b), TEXT.length];
        const pieces = at.slice(1).map((end, i) => TEXT.slice(at[i], end));
        expect(pieces.flatMap((piece) => stream.push(piece))).toEqual(EVENTS);
      }),
    );
  });

  it('does not keep an endless event', () => {
    const stream = createEventStream();
    expect(() => {
      for (let i = 0; i < 40; i += 1) stream.push(`data: ${'x'.repeat(64 * 1024)}\n`);
    }).toThrow(/longer than/);
  });
});
