import { expect, it } from 'vitest';
import type { SignalingState } from '../../src/core/model.ts';
import { next, type Operation, type OperationType } from '../../src/core/signaling-state.ts';

const ARROWS = [
  'stable -> local(offer) -> have-local-offer',
  'stable -> remote(offer) -> have-remote-offer',
  'stable -> local(answer) -> InvalidStateError',
  'stable -> remote(answer) -> InvalidStateError',
  'stable -> local(pranswer) -> InvalidStateError',
  'stable -> remote(pranswer) -> InvalidStateError',
  'stable -> local(rollback) -> InvalidStateError',
  'stable -> remote(rollback) -> InvalidStateError',
  'have-local-offer -> local(offer) -> have-local-offer',
  'have-local-offer -> remote(offer) -> have-remote-offer',
  'have-local-offer -> remote(answer) -> stable',
  'have-local-offer -> remote(pranswer) -> have-remote-pranswer',
  'have-local-offer -> local(rollback) -> stable',
  'have-local-offer -> local(answer) -> InvalidStateError',
  'have-local-offer -> local(pranswer) -> InvalidStateError',
  'have-remote-offer -> remote(offer) -> have-remote-offer',
  'have-remote-offer -> local(answer) -> stable',
  'have-remote-offer -> local(pranswer) -> have-local-pranswer',
  'have-remote-offer -> remote(rollback) -> stable',
  'have-remote-offer -> local(offer) -> InvalidStateError',
  'have-remote-offer -> remote(answer) -> InvalidStateError',
  'have-local-pranswer -> local(pranswer) -> have-local-pranswer',
  'have-local-pranswer -> local(answer) -> stable',
  'have-local-pranswer -> remote(offer) -> InvalidStateError',
  'have-local-pranswer -> local(rollback) -> InvalidStateError',
  'have-remote-pranswer -> remote(pranswer) -> have-remote-pranswer',
  'have-remote-pranswer -> remote(answer) -> stable',
  'have-remote-pranswer -> remote(offer) -> InvalidStateError',
  'have-remote-pranswer -> remote(rollback) -> InvalidStateError',
  'closed -> local(offer) -> InvalidStateError',
  'closed -> remote(offer) -> InvalidStateError',
];

it.each(ARROWS)('%s', (arrow) => {
  const [from, operation, to] = arrow.split(' -> ') as [SignalingState, string, string];
  const [, op, type] = /(\w+)\((\w+)\)/.exec(operation) as unknown as [string, Operation, OperationType];
  const result = next(from, op, type);
  if (to !== 'InvalidStateError') expect(result).toBe(to);
  else expect(result).toEqual({ invalid: `a ${op} ${type} is not possible in ${from}` });
});
