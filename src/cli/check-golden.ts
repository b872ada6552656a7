/** `renego check --golden <file>`: recordings compared by meaning with one that was good. */
import { RenegoError } from '../core/errors.ts';
import type { EventList } from '../core/event-list.ts';
import { compareRecordings, type Golden } from '../rules/golden.ts';
import { verdictsGithub } from '../sinks/verdict/github.ts';
import { verdictsJunit } from '../sinks/verdict/junit.ts';
import { unreadText, verdictText } from '../sinks/verdict/text.ts';
import { isRead, isSame, type Judged, verdictJson } from '../sinks/verdict/verdict.ts';
import { converse } from './converse.ts';
import { reportError } from './errors.ts';
import { EXIT } from './exit-codes.ts';
import { goldenOf } from './golden.ts';
import { type Context, columnsOf } from './io.ts';
import { load } from './load.ts';
import type { RuleSettings } from './settings.ts';

export interface GoldenOptions {
  readonly golden: string;
  readonly settings: RuleSettings;
  readonly format: string;
  /** The paths are descriptions of one conversation. */
  readonly as?: string;
}

/**
 * Exit code 1 if any of them is not as the golden one, 4 if one cannot be read; the others are compared all the same.
 * Throws RenegoError if the golden one cannot be read.
 */
export async function checkGolden(context: Context, paths: readonly string[], options: GoldenOptions): Promise<number> {
  const print = printerOf(context, options.format);
  const good = goldenOf((await load(options.golden, context.io)).events, options.settings);
  const judged: Judged[] = [];
  if (options.as !== undefined) {
    const events = await converse(paths, options.as, context.io);
    judged.push(compared(paths.join(', '), events, good, options));
  } else for (const path of paths) judged.push(await judgedFile(path, good, context, options));
  context.io.stdout.write(print(judged));
  if (!judged.every(isRead)) return EXIT.input;
  return judged.every(isSame) ? EXIT.ok : EXIT.different;
}

async function judgedFile(path: string, good: Golden, context: Context, options: GoldenOptions): Promise<Judged> {
  try {
    return compared(path, (await load(path, context.io)).events, good, options);
  } catch (error) {
    if (!(error instanceof RenegoError) || error.kind !== 'input') throw error;
    reportError(error, context);
    return { title: options.golden, subject: path, error: { code: error.code, message: error.message } };
  }
}

function compared(subject: string, events: EventList, good: Golden, { golden, settings }: GoldenOptions): Judged {
  const comparison = compareRecordings(good, goldenOf(events, settings));
  return { title: golden, subject, comparison, reports: [] };
}

function printerOf({ ascii, io }: Context, format: string): (judged: readonly Judged[]) => string {
  const drawing = { ascii, columns: columnsOf(io, 0) };
  const each = (print: (one: Judged) => string) => (judged: readonly Judged[]) => judged.map(print).join('');
  if (format === 'text') return each((one) => (isRead(one) ? verdictText(one, drawing) : unreadText(one, drawing)));
  if (format === 'json') return each((one) => `${JSON.stringify(verdictJson(one))}\n`);
  if (format === 'junit') return (judged) => verdictsJunit('renego check', judged);
  if (format === 'github') return verdictsGithub;
  throw new RenegoError(
    'usage',
    'GOLDEN_FORMAT',
    `--golden has no format '${format}'`,
    'There are text, json, junit and github.',
  );
}
