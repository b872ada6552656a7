/** How a live session is shown: the screen, JSON lines or text. */
import { createJsonLines } from '../sinks/json-lines.ts';
import type { Sink } from '../sinks/sink.ts';
import { createTextSink } from '../sinks/text.ts';
import { TERMINAL_GONE } from './ending.ts';
import { type Context, columnsOf } from './io.ts';
import type { Live, LiveOptions } from './pipeline.ts';
import { keyboard, screenOptions } from './screen.ts';

export interface Face {
  readonly sink?: Sink;
  /** Settles when the face is gone; at once for those that only write. */
  readonly closed: Promise<void>;
  /** Stays when the source is over, until the user leaves. */
  readonly outlives: boolean;
}

const CLOSED = Promise.resolve();

/** Whether a live session is shown on the screen, where all of it can be looked at; else it is only written. */
export function hasScreen({ interactive }: Context, { json, plain }: Pick<LiveOptions, 'json' | 'plain'>): boolean {
  return !json && interactive && plain !== true;
}

export async function openFace(live: Live): Promise<Face> {
  const { context, options } = live;
  const write = (text: string) => {
    if (!context.unread.aborted) context.io.stdout.write(text);
  };
  if (options.json) return { sink: createJsonLines(write), closed: CLOSED, outlives: false };
  if (hasScreen(context, options)) return openScreen(live);
  const columns = columnsOf(context.io, 0);
  const tell = options.aside === true ? (text: string) => void context.io.stderr.write(text) : write;
  return {
    sink: createTextSink(tell, { ascii: context.ascii, columns, all: options.all === true }),
    closed: CLOSED,
    outlives: false,
  };
}

async function openScreen({ context, options, log, model, ending, judging, dispatch }: Live): Promise<Face> {
  const { startTui } = await import('../tui/start.ts');
  const screen = startTui({
    ...screenOptions(context, log, model, options.screen),
    findings: judging.findings,
    stdin: keyboard(context.io, false),
    title: options.title,
    ...(options.waiting !== undefined && { waiting: options.waiting }),
    live: true,
    signal: ending.signal,
    dispatch,
    refusal: (action) => options.source.refusal(action),
    ...(options.source.configuration && { configuration: options.source.configuration }),
    ...(options.source.stays && { stays: options.source.stays }),
    held: () => options.source.held?.() ?? [],
    attend: (seq) => options.source.attend?.(seq) ?? (() => {}),
    onQuit: () => ending.end({ reason: 'user' }),
    onGone: () => ending.end(TERMINAL_GONE),
  });
  // A terminal that went away ends the session like a user who left it; a broken screen ends it and is reported.
  const closed = screen.finally(() => ending.end({ reason: 'terminal closed' }));
  return { closed, outlives: true };
}
