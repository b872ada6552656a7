/** `renego view`: the terminal UI on a recording. */
import { RenegoError } from '../../core/errors.ts';
import { createLog } from '../../core/log.ts';
import { createEnding } from '../ending.ts';
import type { Context } from '../io.ts';
import { load } from '../load.ts';

export async function run(context: Context, [source = '-']: readonly string[]): Promise<number> {
  if (!context.interactive) {
    const why = source === '-' ? 'standard input is the session, not the keyboard' : 'this is no terminal';
    const hint = source === '-' ? 'Save it to a file and view that.' : 'renego show prints the same as text.';
    throw new RenegoError('usage', 'NO_TERMINAL', `cannot open the screen: ${why}`, hint);
  }
  const loaded = await load(source, context.io);
  const log = createLog(loaded.header, () => 0);
  for (const event of loaded.events) log.append(event);
  const { startTui } = await import('../../tui/start.tsx');
  const ending = createEnding(context.unread);
  try {
    await startTui({
      log,
      model: loaded.model,
      title: loaded.path,
      live: false,
      ascii: context.ascii,
      stdin: context.io.stdin as NodeJS.ReadStream,
      stdout: context.io.stdout as NodeJS.WriteStream,
      signal: ending.signal,
    });
    if (ending.why?.thrown !== undefined) throw ending.why.thrown.error;
    return ending.why?.code ?? 0;
  } finally {
    ending.release();
  }
}
