/** Makes what a peer says get lost, come twice, late, or in another order. Timers are handed in. */
import type { Signal } from '../core/event.ts';
import type { Fault } from './scenario.ts';

export interface FaultLine {
  arm(fault: Fault): void;
  /** Calls `send` as often and as late as the faults that are armed want it. */
  pass(signal: Signal, send: () => void): void;
}

/** `told` hears what was done, as a sentence. */
export function createFaultLine(
  later: (delay: number, what: () => void) => void,
  told: (sentence: string) => void,
): FaultLine {
  const armed: { fault: Fault; left: number }[] = [];
  let held: (() => void)[] = [];

  function suffer({ kind, what, peer, by }: Fault, send: () => void): void {
    const whose = `${what} of ${peer}`;
    if (kind === 'lose') told(`${whose} lost`);
    else if (kind === 'duplicate') {
      told(`${whose} sent twice`);
      send();
      send();
    } else if (kind === 'delay') {
      told(`${whose} delayed by ${by} ms`);
      later(by, send);
    } else {
      told(`${whose} held until after the next message`);
      held.push(send);
    }
  }

  return {
    arm: (fault) => void armed.push({ fault, left: fault.count }),
    pass(signal, send) {
      const hit = armed.find(({ fault, left }) => left > 0 && fault.what === signal.type);
      if (hit !== undefined) {
        hit.left -= 1;
        suffer(hit.fault, send);
        return;
      }
      send();
      const due = held;
      held = [];
      for (const one of due) one();
    },
  };
}
