/** Starts the built program as a process of its own, as a shell would. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/renego.js', import.meta.url));

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  stdout(): string;
  stderr(): string;
  /** Resolves when stdout or stderr holds this. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
}

const PATIENCE_MS = 30_000;

export function start(
  argv: readonly string[],
  nodeFlags: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Running {
  const env = { ...process.env, NO_COLOR: '', FORCE_COLOR: undefined, LANG: 'C.UTF-8', ...more };
  const child = spawn(process.execPath, [...nodeFlags, BIN, ...argv], { env, stdio: 'pipe' });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  // What is written to one that has just ended is lost; how it ended is told by `ended`.
  child.stdin.on('error', () => undefined);
  const exit = once(child, 'close') as Promise<[number | null, string | null]>;
  return {
    child,
    stdout: () => out,
    stderr: () => err,
    says(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(out) ?? pattern.exec(err);
          if (found) done(() => resolve(found));
        };
        const timer = setTimeout(() => done(() => reject(new Error(`no ${pattern} in:\n${out}\n${err}`))), PATIENCE_MS);
        const done = (settle: () => void) => {
          clearTimeout(timer);
          child.stdout.off('data', look);
          child.stderr.off('data', look);
          settle();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
      });
    },
    async ended() {
      const [code, signal] = await exit;
      return code ?? signal ?? 'unknown';
    },
  };
}
