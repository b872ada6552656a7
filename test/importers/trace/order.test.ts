import { expect, it } from 'vitest';
import { arrange, partnersOf, type Traced } from '../../../src/importers/trace/order.ts';
import { readStep } from '../../../src/importers/trace/step.ts';
import { work } from '../../helpers/work.ts';

const sdp = (session: number) => `v=0\r\no=- ${session} 1 IN IP4 0.0.0.0\r\n`;
const at = (pc: string, t: number, name: string, value: unknown): Traced => {
  const step = readStep(name, value);
  if (step === undefined) throw new Error(name);
  return { pc, t, step, raw: `${pc} ${name}` };
};
const local = (pc: string, t: number, type: string, session: number) =>
  at(pc, t, 'setLocalDescription', { type, sdp: sdp(session) });
const remote = (pc: string, t: number, type: string, session: number) =>
  at(pc, t, 'setRemoteDescription', { type, sdp: sdp(session) });
const order = (traced: readonly Traced[]) => arrange(traced, partnersOf(traced)).map(({ raw }) => raw);

it('what one end takes comes after the other end has given it', () => {
  const a = [local('a', 0, 'offer', 1), remote('a', 0, 'answer', 2), at('a', 0, 'onnegotiationneeded', '')];
  const b = [remote('b', 0, 'offer', 1), local('b', 0, 'answer', 2)];
  expect(order([...a, ...b])).toEqual([
    'a setLocalDescription',
    'b setRemoteDescription',
    'b setLocalDescription',
    'a setRemoteDescription',
    'a onnegotiationneeded',
  ]);
});

it('not where the times are too far apart for that', () => {
  const traced = [remote('b', 0, 'offer', 1), local('a', 60_000, 'offer', 1)];
  expect(order(traced)).toEqual(['b setRemoteDescription', 'a setLocalDescription']);
});

it('ends that wait for each other are let go', () => {
  const traced = [
    ...[remote('a', 0, 'answer', 2), local('a', 0, 'offer', 1)],
    ...[remote('b', 0, 'offer', 1), local('b', 0, 'answer', 2)],
  ];
  expect(order(traced)).toHaveLength(4);
});

it('the partner is the one with most in common', () => {
  const traced = [
    ...[local('a', 0, 'offer', 1), local('b', 0, 'answer', 2), local('c', 0, 'offer', 3)],
    ...[remote('b', 1, 'offer', 1), remote('a', 1, 'answer', 2), remote('b', 2, 'offer', 3)],
  ];
  expect(partnersOf(traced)).toEqual(
    new Map([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  );
});

it('what comes back to its sender makes no pair', () => {
  expect(partnersOf([local('a', 0, 'offer', 1), remote('a', 1, 'offer', 1)]).size).toBe(0);
});

it('many peer connections and entries take linear time', () => {
  const traced = Array.from({ length: 60_000 }, (_, i) =>
    (i % 2 === 0 ? local : remote)(`pc${(i >> 1) % 500}.${i % 2}`, 0, 'offer', i >> 1),
  );
  expect(work(() => expect(order(traced.reverse())).toHaveLength(60_000))).toBeLessThan(5000);
});
