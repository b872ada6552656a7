/**
 * Gathering as it happens. The stack queues its events but reads the state when it hands one out: on a busy machine the
 * event of `gathering` finds `complete` already, and says so, with a null candidate, before any of the candidates that are
 * still queued. The states come in turn, so what follows anything but `gathering` can only be `gathering`.
 */
import type { EngineEvent } from './engine.ts';
import type { NativeConnection } from './wrtc-stack.ts';

/** If nothing follows a state that was put off, it was the truth after all. */
const PUT_OFF_MS = 1_000;

export interface Gathering {
  /** The stack's null candidate: true if gathering is over indeed. */
  ended(): boolean;
  stop(): void;
}

export function watchGathering(native: NativeConnection, tell: (event: EngineEvent) => void): Gathering {
  let told = native.iceGatheringState;
  let early = false;
  let timer: NodeJS.Timeout | undefined;

  function change(state: string): void {
    if (state === told) return;
    told = state;
    tell({ on: 'gathering', state });
  }

  native.addEventListener('icegatheringstatechange', () => {
    clearTimeout(timer);
    const state = native.iceGatheringState;
    early = state === 'complete' && told !== 'gathering';
    if (!early) return change(state);
    change('gathering');
    timer = setTimeout(() => {
      early = false;
      change('complete');
      tell({ on: 'candidate', candidate: null });
    }, PUT_OFF_MS).unref();
  });

  return {
    ended: () => !early,
    stop: () => clearTimeout(timer),
  };
}
