/** Errors that are meant for the user: what happened, what to do, and a stable code. */

/** Which exit code an error leads to: 2, 3, 4 (see cli/exit-codes.ts). */
export type ErrorKind = 'usage' | 'connect' | 'input';

export class RenegoError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  /** What the user can do about it, as a sentence. */
  readonly hint: string | undefined;

  /** Also of another copy of this class: modules of users import the library, which the program does not share. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'RenegoError';
  }

  constructor(kind: ErrorKind, code: string, message: string, hint?: string) {
    super(message);
    this.name = 'RenegoError';
    this.kind = kind;
    this.code = code;
    this.hint = hint;
  }
}
