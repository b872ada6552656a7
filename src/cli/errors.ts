/** How errors reach the user: what happened, what to do, a stable code. The stack only on request. */
import { RenegoError } from '../core/errors.ts';
import { printable } from '../core/text.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import type { Context } from './io.ts';

const REPORT = 'This is a bug in renego. Run again with --debug and report what it prints.';

/** Writes the error to stderr and returns the exit code it leads to. */
export function reportError(error: unknown, context: Pick<Context, 'io' | 'debug'>): number {
  const known = error instanceof RenegoError;
  const code = known ? error.code : 'INTERNAL';
  const hint = known ? error.hint : REPORT;
  const lines = [`renego: ${visible(messageOf(error))} [${code}]`];
  if (hint !== undefined)
    lines.push(
      ...visible(hint)
        .split('\n')
        .map((line) => `  ${line}`),
    );
  if (context.debug) lines.push(visible(stackOf(error)));
  context.io.stderr.write(`${lines.join('\n')}\n`);
  return known ? exitCodeOf(error.kind) : EXIT.bug;
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/** Printable, keeping the line breaks that are ours. */
function visible(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
