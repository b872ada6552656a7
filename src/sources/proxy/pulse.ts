/** Whether a side of a WebSocket answers the pings that reach it (RFC 6455, section 5.5.2). */
export interface Pulse {
  /** A ping went to it. */
  pinged(): void;
  /** It has answered one. */
  answered(): void;
  /** It has sent something else. */
  heard(): void;
  /** It is not to be seen any more. */
  stop(): void;
}

export interface PulseOptions {
  /** Milliseconds until an answer is missed. */
  readonly silence: number;
  /** What has come already is looked at before anything is said. */
  readonly inTurn: (work: () => void) => void;
  /** A sentence without its subject: `has not answered a ping for 10 s, …`. */
  readonly tell: (text: string) => void;
}

export function createPulse({ silence, inTurn, tell }: PulseOptions): Pulse {
  let timer: NodeJS.Timeout | undefined;
  /** When the ping went out that is not answered yet. */
  let since: number | undefined;
  let speaks = false;
  let missed = false;
  let stopped = false;

  function late(): void {
    inTurn(() => {
      if (since === undefined || missed) return;
      missed = true;
      const state = speaks ? 'it sends messages, but no pongs' : 'it is dead, stuck, or cut off from here';
      tell(`has not answered a ping for ${Math.round(silence / 100) / 10} s: ${state}`);
    });
  }

  return {
    pinged() {
      if (since !== undefined || stopped) return;
      since = performance.now();
      speaks = false;
      timer = setTimeout(late, silence).unref();
    },
    answered() {
      clearTimeout(timer);
      if (missed && since !== undefined)
        tell(`answers pings again, after ${((performance.now() - since) / 1000).toFixed(1)} s`);
      since = undefined;
      missed = false;
    },
    heard() {
      speaks = true;
    },
    stop() {
      clearTimeout(timer);
      since = undefined;
      stopped = true;
    },
  };
}
