/** Runs the command line in this process, with streams in place of the terminal. */
import { PassThrough, Readable, Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/main.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of the terminal that stdout pretends to be. */
  readonly columns?: number;
}

/** Streams in place of the terminal, and what was written to them. */
export function collected({ stdin, env = {}, columns }: Surroundings = {}) {
  const stdout = collector(columns);
  const stderr = collector(undefined);
  const io: Io = {
    stdin: stdin === undefined ? new PassThrough().end() : Readable.from([Buffer.from(stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { LANG: 'C.UTF-8', ...env },
  };
  return { io, stdout: stdout.text, stderr: stderr.text };
}

/** What the command prints, and its exit code. */
export async function renego(argv: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { io, stdout, stderr } = collected(surroundings);
  const code = await run(argv, io);
  return { code, stdout: stdout(), stderr: stderr() };
}

function collector(columns: number | undefined) {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk.toString('utf8'));
      done();
    },
  });
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns });
  return { stream, text: () => parts.join('') };
}
