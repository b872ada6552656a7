/** `renego view`: the terminal UI on a recording. */
import { RenegoError } from '../../core/errors.ts';
import { loadConfig, parseRuleSettings, type RuleFlags } from '../config.ts';
import { createEnding, TERMINAL_GONE } from '../ending.ts';
import { filterOption } from '../filter.ts';
import { openInput } from '../input.ts';
import type { Context } from '../io.ts';
import { eventIn } from '../load.ts';
import { openRecording } from '../recording.ts';
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
  const over = new AbortController();
  const input = openInput(source, io);
  const recording = openRecording(input, over.signal);
  // Standard input would hold the process when the screen is left before its end.
  await (fromStdin || input.event !== undefined ? recording.read : recording.ready);
  if (input.event !== undefined) eventIn(recording.log, input.event, input.path);
  const { startTui } = await import('../../tui/start.ts');
  const stdin = keyboard(io, fromStdin);
  const ending = createEnding(context.unread);
  try {
    const screen = startTui({
      ...screenOptions(context, recording.log, recording.model, config),
      stdin,
      title: input.place,
      live: false,
      findings: recording.findings,
      work: recording.work,
      bell: false,
      signal: ending.signal,
      onGone: () => ending.end(TERMINAL_GONE),
      ...(flags.filter !== undefined && { filter: flags.filter }),
      ...(input.event !== undefined && { select: input.event }),
    });
    // The first frame is shown by now.
    const failed = (error: unknown) => ending.end({ reason: 'failed', thrown: { error } });
    recording.judge(settings).catch(failed);
    await screen.finally(() => over.abort());
    if (ending.why?.thrown !== undefined) throw ending.why.thrown.error;
    return ending.why?.code ?? 0;
  } finally {
    if (fromStdin) stdin.destroy();
    ending.release();
  }
}
