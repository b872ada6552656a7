/** What a command is: a file in specs/, and a function that is imported when it runs. */
import type { Context } from './io.ts';

export interface OptionSpec {
  /** As commander reads it: `-j, --json`, `--room <name>`. */
  readonly flags: string;
  readonly help: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** May be given more than once; the values are collected into a list. */
  readonly repeat?: true;
  /** Given in order: these options are collected, as they come, into the one list `ordered`. */
  readonly ordered?: true;
}

export interface Example {
  readonly command: string;
  readonly shows: string;
}

/** An option whose place counts, by its long name; true if it takes no value. */
export interface Ordered {
  readonly name: string;
  readonly value: string | true;
}

/** Runs to the end and says the exit code. Throws RenegoError for what the user can mend. */
export type Run<Options> = (context: Context, args: readonly string[], options: Options) => Promise<number>;

export interface CommandSpec {
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  /** More for `--help`, after the summary: a line a paragraph, however long. */
  readonly details?: string;
  readonly args: readonly { readonly name: string; readonly help: string }[];
  readonly options: readonly OptionSpec[];
  /** Two at least, with real arguments. */
  readonly examples: readonly Example[];
  /** commander fills in the options by the table's flags, so their type is the command's own business. */
  readonly load: () => Promise<Run<never>>;
}
