/** `renego convert <in> <out>`: a session in another format, also without its secrets. */
import type { SignalEvent } from '../../core/event.ts';
import { createRedactor } from '../../session/redact.ts';
import { weightOf } from '../event-store.ts';
import { outputFormat, type ReportFormat, type StreamedFormat } from '../formats.ts';
import { type Input, openInput, type Progress, readEvents } from '../input.ts';
import type { Context } from '../io.ts';
import { load, noSuchEvent } from '../load.ts';
import { materialOf, redacted } from '../material.ts';
import { createFile, outputOf, type TextOutput, writeParts } from '../save.ts';

interface ConvertFlags {
  readonly redact?: boolean;
  readonly to?: string;
  readonly force?: boolean;
}

export async function run(
  context: Context,
  [source = '-', target = '-']: readonly string[],
  flags: ConvertFlags,
): Promise<number> {
  const { io } = context;
  const format = outputFormat(target, flags.to);
  let opened: TextOutput | undefined;
  /** Not before there is something to write: an input that cannot be read leaves no empty file. */
  const output = async (): Promise<TextOutput> => {
    opened ??= target === '-' ? outputOf(io.stdout) : await createFile(target, source, flags.force === true);
    return opened;
  };
  try {
    const redact = flags.redact === true;
    const events =
      'open' in format
        ? await stream(format, openInput(source, io), output, redact, (text) => io.stderr.write(text))
        : await report(format, source, context, output, redact);
    if (target !== '-') io.stderr.write(`renego: wrote ${target} (${format.name}, ${events} events)\n`);
    return 0;
  } finally {
    await opened?.close();
  }
}

async function report(
  format: ReportFormat,
  source: string,
  context: Context,
  output: () => Promise<TextOutput>,
  redact: boolean,
): Promise<number> {
  const loaded = await load(source, context.io);
  const material = materialOf(redact ? redacted(loaded) : loaded);
  const parts = await format.write(material);
  await writeParts(await output(), parts, context);
  return material.events.length;
}

/**
 * Events, and characters of them, that are looked at before the header is written: formats without one show only by and
 * by who takes part.
 */
const AHEAD = { events: 1000, weight: 16 * 1024 * 1024 };

/** The rest of the file is not in what is written. */
const isDamage = (code: string): boolean =>
  /^(?:INPUT_CUT|INPUT_DAMAGED|GZIP_DAMAGED|TOO_LARGE|UNREADABLE)$/.test(code);

/** Each event is written when it has been read; nothing of it is kept. Returns how many there were. */
async function stream(
  format: StreamedFormat,
  input: Input,
  output: () => Promise<TextOutput>,
  redact: boolean,
  tell: (text: string) => void,
): Promise<number> {
  const redactor = redact ? createRedactor() : undefined;
  let waiting: SignalEvent[] = [];
  let weight = 0;
  let [count, first, last]: [number, number | undefined, number | undefined] = [0, undefined, undefined];
  let writer: Awaited<ReturnType<StreamedFormat['open']>> | undefined;
  let met = input.event === undefined;

  async function write({ header }: Progress): Promise<void> {
    const to = await output();
    const parts: string[] = [];
    if (writer === undefined) {
      writer = await format.open(redactor?.header(header()) ?? header());
      parts.push(writer.start());
    }
    for (const event of waiting) parts.push(writer.event(redactor?.event(event) ?? event));
    [waiting, weight] = [[], 0];
    await to.write(parts.join(''));
  }

  const progress = await readEvents(
    input,
    (event) => {
      waiting.push(event);
      if (writer === undefined) weight += weightOf(event);
      count += 1;
      first ??= event.seq;
      last = event.seq;
      met ||= event.seq === input.event;
      if (event.kind === 'problem' && isDamage(event.code)) tell(`renego: ${event.detail} [${event.code}]\n`);
    },
    (now) => {
      const isEnough = writer !== undefined || waiting.length >= AHEAD.events || weight >= AHEAD.weight;
      return isEnough && waiting.length > 0 ? write(now) : undefined;
    },
  );
  if (!met && input.event !== undefined) throw noSuchEvent(input.event, input.path, [first, last]);
  await write(progress);
  const to = await output();
  for (const text of writer?.end() ?? []) await to.write(text);
  return count;
}
