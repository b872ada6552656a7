import { expect, test } from 'vitest';
import { outcomeOf } from '../../src/core/outcome.ts';
import { recorded } from '../recording.ts';

test('the first round settles something, a later one changes the call, or says that nothing changes', () => {
  const { model } = recorded('ice-restart.ndjson');
  const rounds = [...model.sessions.values()].flatMap((session) => session.rounds);
  const outcomes = rounds.map((round) => outcomeOf(model, round));
  expect(outcomes[0]?.head).toMatch(/^answer #1 from \w+ \(event \d+\) settles:$/);
  expect(outcomes[0]?.sentences.length).toBeGreaterThan(0);
  expect(outcomes.slice(1).every(({ head }) => /for the call:$|nothing changes for the call$/.test(head))).toBe(true);
});
