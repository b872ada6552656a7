/** Starts the screen, does for it what only the outside can, and leaves the terminal as it was. */
import type { Action, PcId } from '../core/event.ts';
import type { Saved } from '../core/filter.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import type { FindingStore } from '../rules/finding-store.ts';
import type { AppProps } from './app.tsx';
import { performEffect, type Run } from './effects.ts';
import { frameOf } from './frame/frame.ts';
import { createPainter } from './frame/painter.ts';
import type { Size } from './layout.ts';
import { tapMouse } from './mouse.ts';
import { createSetting } from './setting.ts';
import type { Command, Effect, HeldText } from './state.ts';
import { createStore } from './store.ts';
import type { ThemeName } from './theme.ts';
import { unblock } from './unblocked.ts';

export interface TuiOptions {
  readonly log: Log;
  /** Kept up to date with the log by the caller. */
  readonly model: Model;
  readonly title: string;
  /** Said until something happens. */
  readonly waiting?: string;
  /** False for a recording. */
  readonly live: boolean;
  /** The event selected at first; else the first of a recording, the newest of a live session. */
  readonly select?: number;
  readonly ascii: boolean;
  readonly theme?: ThemeName;
  /** Keys by the id of what they do, in place of the usual ones. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Clicks, wheel and dragging; true by default. */
  readonly mouse?: boolean;
  /** What is wrong; none without it. */
  readonly findings?: FindingStore;
  /** What goes on beside keys, as reading a large recording; shown as it is said. */
  readonly work?: { now(): string | undefined; subscribe(listener: () => void): () => void };
  /** Rings the bell at the first error that is found; true by default. */
  readonly bell?: boolean;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Ends the screen. */
  readonly signal: AbortSignal;
  /** Does an action. Without it every action is refused. */
  readonly dispatch?: (action: Action) => void;
  /** Why an action cannot be done now; undefined if it can. */
  readonly refusal?: (action: Action) => string | undefined;
  /** Called once when the user quits; not when `signal` ends the screen. */
  readonly onQuit?: () => void;
  /**
   * Called when the terminal itself went away. Node 20 aborts at its normal exit then, as it cannot set the terminal's
   * modes back; the caller had better end the process by SIGHUP once it has tidied up.
   */
  readonly onGone?: () => void;
  /** Saves the session, or only some of its events; returns what to tell the user. */
  readonly save?: (seqs?: readonly number[]) => string;
  /** Takes a note of an event. */
  readonly note?: (text: string, of: number) => void;
  /** Hands on what is copied, beside what OSC 52 does, where something stands between us and the terminal. */
  readonly clipboard?: (text: string) => void;
  /** Shows a text in a pager; the terminal is the pager's until the promise settles. */
  readonly pager?: (text: string, what: string) => Promise<string>;
  /** Said at first, until a key is pressed. */
  readonly hint?: string;
  /** Saved filters, and how one is saved: returns what to tell the user. */
  readonly filters?: () => Saved;
  readonly saveFilter?: (name: string, text: string) => string;
  /** What is filtered by at first. */
  readonly filter?: string;
  /** Shows a text in an editor, and gives it back as it is then; the terminal is the editor's until the promise settles. */
  readonly editor?: (text: string, what: string) => Promise<string>;
  /** Stops the process, and settles when it goes on (Ctrl-Z, and fg). */
  readonly suspendProcess?: (by: 'key' | 'signal') => Promise<void>;
  /** Why the key must not do that. */
  readonly stays?: string;
  /** Tells when the process is asked to stop for a while (SIGTSTP). Returns the way out. */
  readonly onStop?: (listener: () => void) => () => void;
  /** What a page's connection is configured with, to be edited. */
  readonly configuration?: (pc: PcId | undefined) => Promise<string>;
  /** What a proxy holds. */
  readonly held?: () => readonly HeldText[];
  /** That one is in somebody's hands, until the function that is given back is called. */
  readonly attend?: (seq: number) => () => void;
  /** Milliseconds from any start; the process's own by default. */
  readonly clock?: () => number;
}

/**
 * Shows the session until the user quits, `signal` aborts or the terminal goes away; then the terminal is restored.
 * Rejects with what broke the screen, the terminal restored as well.
 */
export async function startTui(options: TuiOptions): Promise<void> {
  const { stdin, stdout, signal } = options;
  if (signal.aborted) return;
  const { setting, nextTheme } = createSetting(options, () => store.again());
  const run: Run = { nextTheme };
  const perform = (effect: Effect) => performEffect(effect, options, run);
  const unblocked = unblock(stdout, () => store.catchUp());
  const clock = options.clock ?? (() => performance.now());
  const store = createStore(options.log, setting, sizeOf(stdout), clock, perform, () => unblocked.behind);
  run.store = store;
  const reports = reportsOf(options, (command) => store.send(command));
  if (options.hint !== undefined) store.send({ type: 'say', text: options.hint, tone: 'good' });
  if (options.filter !== undefined) store.send({ type: 'filter-by', text: options.filter });
  if (options.select !== undefined) store.send({ type: 'select', seq: options.select });
  const leaveBell = ringOnce(options);
  const leaveWork = options.work?.subscribe(() => store.again());
  const leaveStop = options.onStop?.(() => store.send({ type: 'suspend', by: 'signal' }));
  const painter = createPainter(stdout);
  const stop = () => {
    unblocked.end();
    run.instance?.unmount();
  };
  const gone = () => {
    if (run.gone) return;
    run.gone = true;
    options.onGone?.();
    stop();
  };
  // After ink's own listener, which may erase lines.
  const resize = () => {
    painter.forget();
    store.send({ type: 'resize', size: sizeOf(stdout) });
  };
  stdout.on('error', gone);
  if (!stdout.listeners('error').includes(ignore)) stdout.on('error', ignore);
  stdin.on('error', gone);
  stdin.on('end', gone);
  signal.addEventListener('abort', stop, { once: true });
  try {
    // The first frame comes before ink and React are loaded; keys typed meanwhile wait in the terminal.
    painter.open();
    reports.on();
    stdin.setRawMode?.(true);
    painter.paint(frameOf(store.snapshot(), setting));
    const { mount } = await import('./mount.tsx');
    if (signal.aborted || run.gone === true) return;
    painter.forget();
    const onReady: AppProps['onReady'] = (suspend) => {
      run.suspend = (callback) => painter.away(() => reports.without(() => suspend(callback)));
    };
    run.instance = mount({ store, painter, onReady }, { stdin, stdout });
    stdout.on('resize', resize);
    const { columns, rows } = store.snapshot().ui.size;
    if (columns !== sizeOf(stdout).columns || rows !== sizeOf(stdout).rows) resize();
    await run.instance.waitUntilExit();
  } finally {
    unblocked.end();
    reports.off();
    painter.release();
    if (run.instance === undefined) {
      stdin.setRawMode?.(false);
      painter.close();
    }
    store.close();
    leaveBell();
    leaveWork?.();
    leaveStop?.();
    signal.removeEventListener('abort', stop);
    stdin.off('end', gone);
    stdin.off('error', gone);
    stdout.off('error', gone);
    stdout.off('resize', resize);
  }
}

/**
 * Reports of clicks, wheel and drags (xterm's modes 1000, 1002 and 1006), and of what is pasted (2004), on only while the
 * screen is shown. ink asks for the latter too, but what is pasted before ink is loaded must not be keys either.
 */
function reportsOf({ mouse = true, stdin, stdout }: TuiOptions, send: (command: Command) => void) {
  let leave: (() => void) | undefined;
  const modes = [...(mouse ? ['1000', '1002', '1006'] : []), '2004'];
  const write = (mode: 'h' | 'l') => {
    stdout.write(modes.map((number) => `\u001b[?${number}${mode}`).join(''));
  };
  return {
    on() {
      leave = tapMouse(stdin, mouse ? send : () => {});
      write('h');
    },
    off() {
      leave?.();
      write('l');
    },
    /** Another program has the terminal meanwhile. */
    async without(during: () => Promise<void>): Promise<void> {
      write('l');
      try {
        await during();
      } finally {
        write('h');
      }
    },
  };
}

/** What is still written to a terminal that is gone fails after the screen has ended; it must not end the process. */
function ignore(): void {}

/** At the first error; the terminal may turn it into a flash or a badge. Returns the way out. */
function ringOnce({ findings, bell = true, stdout }: TuiOptions): () => void {
  if (findings === undefined || !bell) return () => {};
  let rung = findings.list().some(({ severity }) => severity === 'error');
  return findings.subscribe(({ severity }) => {
    if (rung || severity !== 'error') return;
    rung = true;
    stdout.write('\u0007');
  });
}

function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}
