/** Calls recorded by a proxy in front of a real server, and played to it again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isState, type Line, linesOf } from './lines.ts';
import { type Running, start } from './process.ts';

export interface Replaying {
  /** A path for a recording of that name. */
  file(name: string): string;
  running(...argv: string[]): Running;
  /** Runs when the test is over; the last first. */
  after(close: () => unknown): void;
  /** A proxy in front of that server that records. */
  proxy(url: string, path: string): Promise<Recorder>;
  /** Two peers on this server, seen from a proxy between them and it, until both are connected. */
  recordPair(url: string, path: string, options: PairOptions): Promise<void>;
  /** Replays as the client; what is said is what has to be the same. */
  replayed(path: string, url: string, ...flags: string[]): Promise<Running>;
  /** Replays as the server to whoever connects; `visit` is given its address. */
  replayedTo(path: string, visit: (url: string) => Promise<unknown>, ...flags: string[]): Promise<void>;
  close(): Promise<void>;
  remove(): void;
}

export interface Recorder {
  /** Where the application is sent. */
  readonly app: string;
  stop(): Promise<void>;
}

export interface PairOptions {
  readonly flags: readonly string[];
  readonly caller?: readonly string[];
  readonly callee?: readonly string[];
  /** By what the callee's output shows that it can be called. */
  readonly ready?: (line: Line) => boolean;
}

interface Verdict {
  readonly kind: string;
  readonly equal: boolean;
  readonly differences: readonly unknown[];
  readonly reports: readonly unknown[];
}

export async function stopped(one: Running): Promise<void> {
  one.child.kill('SIGINT');
  await one.ended();
}

export function createReplaying(): Replaying {
  const folder = mkdtempSync(join(tmpdir(), 'renego-replay-'));
  const closers: (() => unknown)[] = [];

  function running(...argv: string[]): Running {
    const one = start(argv);
    closers.push(() => one.child.kill('SIGKILL'));
    return one;
  }

  async function proxy(url: string, path: string): Promise<Recorder> {
    const one = running('proxy', url, '--listen', '127.0.0.1:0', '--json', '--record', path);
    const [, app = ''] = await one.says(/app +(\S+)/);
    return { app, stop: () => stopped(one) };
  }

  async function green(one: Running): Promise<void> {
    const code = await one.ended();
    const last = one.stdout().trimEnd().split('\n').at(-1) ?? '';
    if (!last.startsWith('{')) throw new Error(`no verdict, exit code ${code}: ${one.stderr()}`);
    const verdict = JSON.parse(last) as Verdict;
    expect(verdict, one.stderr()).toMatchObject({ kind: 'verdict', differences: [], reports: [], equal: true });
    expect(code, one.stderr()).toBe(0);
  }

  const fast = ['--speed', 'max', '--patience', '20s', '--json'];
  return {
    file: (name) => join(folder, name),
    running,
    proxy,
    after: (close) => void closers.push(close),
    async recordPair(url, path, { flags, caller = [], callee = [], ready }) {
      const { app, stop } = await proxy(url, path);
      const peer = (name: string, ...more: readonly string[]) => {
        const one = running('connect', app, '--as', name, '--json', ...flags, ...more);
        return { one, lines: linesOf(one) };
      };
      const second = peer('callee', ...callee);
      await second.lines.until('a greeting', ready ?? ((line) => line.kind === 'message' && line.from !== 'callee'));
      const first = peer('caller', ...caller);
      await first.lines.until('a connection', isState('connection', 'connected'));
      await second.lines.until('a connection', isState('connection', 'connected'));
      await stopped(first.one);
      await stopped(second.one);
      await stop();
    },
    async replayed(path, url, ...flags) {
      const one = running('replay', path, '--to', url, ...fast, ...flags);
      await green(one);
      return one;
    },
    async replayedTo(path, visit, ...flags) {
      const one = running('replay', path, '--listen', '127.0.0.1:0', ...fast, ...flags);
      const [url] = await one.says(/(?:ws|http):\/\/\S+/);
      await visit(url).catch((error: unknown) => {
        const events = one.stdout().trimEnd().split('\n');
        throw new Error(
          `${String(error)}\n${events
            .slice(-30)
            .map((line) => line.slice(0, 300))
            .join('\n')}`,
        );
      });
      await green(one);
    },
    async close() {
      for (const close of closers.splice(0).reverse()) await close();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
