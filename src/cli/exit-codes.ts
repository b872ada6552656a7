/** The exit codes of renego, a contract with scripts. Nothing else decides one; only bin sets it. */
import { constants } from 'node:os';
import type { ErrorKind } from '../core/errors.ts';

export const EXIT = {
  /** All fine; for `diff`: equal. */
  ok: 0,
  /** Findings, differences or failed expectations. */
  different: 1,
  /** Wrong use or configuration. */
  usage: 2,
  /** Could not connect or start. */
  connect: 3,
  /** Input unreadable. */
  input: 4,
  /** A bug in renego (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;

/** The exit code of an error that is meant for the user. */
export function exitCodeOf(kind: ErrorKind): number {
  return EXIT[kind];
}

/** What a shell reports for a program ended by this signal: 128 + its number. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return 128 + (constants.signals[signal] ?? 0);
}
