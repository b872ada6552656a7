/** The streams of the process, made when there is no way around them: that takes longer than most commands work. */
import { fstatSync, statSync, writeSync } from 'node:fs';
import type { Io, Output, OutputEvent, OutputListener } from './io.ts';

/** The process as commands see it. A terminal is Node's own stream, as what draws on it needs. */
export interface ProcessIo extends Io {
  /** All that was written has left: nothing waits in a stream. */
  readonly written: boolean;
}

export function ioOf(process: NodeJS.Process): ProcessIo {
  const made: NodeJS.WriteStream[] = [];
  const output = (fd: number, stream: () => NodeJS.WriteStream): Output => {
    const make = () => {
      const real = stream();
      made.push(real);
      return real;
    };
    return process.platform === 'win32' || (fd === 1 && isTerminal(fd)) ? make() : lateStream(fd, make);
  };
  let [stdout, stderr]: (Output | undefined)[] = [];
  return {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      stdout ??= output(1, () => process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= output(2, () => process.stderr);
      return stderr;
    },
    get written() {
      return made.every(({ writableLength }) => writableLength === 0);
    },
    env: process.env,
  };
}

/** Whether it may be one. Node's own answer brings its sockets with it. */
export function isTerminal(fd: number): boolean {
  try {
    const about = fstatSync(fd);
    return about.isCharacterDevice() && about.rdev !== statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}

/**
 * Writes at once, as Node's own streams do to all that are open from the start, but on Windows. What does not go at once,
 * and what fails, is left to the stream, which tells of it.
 */
export function lateStream(fd: number, make: () => NodeJS.WriteStream): Output {
  return new LateStream(fd, make);
}

class LateStream implements Output {
  readonly #fd: number;
  readonly #make: () => NodeJS.WriteStream;
  #stream: NodeJS.WriteStream | undefined;
  readonly #listeners: (readonly [OutputEvent, OutputListener])[] = [];

  constructor(fd: number, make: () => NodeJS.WriteStream) {
    this.#fd = fd;
    this.#make = make;
  }

  get isTTY(): boolean {
    return isTerminal(this.#fd) && this.#made().isTTY;
  }

  get columns(): number {
    return this.#made().columns;
  }

  get writable(): boolean {
    return this.#stream?.writable ?? true;
  }

  write(text: string): boolean {
    const rest = this.#stream === undefined ? this.#unwritten(text) : text;
    return rest.length === 0 || this.#made().write(rest);
  }

  #unwritten(text: string): string | Uint8Array {
    try {
      const bytes = writeSync(this.#fd, text);
      return bytes === Buffer.byteLength(text) ? '' : Buffer.from(text).subarray(bytes);
    } catch {
      return text;
    }
  }

  on(event: OutputEvent, listener: OutputListener): void {
    if (this.#stream === undefined) this.#listeners.push([event, listener]);
    else this.#stream.on(event, listener);
  }

  off(event: OutputEvent, listener: OutputListener): void {
    const at = this.#listeners.findIndex((one) => one[0] === event && one[1] === listener);
    if (at >= 0) this.#listeners.splice(at, 1);
    this.#stream?.off(event, listener);
  }

  once(event: OutputEvent, listener: OutputListener): void {
    this.#made().once(event, listener);
  }

  #made(): NodeJS.WriteStream {
    if (this.#stream === undefined) {
      this.#stream = this.#make();
      for (const [event, listener] of this.#listeners.splice(0)) this.#stream.on(event, listener);
    }
    return this.#stream;
  }
}
