/** What a command gets from outside: the streams and the environment, and what was decided from them once. */

export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
}

/** Any stream that is written to is one. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly writable: boolean;
  /** False when it is better to wait for `drain`. */
  write(text: string): boolean;
  on(event: OutputEvent, listener: OutputListener): unknown;
  once(event: OutputEvent, listener: OutputListener): unknown;
  off(event: OutputEvent, listener: OutputListener): unknown;
}

export type OutputEvent = 'error' | 'drain' | 'close';
// biome-ignore lint/suspicious/noExplicitAny: what Node calls them with depends on the event
export type OutputListener = (...args: any[]) => void;

/** `process` is one; tests hand in their own. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Context {
  readonly io: Io;
  /** Draw with ASCII only. */
  readonly ascii: boolean;
  /** stdin and stdout are both terminals: the screen can be used. */
  readonly interactive: boolean;
  /** Text was asked for in place of the screen. */
  readonly plain?: boolean;
  /** Show stacks. */
  readonly debug: boolean;
  /** Aborts when nobody reads stdout any more (EPIPE). */
  readonly unread: AbortSignal;
}

/** Columns of the terminal; `fallback` where stdout is none. */
export function columnsOf(io: Io, fallback: number): number {
  return io.stdout.isTTY === true && (io.stdout.columns ?? 0) > 0 ? (io.stdout.columns as number) : fallback;
}

/** True unless the locale says that the terminal does not read UTF-8. An unset locale says nothing. */
export function readsUtf8(env: Io['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale === undefined || locale === '' || /utf-?8/i.test(locale);
}
