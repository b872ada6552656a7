/** `<session>` and `<session>#N` as a stream of text: a file or standard input, unpacked on the way. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { RenegoError } from '../core/errors.ts';
import type { SessionHeader, SignalEvent } from '../core/event.ts';
import type { Importer, Spool } from '../importers/importer.ts';
import { plainFormat } from '../importers/plain.ts';
import { openReading } from '../importers/reading.ts';
import type { Io } from './io.ts';
import { linesOf } from './lines-of.ts';
import { partsFrom } from './parts.ts';
import { createSpool, type LinePlace } from './stored-lines.ts';
import { unpack } from './unpack.ts';

export interface Input {
  /** As given, without `#N`. */
  readonly path: string;
  /** How messages name it. */
  readonly place: string;
  /** The event named by `#N`. */
  readonly event: number | undefined;
  /** The file and those in which the recording goes on; none for standard input. */
  readonly files: readonly string[];
  /** Its text in pieces; once. Throws RenegoError `input` where it cannot be read any further. */
  readonly text: AsyncIterable<string>;
}

/** A file may really be called `a#4`; so the whole name is tried first. Nothing is read yet. */
export function openInput(source: string, io: Io): Input {
  const [, base, number] = /^(.+)#(\d+)$/s.exec(source) ?? [];
  const whole = base === undefined || (base !== '-' && existsSync(source));
  const path = whole ? source : base;
  const place = path === '-' ? 'standard input' : path;
  const files = path === '-' ? [] : partsFrom(path);
  const bytes = path === '-' ? buffers(io.stdin) : readFiles(files);
  const text = decoded(unpack(bytes, place));
  return { path, place, event: whole ? undefined : Number(number), files, text };
}

async function* buffers(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const part of stream) yield Buffer.from(part as Uint8Array);
}

async function* readFiles(paths: readonly string[]): AsyncGenerator<Uint8Array, void> {
  for (const path of paths) yield* readFile(path);
}

/** Bytes that are read at a time. */
const PIECE = 256 * 1024;

/** At once, piece by piece: most files are one piece, and waiting for it would take longer than reading it. */
async function* readFile(path: string): AsyncGenerator<Uint8Array, void> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = readSync(file, piece, 0, PIECE, null);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } catch (error) {
    throw new RenegoError('input', 'UNREADABLE', `cannot read ${path}: ${reasonOf(error)}`, hintOf(error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  for await (const part of bytes) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}

/** Characters of a text that is wanted whole: a description, a scenario. */
const LARGEST_TEXT = 64 * 1024 * 1024;

/** A file's text, or standard input's for `-`, unpacked, whatever it holds. Throws RenegoError `input`. */
export async function readText(path: string, io: Io): Promise<string> {
  const { text, place } = openInput(path, io);
  const parts: string[] = [];
  let length = 0;
  for await (const part of text) {
    parts.push(part);
    length += part.length;
    if (length > LARGEST_TEXT)
      throw new RenegoError('input', 'TOO_LARGE', `${place} holds more than ${LARGEST_TEXT / 1024 / 1024} MB of text`);
  }
  return parts.join('');
}

/** What is being read, while it is. */
export interface Progress {
  readonly format: string;
  /** As far as it is known; whole at the end. */
  header(): SessionHeader;
}

/**
 * Reads the events of an input one after the other; its format is told by its beginning. `between` is awaited between
 * pieces: whoever writes can make the reading wait. What stands before a damage is kept, and the damage is a `problem`
 * event. `put` is told where the line of an event is, if it holds exactly that. Throws RenegoError `input` if nothing can
 * be read.
 */
export async function readEvents(
  input: Input,
  put: (event: SignalEvent, place: LinePlace | undefined) => void,
  between: (progress: Progress) => Promise<void> | undefined = () => undefined,
): Promise<Progress> {
  const pieces = input.text[Symbol.asyncIterator]();
  const { head, fault } = await beginning(pieces);
  const importer = await importerOf(head, input.place, fault);
  let [count, last] = [0, { seq: 0, t: 0 }];
  let line: LinePlace | undefined;
  const spool = createSpool();
  const reading = openReading(
    importer,
    input.place,
    (event, asWritten) => {
      count += 1;
      last = event;
      put(event, asWritten ? line : undefined);
    },
    diskSpool(spool),
  );
  const progress = { format: importer.name, header: reading.header };
  let broken = fault;
  const plain = importer.name === 'session' ? linesOf(input.files) : undefined;
  if (plain === undefined) reading.write(head);
  else await pieces.return?.();
  while (broken === undefined) {
    await between(progress);
    try {
      if (plain === undefined) {
        const next = await pieces.next();
        if (next.done) break;
        reading.write(next.value);
      } else {
        const next = plain.next();
        if (next.done) break;
        for (const one of next.value) {
          line = one.place;
          reading.write(one.text);
        }
      }
    } catch (error) {
      broken = inputError(error);
    }
  }
  try {
    for (const _ of reading.ending()) await between(progress);
  } catch (error) {
    throw broken ?? error;
  } finally {
    spool.close();
  }
  if (broken !== undefined) {
    if (count === 0) throw broken;
    const problem = { kind: 'problem', code: broken.code, detail: broken.message } as const;
    put({ seq: last.seq + 1, t: last.t, from: '', to: '', ...problem }, undefined);
  }
  await between(progress);
  return progress;
}

/** What has to wait until all is read waits in a temporary file. */
const diskSpool = (file: ReturnType<typeof createSpool>): Spool => ({
  add: (text) => file.append(Buffer.from(text)),
  read: ({ at, length }) => file.read(at, length),
});

/** Characters by which the format is told, and blanks before them. */
const HEAD = 64 * 1024;
const MOST_BLANK = 16 * 1024 * 1024;

async function beginning(pieces: AsyncIterator<string>): Promise<{ head: string; fault: RenegoError | undefined }> {
  let head = '';
  try {
    while (head.trimStart().length < HEAD && head.length < MOST_BLANK) {
      const next = await pieces.next();
      if (next.done) break;
      head += next.value;
    }
  } catch (error) {
    return { head, fault: inputError(error) };
  }
  return { head, fault: undefined };
}

function inputError(error: unknown): RenegoError {
  if (error instanceof RenegoError && error.kind === 'input') return error;
  throw error;
}

/** The readers of other tools' formats are loaded where they are needed. */
async function importerOf(head: string, place: string, fault: RenegoError | undefined): Promise<Importer> {
  if (head === '' && fault !== undefined) throw fault;
  return plainFormat(head) ?? (await import('../importers/index.ts')).importerFor(head, place);
}

const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['there is no such file', 'Check the path; - reads from standard input.'],
  EACCES: ['permission denied', 'Recordings can be read by their owner only.'],
  EISDIR: ['it is a folder', 'Name a file in it.'],
};

function reasonOf(error: unknown): string {
  return REASONS[codeOf(error)]?.[0] ?? (error instanceof Error ? error.message : String(error));
}

function hintOf(error: unknown): string | undefined {
  return REASONS[codeOf(error)]?.[1];
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
