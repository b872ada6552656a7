/** `renego convert <in> <out>`: a session in another format, also without its secrets. */
import { writeFile } from 'node:fs/promises';
import { RenegoError } from '../../core/errors.ts';
import type { Model } from '../../core/model.ts';
import { emptyModel, reduce } from '../../core/reduce.ts';
import { check } from '../../rules/index.ts';
import { createRedactor } from '../../session/redact.ts';
import { type Material, outputFormat } from '../formats.ts';
import type { Context } from '../io.ts';
import { type Loaded, load } from '../load.ts';

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
  const format = outputFormat(target, flags.to);
  const loaded = await load(source, context.io);
  const material = materialOf(flags.redact === true ? redacted(loaded) : loaded);
  const text = await format.write(material);
  if (target === '-') context.io.stdout.write(text);
  else {
    await save(target, text, flags.force === true);
    context.io.stderr.write(`renego: wrote ${target} (${format.name}, ${material.events.length} events)\n`);
  }
  return 0;
}

/** Findings are computed when they are asked for. */
export function materialOf(loaded: Loaded): Material {
  return { ...loaded, findings: () => check(loaded.events, {}) };
}

/** The same session with stand-ins for all secrets, its model made anew. */
export function redacted(loaded: Loaded): Loaded {
  const redactor = createRedactor();
  const header = redactor.header(loaded.header);
  const events = loaded.events.map((event) => redactor.event(event));
  return { ...loaded, header, events, model: modelOf(events) };
}

function modelOf(events: Loaded['events']): Model {
  const model = emptyModel();
  for (const event of events) reduce(model, event);
  return model;
}

/** Only its owner may read it, as with recordings. Throws RenegoError `usage`/`FILE_EXISTS`, `input`/`UNWRITABLE`. */
export async function save(path: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: overwrite ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new RenegoError('usage', 'FILE_EXISTS', `${path} exists already`, 'Name another file, or give --force.');
    throw new RenegoError('input', 'UNWRITABLE', `cannot write ${path}: ${message}`);
  }
}
