/** What the terminal UI needs from outside: the terminal, a place to save to, an editor. */
import { existsSync, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { RenegoError } from '../core/errors.ts';
import { eventAt } from '../core/event-at.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { createRecorder } from '../sinks/recorder.ts';
import { saveFilter } from './filter.ts';
import { firstHint } from './first-hint.ts';
import type { Context, Io } from './io.ts';
import type { ScreenSettings } from './settings.ts';
import { clipboardOf, show } from './viewers.ts';

/** The part of the UI's options that does not depend on what is shown. */
export function screenOptions({ io, ascii }: Context, log: Log, model: Model, settings: Partial<ScreenSettings> = {}) {
  let { filters = {} } = settings;
  return {
    log,
    model,
    ascii: ascii || settings.ascii === true,
    theme: settings.theme ?? 'auto',
    keys: settings.keys ?? {},
    mouse: settings.mouse ?? true,
    stdout: io.stdout as NodeJS.WriteStream,
    ...suspension(),
    ...firstHint(io, settings),
    ...clipboardOf(io.env, (text) => void io.stdout.write(text)),
    save: (seqs?: readonly number[]) => save(log, model, seqs),
    note: (text: string, of: number) => note(log, text, of),
    pager: (text: string, what: string) => show(text, what, io.env, 'pager'),
    filters: () => filters,
    saveFilter(name: string, text: string) {
      const told = saveFilter(io, name, text);
      filters = { ...filters, [name]: text };
      return told;
    },
    editor: (text: string, what: string) => show(text, what, io.env, 'editor'),
  };
}

/** How the screen gives the terminal back to the shell for a while; Windows has nothing like it. */
function suspension() {
  if (process.platform === 'win32') return {};
  return {
    suspendProcess: (by: 'key' | 'signal') =>
      new Promise<void>((resolve) => {
        process.once('SIGCONT', () => resolve());
        // A key stops the whole job, also an npx around us, or else the shell would not come back.
        process.kill(by === 'key' ? 0 : process.pid, 'SIGSTOP');
      }),
    onStop(listener: () => void) {
      process.on('SIGTSTP', listener);
      return () => void process.off('SIGTSTP', listener);
    },
  };
}

/** Writes the session as it is, or only some events of it, to a new file in the working folder. Says what to tell the user. */
function save(log: Log, model: Model, seqs?: readonly number[]): string {
  const path = freeName();
  const recorder = createRecorder(path, log.header, () => {});
  const kept = seqs === undefined ? undefined : new Set(seqs);
  for (const event of log.events) if (kept === undefined || kept.has(event.seq)) recorder.accept(event, model);
  recorder.close('saved');
  if (recorder.failure !== undefined) return `not saved: ${recorder.failure}`;
  return kept === undefined ? `saved to ${path}` : `${kept.size} events saved to ${path}`;
}

/** Named after the second it is saved in; with a number behind it where that is taken. */
function freeName(): string {
  const stamp = new Date().toISOString().replace(/[-:]|\..*/g, '');
  const named = (count: number) => `renego-${stamp}${count === 1 ? '' : `-${count}`}.renego.ndjson`;
  let count = 1;
  while (existsSync(named(count))) count += 1;
  return named(count);
}

/** On the lane of the event it is about. */
function note(log: Log, text: string, of: number): void {
  const from = eventAt(log.events, of)?.from ?? '';
  log.append({ from, to: from, kind: 'mark', text, of });
}

/** The keyboard: standard input, or the terminal itself where standard input is the session. */
export function keyboard(io: Io, used: boolean): NodeJS.ReadStream {
  if (!used) return io.stdin as NodeJS.ReadStream;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    const hint = 'Save the session to a file and view that.';
    throw new RenegoError('usage', 'NO_TERMINAL', 'cannot open the screen: standard input is the session', hint);
  }
}
