/** `renego check --golden <file>`: recordings compared by meaning with one that was good. */
import { RenegoError } from '../core/errors.ts';
import { compareRecordings } from '../rules/golden.ts';
import { verdictJunit } from '../sinks/verdict/junit.ts';
import { verdictText } from '../sinks/verdict/text.ts';
import { isSame, type Verdict, verdictJson } from '../sinks/verdict/verdict.ts';
import { EXIT } from './exit-codes.ts';
import { goldenOf } from './golden.ts';
import { type Context, columnsOf } from './io.ts';
import { load } from './load.ts';
import type { RuleSettings } from './settings.ts';

export interface GoldenOptions {
  readonly golden: string;
  readonly settings: RuleSettings;
  readonly format: string;
}

/** Exit code 1 if any of them is not as the golden one. Throws RenegoError for what cannot be read. */
export async function checkGolden(context: Context, paths: readonly string[], options: GoldenOptions): Promise<number> {
  const print = printerOf(context, options.format);
  const good = goldenOf((await load(options.golden, context.io)).events, options.settings);
  let code: number = EXIT.ok;
  for (const path of paths) {
    const now = goldenOf((await load(path, context.io)).events, options.settings);
    const comparison = compareRecordings(good, now);
    const verdict: Verdict = { title: options.golden, subject: path, comparison, reports: [] };
    context.io.stdout.write(print(verdict));
    if (!isSame(verdict)) code = EXIT.different;
  }
  return code;
}

function printerOf({ ascii, io }: Context, format: string): (verdict: Verdict) => string {
  if (format === 'text') return (verdict) => verdictText(verdict, { ascii, columns: columnsOf(io, 0) });
  if (format === 'json') return (verdict) => `${JSON.stringify(verdictJson(verdict))}\n`;
  if (format === 'junit') return verdictJunit;
  throw new RenegoError(
    'usage',
    'GOLDEN_FORMAT',
    `--golden has no format '${format}'`,
    'There are text, json and junit.',
  );
}
