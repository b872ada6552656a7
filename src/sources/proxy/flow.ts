/** Writes to one side what the other one sent, no faster than it takes it; tells when it takes nothing for long. */
import type { Duplex, Readable, Writable } from 'node:stream';

export interface Flow {
  send(bytes: Buffer): void;
  /** For good. */
  stop(): void;
}

/** How long a side may read nothing before that is told. */
const SLOW_MS = 1000;

/** `slow` gets a sentence without its subject: `has read nothing for 1 s; …`. */
export function createFlow(source: Readable, target: Writable, slow: (text: string) => void): Flow {
  let timer: NodeJS.Timeout | undefined;
  let waits = false;
  let since = 0;
  let told = false;

  const drained = () => {
    clearTimeout(timer);
    if (told) slow(`reads again after ${((performance.now() - since) / 1000).toFixed(1)} s`);
    told = false;
    waits = false;
    source.resume();
  };
  target.on('drain', drained);

  return {
    send(bytes) {
      if (bytes.length === 0 || target.destroyed || target.writableEnded) return;
      if (target.write(bytes) || waits) return;
      since = performance.now();
      waits = true;
      source.pause();
      timer = setTimeout(() => {
        told = true;
        slow(`has read nothing for ${SLOW_MS / 1000} s: what is sent to it waits`);
      }, SLOW_MS);
    },
    stop() {
      clearTimeout(timer);
      target.off('drain', drained);
    },
  };
}

/** All of an HTTP body, to its end; `ending` is called right before the target is ended. */
export function pour(source: Readable, target: Writable, slow: (text: string) => void, ending: () => void): void {
  const flow = createFlow(source, target, slow);
  source.on('data', flow.send);
  source.on('end', () => {
    ending();
    target.end();
  });
  target.on('close', () => {
    flow.stop();
    source.off('data', flow.send);
    // Whoever sends may be waiting to be heard to the end.
    source.resume();
  });
  source.resume();
}

/** The other side of a reset gets a reset too. */
export function endLike<T extends Duplex & { destroySoon(): void }>(
  source: Duplex,
  target: T,
  reset: (target: T) => void,
): void {
  const error = source.errored as NodeJS.ErrnoException | null;
  if (error?.code === 'ECONNRESET') reset(target);
  else if (!target.destroyed) target.destroySoon();
}
