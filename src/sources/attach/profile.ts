/**
 * The profile of a browser that renego starts: a folder of its own, removed when the browser ends. What is left over by a
 * renego that was killed is removed by the next one, if it is ours beyond doubt and nobody uses it any more.
 */
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Profile {
  readonly path: string;
  /** The browser that uses it, too. */
  usedBy(pid: number): void;
  /** Its own processes may still write for a moment; what cannot be removed is no reason to fail. */
  remove(): Promise<void>;
  /** The same at once, for a process that is about to end. */
  removeNow(): void;
}

const PREFIX = 'renego-browser-';
/** Says whose the folder is. */
const MARK = 'renego-profile.json';
const THOROUGHLY = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 } as const;

/** How often a process that is about to end tries, in milliseconds, how many times, and for how many of them it has to be gone. */
const [AGAIN_MS, MOST_TRIES, QUIET_TRIES] = [50, 100, 10];

interface Mark {
  /** Process numbers mean something only there. */
  readonly machine: string;
  readonly pids: readonly number[];
}

export function makeProfile(folder = tmpdir()): Profile {
  const path = mkdtempSync(join(folder, PREFIX));
  const mark = (pids: readonly number[]) => {
    const text: Mark = { machine: machine(), pids };
    writeFileSync(join(path, MARK), JSON.stringify(text));
  };
  mark([process.pid]);
  return {
    path,
    usedBy: (pid) => mark([process.pid, pid]),
    remove: () => rm(path, THOROUGHLY).catch(() => {}),
    removeNow() {
      // Processes of the browser go on writing until they notice that it is gone: it may come back.
      let quiet = 0;
      for (let tries = 0; tries < MOST_TRIES && quiet < QUIET_TRIES; tries += 1) {
        quiet = lstatSync(path, { throwIfNoEntry: false }) === undefined ? quiet + 1 : 0;
        attempt(() => rmSync(path, { recursive: true, force: true }));
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
      }
    },
  };
}

/** Removes what processes of ours have left that are not there any more. Never rejects. */
export async function removeLeftovers(folder = tmpdir()): Promise<void> {
  const names = attempt(() => readdirSync(folder))?.filter((name) => name.startsWith(PREFIX)) ?? [];
  const paths = names.map((name) => join(folder, name)).filter(isLeftover);
  await Promise.all(paths.map((path) => rm(path, THOROUGHLY).catch(() => {})));
}

function isLeftover(path: string): boolean {
  const found = attempt(() => lstatSync(path));
  if (found === undefined || !found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return false;
  const mark = attempt(() => JSON.parse(readFileSync(join(path, MARK), 'utf8')) as Partial<Mark>);
  const pids = mark?.machine === machine() && Array.isArray(mark.pids) ? mark.pids : [];
  return pids.length > 0 && pids.every((pid) => Number.isSafeInteger(pid) && pid > 0 && !isThere(pid));
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of somebody else is there, too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Containers may share a folder and count their processes for themselves. */
function machine(): string {
  return `${hostname()} ${attempt(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`;
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
