/** `renego show`: a recording as a ladder in text, or as one JSON object. */
import { RenegoError } from '../../core/errors.ts';
import { type Filter, parseFilter } from '../../core/filter.ts';
import { type Context, columnsOf } from '../io.ts';
import { load } from '../load.ts';

interface ShowFlags {
  readonly json?: boolean;
  readonly filter?: string;
}

export async function run(context: Context, [source = '-']: readonly string[], flags: ShowFlags): Promise<number> {
  const filter = filterOf(flags.filter ?? '');
  const { model, header, event: only } = await load(source, context.io);
  const shown = model.events.filter((event) => (only === undefined || event.seq === only) && filter(model, event));
  if (flags.json === true) {
    const [{ showJson }, { check }] = await Promise.all([
      import('../../core/report.ts'),
      import('../../rules/index.ts'),
    ]);
    const report = showJson(header, model, { findings: check(model.events) });
    const seqs = new Set(shown.map(({ seq }) => seq));
    const events = report.events.filter((event) => seqs.has((event as { seq: number }).seq));
    context.io.stdout.write(`${JSON.stringify({ ...report, events })}\n`);
    return 0;
  }
  const { createTextSink } = await import('../../sinks/text.ts');
  const columns = columnsOf(context.io, 0);
  const parts: string[] = [];
  const sink = createTextSink((text) => parts.push(text), { ascii: context.ascii, columns, parties: model.parties });
  for (const event of shown) sink.accept(event, model);
  context.io.stdout.write(parts.join(''));
  if (shown.length === 0) context.io.stderr.write('renego: no event matches\n');
  return 0;
}

function filterOf(text: string): Filter {
  const parsed = parseFilter(text);
  if ('filter' in parsed) return parsed.filter;
  const { column, message } = parsed.error;
  throw new RenegoError('usage', 'BAD_FILTER', `--filter: ${message} (column ${column} of '${text}')`);
}
