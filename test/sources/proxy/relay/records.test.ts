import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochNow, HEAD, RECORD, recordsOf, writeHead } from '../../../../src/sources/proxy/relay/records.ts';

const record = fc.record({
  kind: fc.constantFrom(...Object.values(RECORD)),
  id: fc.nat({ max: 0xffff_ffff }),
  bytes: fc.uint8Array({ maxLength: 300 }),
});

test('what was written is read again, in order, with the time', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), (written) => {
      const before = epochNow();
      const tape = Buffer.concat(
        written.flatMap(({ kind, id, bytes }) => [writeHead(kind, id, bytes.length), Buffer.from(bytes)]),
      );
      const read = [...recordsOf(tape)];
      expect(read.map(({ kind, id, bytes }) => ({ kind, id, bytes: new Uint8Array(bytes) }))).toEqual(written);
      expect(read.every(({ at }) => at >= before && at <= epochNow())).toBe(true);
      expect(tape.length).toBe(written.reduce((sum, { bytes }) => sum + HEAD + bytes.length, 0));
    }),
  );
});
