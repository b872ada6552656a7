/** `<session>` and `<session>#N`: reads a file or standard input, and recognises the format by content. */
import { readFileSync } from 'node:fs';
import { RenegoError } from '../core/errors.ts';
import type { Model } from '../core/model.ts';
import { emptyModel, reduce } from '../core/reduce.ts';
import type { Imported } from '../importers/importer.ts';
import { plainFormat } from '../importers/plain.ts';
import { readWith } from '../importers/reading.ts';
import type { Io } from './io.ts';
import { unpackText } from './unpack.ts';

export interface Loaded extends Imported {
  /** As given, without `#N`. */
  readonly path: string;
  /** The event named by `#N`. */
  readonly event: number | undefined;
  readonly model: Model;
}

/** Reads a session. Throws RenegoError `input` for what cannot be read, and for an event that is not in it. */
export async function load(source: string, io: Io): Promise<Loaded> {
  const { path, event, bytes } = await open(source, io);
  const imported = await importText(await unpackText(bytes, placeOf(path)), placeOf(path));
  const model = emptyModel();
  for (const one of imported.events) reduce(model, one);
  if (event !== undefined) eventIn(imported, event, path);
  return { ...imported, path, event, model };
}

/** The readers of other tools' formats are loaded where they are needed. */
async function importText(text: string, place: string): Promise<Imported> {
  const plain = plainFormat(text);
  if (plain !== undefined) return readWith(plain, text, place);
  const { readSession } = await import('../importers/index.ts');
  return readSession(text, place);
}

/** A file's text, or standard input's for `-`, unpacked, whatever it holds. Throws RenegoError `input`. */
export async function readText(path: string, io: Io): Promise<string> {
  return unpackText(await read(path, io), placeOf(path));
}

/** How messages name the input. */
function placeOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** The event with that number. Throws RenegoError `input`/`NO_SUCH_EVENT`. */
export function eventIn({ events }: Imported, seq: number, path: string): Imported['events'][number] {
  const found = events.find((event) => event.seq === seq);
  if (found !== undefined) return found;
  const [first, last] = [events[0]?.seq, events.at(-1)?.seq];
  const hint = first === undefined ? 'It holds no events.' : `It holds events ${first} to ${last}.`;
  throw new RenegoError('input', 'NO_SUCH_EVENT', `${path} has no event ${seq}`, hint);
}

interface Opened {
  readonly path: string;
  readonly event: number | undefined;
  readonly bytes: Uint8Array;
}

/** A file may really be called `a#4`; so the whole name is tried first. */
async function open(source: string, io: Io): Promise<Opened> {
  const [, base, number] = /^(.+)#(\d+)$/s.exec(source) ?? [];
  if (base === undefined) return { path: source, event: undefined, bytes: await read(source, io) };
  if (base !== '-') {
    const bytes = await read(source, io).catch(() => undefined);
    if (bytes !== undefined) return { path: source, event: undefined, bytes };
  }
  return { path: base, event: Number(number), bytes: await read(base, io) };
}

async function read(path: string, io: Io): Promise<Uint8Array> {
  if (path === '-') return readStream(io.stdin);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new RenegoError('input', 'UNREADABLE', `cannot read ${path}: ${reasonOf(error)}`, hintOf(error));
  }
}

async function readStream(stream: NodeJS.ReadableStream): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
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
