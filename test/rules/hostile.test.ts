/** Whatever a description says, rules neither throw nor stall, and what they say can be printed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/core/text.ts';
import { anAnswer, anOffer } from '../../src/rules/example.ts';
import type { TranscriptLine } from '../../src/rules/rule.ts';
import { hear, withFolded } from './conversation.ts';

const offer = anOffer(['audio', 'video', 'data']);
const answer = anAnswer(['audio', 'video', 'data']);

/** Lines dropped, doubled, moved, cut or filled with anything. */
function damaged(sdp: string): fc.Arbitrary<string> {
  const lines = sdp.split('\r\n');
  const edit = fc.record({
    at: fc.nat(lines.length - 1),
    what: fc.constantFrom('drop', 'double', 'cut', 'swap', 'fill'),
    text: fc.string({ unit: 'binary', maxLength: 12 }),
    length: fc.nat(12),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const text = [...lines];
    for (const { at, what, text: filler, length } of edits) {
      const line = text[at] ?? '';
      if (what === 'drop') text.splice(at, 1);
      else if (what === 'double') text.splice(at, 0, line);
      else if (what === 'cut') text[at] = line.slice(0, length);
      else if (what === 'swap') text.splice(at, 2, text[at + 1] ?? '', line);
      else text[at] = line.slice(0, length) + filler;
    }
    return text.join('\r\n');
  });
}

test('damaged descriptions', () => {
  const talk = fc.tuple(damaged(offer), damaged(answer), damaged(offer), damaged(answer));
  fc.assert(
    fc.property(talk, (texts) => {
      const lines = texts.map((sdp, i): TranscriptLine => {
        return i % 2 === 0 ? { from: 'a', to: 'b', type: 'offer', sdp } : { from: 'b', to: 'a', type: 'answer', sdp };
      });
      for (const finding of withFolded(hear(lines).findings)) {
        expect(finding.message).toBe(printable(finding.message));
        expect(finding.message).toMatch(/\.$/);
      }
    }),
    { numRuns: 60 },
  );
});

test('1500 sections are judged in linear time', () => {
  judge(300);
  const [few, many] = [judge(300), judge(1500)];
  // Five times as many; every section against every other would take 25 times as long.
  expect(many / few).toBeLessThan(12);
});

/** Processor time of judging a call of this many sections, in microseconds: what else the machine does counts little. */
function judge(count: number): number {
  const sections = Array.from({ length: count }, () => 'audio' as const);
  const rejected = sections.map(() => ({ kind: 'audio' as const, rejected: true, direction: 'inactive' }));
  const started = process.cpuUsage();
  hear([
    { from: 'a', to: 'b', type: 'offer', sdp: anOffer(sections) },
    { from: 'b', to: 'a', type: 'answer', sdp: anAnswer(sections) },
    { from: 'a', to: 'b', type: 'offer', sdp: anOffer(rejected, { version: 3 }) },
    { from: 'b', to: 'a', type: 'answer', sdp: anAnswer(rejected, { version: 3 }) },
  ]);
  const { user, system } = process.cpuUsage(started);
  return user + system;
}
