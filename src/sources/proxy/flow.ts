/** Writes to one socket what another one sent, no faster than it takes it; tells when it takes nothing for long. */
import type { Socket } from 'node:net';
import type { Later } from './later.ts';

export interface Flow {
  send(bytes: Buffer): void;
  /** Reads nothing more until there is room. */
  hold(later: Later): void;
  stop(): void;
}

/** How long a side may read nothing before that is told. */
const SLOW_MS = 1000;

/** `slow` gets a sentence without its subject: `has read nothing for 1 s; …`. */
export function createFlow(source: Socket, target: Socket, slow: (text: string) => void): Flow {
  const reasons = new Set<'target' | 'later'>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  let told = false;

  function pause(reason: 'target' | 'later'): void {
    reasons.add(reason);
    source.pause();
  }

  function resume(reason: 'target' | 'later'): void {
    reasons.delete(reason);
    if (reasons.size === 0) source.resume();
  }

  target.on('drain', () => {
    clearTimeout(timer);
    if (told) slow(`reads again after ${((performance.now() - since) / 1000).toFixed(1)} s`);
    told = false;
    resume('target');
  });

  return {
    send(bytes) {
      if (bytes.length === 0 || target.destroyed || target.writableEnded) return;
      if (target.write(bytes) || reasons.has('target')) return;
      since = performance.now();
      pause('target');
      timer = setTimeout(() => {
        told = true;
        slow(`has read nothing for ${SLOW_MS / 1000} s: what is sent to it waits`);
      }, SLOW_MS);
    },
    hold(later) {
      if (reasons.has('later')) return;
      pause('later');
      later.onRoom(() => resume('later'));
    },
    stop: () => clearTimeout(timer),
  };
}
