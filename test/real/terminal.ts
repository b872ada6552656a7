/** A real terminal: a shell in tmux, typed into and read as a person would. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { requirePart } from './parts.ts';

export interface Terminal {
  /** Keys as tmux names them: `r`, `Enter`, `C-c`. */
  press(...keys: readonly string[]): void;
  /** A report of the mouse (SGR): `0` is the left button, `32` a drag with it, `65` the wheel down; columns and rows from 1. */
  point(code: number, column: number, row: number, end?: 'M' | 'm'): void;
  /** What was last copied. */
  copied(): string;
  /** Types a command line at the shell's prompt. */
  run(command: string): void;
  /** What is on the screen. */
  screen(): string;
  /** Waits until the screen fits, and returns it. */
  until(pattern: RegExp, patience?: number): Promise<string>;
  /** Everything that was written to the terminal, byte for byte, as latin1. */
  written(): string;
  resize(columns: number, rows: number): void;
  /** False while the alternate screen is shown. */
  normal(): boolean;
  cursorShown(): boolean;
  /** Reads nothing of what is written to it as long as that takes; it cannot be asked anything meanwhile. */
  stalled(during: () => Promise<void>): Promise<void>;
  /** Hangs up, as closing the window does. */
  close(): void;
}

const PATIENCE_MS = 60_000;
const POLL_MS = 50;
let count = 0;

/** Waits until `look` gives something; after `patience` milliseconds fails with what `seen` tells. */
export async function eventually<T>(look: () => T | undefined, seen: () => string, patience = PATIENCE_MS): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`not within ${patience} ms:\n${seen()}`);
    await pause(POLL_MS);
  }
}

/** Opens a shell in `folder`, which also gets the socket and the file with what is written. */
export async function openTerminal(folder: string, columns: number, rows: number): Promise<Terminal> {
  count += 1;
  const socket = join(folder, `tmux-${count}`);
  const log = join(folder, `tmux-${count}.log`);
  const env = {
    ...process.env,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    PS1: '$ ',
    RENEGO_HINTS: '0',
    NO_COLOR: undefined,
    CI: undefined,
  };
  const tmux = (...args: readonly string[]) =>
    execFileSync(requirePart('tmux'), ['-S', socket, '-f', '/dev/null', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('new-session', '-d', '-s', 'test', ...size, "env PS1='$ ' bash --norc --noprofile");
  tmux('pipe-pane', '-t', 'test', '-o', `cat > '${log}'`);
  const told = (format: string) => tmux('display-message', '-p', '-t', 'test', format).trim();
  const terminal: Terminal = {
    press: (...keys) => void tmux('send-keys', '-t', 'test', ...keys),
    point: (code, column, row, end = 'M') =>
      void tmux('send-keys', '-t', 'test', '-l', `\u001b[<${code};${column};${row}${end}`),
    copied: () => tmux('show-buffer'),
    run(command) {
      tmux('send-keys', '-t', 'test', '-l', command);
      tmux('send-keys', '-t', 'test', 'Enter');
    },
    screen: () => tmux('capture-pane', '-p', '-t', 'test'),
    until(pattern, patience) {
      const fits = () => [terminal.screen()].find((text) => pattern.test(text));
      return eventually(fits, () => `${pattern} in\n${terminal.screen()}`, patience);
    },
    written: () => readFileSync(log, 'latin1'),
    resize: (toColumns, toRows) =>
      void tmux('resize-window', '-t', 'test', '-x', String(toColumns), '-y', String(toRows)),
    normal: () => told('#{alternate_on}') === '0',
    cursorShown: () => told('#{cursor_flag}') === '1',
    async stalled(during) {
      const server = Number(told('#{pid}'));
      process.kill(server, 'SIGSTOP');
      try {
        await during();
      } finally {
        process.kill(server, 'SIGCONT');
      }
    },
    close() {
      try {
        tmux('kill-server');
      } catch {
        // It is closed already.
      }
    },
  };
  try {
    await terminal.until(/^\$ ?$/m);
    return terminal;
  } catch (error) {
    terminal.close();
    throw error;
  }
}
