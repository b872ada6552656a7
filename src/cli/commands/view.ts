/** `renego view`: the terminal UI on a recording, or on several as one. */
import { RenegoError } from '../../core/errors.ts';
import { loadConfig, parseRuleSettings, type RuleFlags } from '../config.ts';
import { createEnding, TERMINAL_GONE } from '../ending.ts';
import { type Feed, feedOf } from '../feed.ts';
import { filterOption } from '../filter.ts';
import { type Input, openInput } from '../input.ts';
import type { Context } from '../io.ts';
import { eventIn } from '../load.ts';
import { openRecording } from '../recording.ts';
import { keyboard, screenOptions } from '../screen.ts';

interface ViewFlags extends RuleFlags {
  readonly filter?: string;
}

export async function run(context: Context, sources: readonly string[], flags: ViewFlags): Promise<number> {
  const { io } = context;
  if (context.plain === true) return (await import('./show.ts')).run(context, sources, flags);
  const inputs = sources.map((source) => openInput(source, io));
  const [fromStdin, twice] = inputs.filter(({ path }) => path === '-');
  if (twice !== undefined) throw new RenegoError('usage', 'STDIN_TWICE', 'standard input can be read once only');
  if (io.stdout.isTTY !== true || (fromStdin === undefined && io.stdin.isTTY !== true)) {
    const hint = 'renego show prints the same as text.';
    throw new RenegoError('usage', 'NO_TERMINAL', 'cannot open the screen: this is no terminal', hint);
  }
  const config = await loadConfig(io, flags.config);
  const settings = { ...config.rules, ...parseRuleSettings(flags.rule ?? []) };
  if (flags.filter !== undefined) filterOption(flags.filter, config.filters);
  const over = new AbortController();
  const { feed, selected } = await fed(inputs);
  const recording = openRecording(feed, over.signal);
  const named = inputs.some(({ event }) => event !== undefined);
  // Standard input would hold the process when the screen is left before its end.
  await (fromStdin !== undefined || named ? recording.read : recording.ready);
  const select = selected();
  const { startTui } = await import('../../tui/start.ts');
  const stdin = keyboard(io, fromStdin !== undefined);
  const ending = createEnding(context.unread);
  try {
    const screen = startTui({
      ...screenOptions(context, recording.log, recording.model, config),
      stdin,
      title: inputs.map(({ place }) => place).join(' + '),
      live: false,
      findings: recording.findings,
      work: recording.work,
      bell: false,
      signal: ending.signal,
      onGone: () => ending.end(TERMINAL_GONE),
      ...(flags.filter !== undefined && { filter: flags.filter }),
      ...(select !== undefined && { select }),
    });
    // The first frame is shown by now.
    const failed = (error: unknown) => ending.end({ reason: 'failed', thrown: { error } });
    recording.judge(settings).catch(failed);
    await screen.finally(() => over.abort());
    if (ending.why?.thrown !== undefined) throw ending.why.thrown.error;
    return ending.why?.code ?? 0;
  } finally {
    if (fromStdin !== undefined) stdin.destroy();
    ending.release();
  }
}

interface Fed {
  readonly feed: Feed;
  /** What the event named by `#N` is called, once all is read. Throws RenegoError `input` if there is none. */
  selected(): number | undefined;
}

async function fed(inputs: readonly Input[]): Promise<Fed> {
  const [input] = inputs;
  if (inputs.length === 1 && input !== undefined) {
    const feed = feedOf(input);
    return { feed, selected: () => input.event && eventIn(feed, input.event, input.path).seq };
  }
  const { together } = await import('../together.ts');
  const feed = together(inputs);
  return { feed, selected: feed.selected };
}
