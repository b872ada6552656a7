import { expect, test } from 'vitest';
import type { Signal } from '../../src/core/event.ts';
import { createFaultLine } from '../../src/scenario/faults.ts';
import type { FaultKind } from '../../src/scenario/scenario.ts';

const offer: Signal = { type: 'offer', pc: 'p', sdp: '' };
const candidate = (n: number): Signal => ({ type: 'candidate', pc: 'p', candidate: String(n) });

/** What comes of an offer and two candidates. */
function come(kind: FaultKind | undefined, what: 'offer' | 'candidate' = 'offer', count = 1) {
  const said: string[] = [];
  const told: string[] = [];
  const timers: (() => void)[] = [];
  const line = createFaultLine(
    (_, then) => timers.push(then),
    (sentence) => told.push(sentence),
  );
  if (kind !== undefined) line.arm({ kind, what, peer: 'a', count, by: 9 });
  for (const signal of [offer, candidate(1), candidate(2)]) {
    line.pass(signal, () => said.push(signal.type === 'candidate' ? signal.candidate : signal.type));
  }
  for (const timer of timers) timer();
  return { said: said.join(' '), told };
}

test.each([
  [undefined, 'offer', 1, 'offer 1 2', []],
  ['lose', 'offer', 1, '1 2', ['offer of a lost']],
  ['lose', 'candidate', 2, 'offer', ['candidate of a lost', 'candidate of a lost']],
  ['lose', 'candidate', 1, 'offer 2', ['candidate of a lost']],
  ['duplicate', 'offer', 1, 'offer offer 1 2', ['offer of a sent twice']],
  ['delay', 'offer', 1, '1 2 offer', ['offer of a delayed by 9 ms']],
  ['reorder', 'offer', 1, '1 offer 2', ['offer of a held until after the next message']],
] as const)('%s %s ×%i: %s', (kind, what, count, said, told) => {
  expect(come(kind, what, count)).toEqual({ said, told });
});
