/** Which call of a peer connection ended how. */
import type { Traced } from './order.ts';
import type { Step } from './step.ts';

export type DoneStep = Extract<Step, { is: 'done' }>;

export interface Outcomes {
  /** How a call ended; absent while it is open, or if the log does not tell. */
  readonly of: ReadonlyMap<Traced, DoneStep>;
  /** Which call ended here. */
  readonly calls: ReadonlyMap<Traced, Traced>;
}

/**
 * Operations of a peer connection end in the order they began (webrtc-pc 4.4.1.2). Where a log tells of candidates only
 * that they failed, the last one is meant. Entries in order for each peer connection; linear.
 */
export function outcomesOf(traced: readonly Traced[]): Outcomes {
  const thorough = new Set(traced.flatMap(({ pc, step }) => (candidateTaken(step) ? [pc] : [])));
  const queues = new Map<string, { readonly calls: Traced[]; next: number }>();
  const [of, calls] = [new Map<Traced, DoneStep>(), new Map<Traced, Traced>()];
  for (const one of traced) {
    const { pc, step } = one;
    if (!('op' in step)) continue;
    const name = `${step.op}\n${pc}`;
    const queue = queues.get(name) ?? { calls: [], next: 0 };
    queues.set(name, queue);
    if (step.is !== 'done') {
      queue.calls.push(one);
      continue;
    }
    const newest = step.op === 'candidate' && !thorough.has(pc);
    const call = newest ? queue.calls.pop() : queue.calls[queue.next];
    if (call === undefined) continue;
    if (!newest) queue.next += 1;
    of.set(call, step);
    calls.set(one, call);
  }
  return { of, calls };
}

function candidateTaken(step: Step): boolean {
  return step.is === 'done' && step.op === 'candidate' && step.error === undefined;
}
