/** How a live session comes to its end: a key, a signal, a timeout, a closed pipe, a crash. The first reason counts. */
import process from 'node:process';
import { exitCodeOfSignal } from './exit-codes.ts';

/** `reason` is written to the recording's end line. `code` undefined leaves it to how the source ended. */
export interface Reason {
  readonly reason: string;
  readonly code?: number;
  /** What was thrown, for the one case that is a bug. */
  readonly thrown?: { readonly error: unknown };
  /** The terminal is gone: Node could not exit in order, see `release`. */
  readonly gone?: true;
}

export interface Ending {
  /** Aborts as soon as the session has to end. */
  readonly signal: AbortSignal;
  /** Why; undefined while nothing asked for it. */
  readonly why: Reason | undefined;
  end(reason: Reason): void;
  /**
   * Takes all listeners off again. Where the terminal is gone the process ends by SIGHUP here: Node 20 aborts when it
   * cannot give a terminal its modes back at exit.
   */
  release(): void;
}

/** As if SIGHUP had come, which is what a closed terminal sends. */
export const TERMINAL_GONE: Reason = { reason: 'SIGHUP', code: exitCodeOfSignal('SIGHUP'), gone: true };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Listens for what may end a session. The first signal ends it in order: the recording gets its end line, the terminal
 * its old state. A second one is left to the system, which ends the process at once.
 */
export function createEnding(unread: AbortSignal): Ending {
  const controller = new AbortController();
  let why: Reason | undefined;
  let gone = false;

  function end(reason: Reason): void {
    gone ||= reason.gone === true;
    if (why !== undefined) return;
    why = reason;
    controller.abort();
  }

  function onSignal(signal: NodeJS.Signals): void {
    if (why === undefined) {
      end({ reason: signal, code: exitCodeOfSignal(signal) });
      return;
    }
    // A terminal that is closed says so more than once: the system does, and then the shell does.
    if (signal === 'SIGHUP') return;
    silence();
    process.kill(process.pid, signal);
  }

  const onThrown = (error: unknown) => end({ reason: 'error', thrown: { error } });
  // EIO is a terminal that is gone, the other codes are pipes.
  const onUnread = () => end(unread.reason === 'EIO' ? TERMINAL_GONE : { reason: 'output closed', code: 0 });

  function silence(): void {
    for (const name of SIGNALS) process.off(name, onSignal);
    process.off('uncaughtException', onThrown);
    process.off('unhandledRejection', onThrown);
    unread.removeEventListener('abort', onUnread);
  }

  for (const name of SIGNALS) process.on(name, onSignal);
  process.on('uncaughtException', onThrown);
  process.on('unhandledRejection', onThrown);
  unread.addEventListener('abort', onUnread);
  if (unread.aborted) onUnread();
  return {
    signal: controller.signal,
    get why() {
      return why;
    },
    end,
    release() {
      silence();
      // Windows ends the process itself, and cannot send this.
      if (gone && process.platform !== 'win32') process.kill(process.pid, 'SIGHUP');
    },
  };
}
