/** Believed signaling states: what the messages on the wire say about each side (rules B.1). Never more than a belief. */
import type { Side, SignalingState } from './model.ts';
import { next, type Operation, type OperationType } from './signaling-state.ts';

/** The side probably did this. Where that is impossible the belief was wrong or the call failed: the state stays. */
export function believe(side: Side, operation: Operation, type: OperationType, reason: string): void {
  const state = next(side.signaling, operation, type);
  side.reason = typeof state === 'string' ? reason : `${reason}, but ${state.invalid}`;
  if (typeof state === 'string') side.signaling = state;
}

/** The messages prove this state, whatever was believed before. */
export function correct(side: Side, state: SignalingState, reason: string): void {
  side.signaling = state;
  side.reason = reason;
}
