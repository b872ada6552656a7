/** A terminal that is not read (Ctrl-S, a suspended emulator, a dead connection) must not stop what is shown on it. */

export interface Unblocked {
  /** The terminal has not taken yet what was written: nothing more should be. */
  readonly behind: boolean;
  /** Writing waits for the terminal again, as what ends has to. */
  end(): void;
}

/** Node's own handle of a terminal: by default it waits until everything is written. */
interface Handle {
  setBlocking?(blocking: boolean): void;
}

/** `caughtUp` is called whenever the terminal has taken everything. */
export function unblock(stdout: NodeJS.WriteStream, caughtUp: () => void): Unblocked {
  const handle = (stdout as { _handle?: Handle })._handle;
  handle?.setBlocking?.(false);
  stdout.on('drain', caughtUp);
  return {
    get behind() {
      return stdout.writableNeedDrain;
    },
    end() {
      stdout.off('drain', caughtUp);
      handle?.setBlocking?.(true);
    },
  };
}
