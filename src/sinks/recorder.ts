/**
 * Writes a session file while the session runs. Each event is one synchronous `write`, so that nothing that was shown
 * is lost when the process is killed; those that are too many to be shown are written together, turn by turn. A recording holds addresses and credentials: only its owner may read it.
 */
import { closeSync, constants, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import { RenegoError } from '../core/errors.ts';
import type { SessionHeader, SignalEvent } from '../core/event.ts';
import { encodeEnd, encodeEvent, encodeHeader } from '../session/format.ts';
import type { Sink } from './sink.ts';

const OWNER_ONLY = 0o600;

/** Characters of lines that are written together. */
const MOST_PASSED = 256 * 1024;

export interface Recorder extends Sink {
  passed(event: SignalEvent): void;
  readonly path: string;
  /** Bytes written so far. */
  readonly size: number;
  /** Set once writing has failed (disk full); the session goes on without its recording. */
  readonly failure: string | undefined;
}

/**
 * Opens `path` and writes the header. A file that has something in it is never touched.
 * Throws RenegoError `usage`/`RECORD_EXISTS` for that, `usage`/`RECORD_FAILED` where the file cannot be written.
 */
export function createRecorder(path: string, header: SessionHeader, onFailure: (detail: string) => void): Recorder {
  let file: number | undefined = openNew(path);
  let [events, size] = [0, 0];
  let failure: string | undefined;
  /** Lines that are many, until the next turn. */
  let passed = '';

  function write(text: string): void {
    if (file === undefined) return;
    try {
      size += writeWhole(file, text);
    } catch (error) {
      failure = reasonOf(error);
      release();
      onFailure(failure);
    }
  }

  /** After those that came before it. */
  function line(text: string): void {
    write(`${passed}${text}\n`);
    passed = '';
  }

  function flush(): void {
    if (passed !== '') write(passed);
    passed = '';
  }

  function release(): void {
    if (file !== undefined) closeSync(file);
    file = undefined;
  }

  line(encodeHeader(header));
  return {
    path,
    get size() {
      return size;
    },
    get failure() {
      return failure;
    },
    accept(event) {
      events += 1;
      line(encodeEvent(event));
    },
    passed(event) {
      events += 1;
      if (passed === '') setImmediate(flush);
      passed += `${encodeEvent(event)}\n`;
      if (passed.length > MOST_PASSED) flush();
    },
    close(reason) {
      line(encodeEnd({ events, reason }));
      release();
    },
  };
}

function openNew(path: string): number {
  const { O_APPEND, O_CREAT, O_WRONLY } = constants;
  let file: number;
  try {
    file = openSync(path, O_APPEND | O_CREAT | O_WRONLY, OWNER_ONLY);
  } catch (error) {
    const hint = 'Name a file in a folder that exists and that you may write to.';
    throw new RenegoError('usage', 'RECORD_FAILED', `cannot record to ${path}: ${reasonOf(error)}`, hint);
  }
  const stat = fstatSync(file);
  if (stat.isFile() && stat.size > 0) {
    closeSync(file);
    const hint = 'A recording is never overwritten. Name another file, or remove this one.';
    throw new RenegoError('usage', 'RECORD_EXISTS', `${path} is not empty`, hint);
  }
  if (stat.isFile()) fchmodSync(file, OWNER_ONLY);
  return file;
}

/** One `write` per line; a second one only where the system took a part. */
function writeWhole(file: number, text: string): number {
  const whole = Buffer.from(text);
  let rest = whole;
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
  return whole.length;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
