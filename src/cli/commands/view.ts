/** `renego view`: the terminal UI on a recording. */
import { RenegoError } from '../../core/errors.ts';
import { createLog } from '../../core/log.ts';
import { growingFindings } from '../../rules/finding-store.ts';
import { loadConfig, parseRuleSettings, type RuleFlags } from '../config.ts';
import { createEnding, TERMINAL_GONE } from '../ending.ts';
import { filterOption } from '../filter.ts';
import type { Context } from '../io.ts';
import { load } from '../load.ts';
import { keyboard, screenOptions } from '../screen.ts';

interface ViewFlags extends RuleFlags {
  readonly filter?: string;
}

export async function run(context: Context, [source = '-']: readonly string[], flags: ViewFlags): Promise<number> {
  const { io } = context;
  if (context.plain === true) return (await import('./show.ts')).run(context, [source], flags);
  const fromStdin = source === '-' || source.startsWith('-#');
  if (io.stdout.isTTY !== true || (!fromStdin && io.stdin.isTTY !== true)) {
    const hint = 'renego show prints the same as text.';
    throw new RenegoError('usage', 'NO_TERMINAL', 'cannot open the screen: this is no terminal', hint);
  }
  const config = await loadConfig(io, flags.config);
  const settings = { ...config.rules, ...parseRuleSettings(flags.rule ?? []) };
  if (flags.filter !== undefined) filterOption(flags.filter, config.filters);
  const loaded = await load(source, io);
  const log = createLog(loaded.header, () => loaded.events.at(-1)?.t ?? 0);
  for (const event of loaded.events) log.append(event);
  // Notes are all that comes after.
  log.subscribe((event) => loaded.add(event));
  const { startTui } = await import('../../tui/start.ts');
  const stdin = keyboard(io, fromStdin);
  const ending = createEnding(context.unread);
  try {
    const { findings, tell } = growingFindings();
    const screen = startTui({
      ...screenOptions(context, log, loaded.model, config),
      stdin,
      title: loaded.path === '-' ? 'standard input' : loaded.path,
      live: false,
      findings,
      bell: false,
      signal: ending.signal,
      onGone: () => ending.end(TERMINAL_GONE),
      ...(flags.filter !== undefined && { filter: flags.filter }),
      ...(loaded.event !== undefined && { select: loaded.event }),
    });
    // The first frame is shown by now.
    const judge = async () => tell((await import('../../rules/index.ts')).check(loaded.events, { settings }));
    await Promise.all([screen, judge()]);
    if (ending.why?.thrown !== undefined) throw ending.why.thrown.error;
    return ending.why?.code ?? 0;
  } finally {
    if (fromStdin) stdin.destroy();
    ending.release();
  }
}
