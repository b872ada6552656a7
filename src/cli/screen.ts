/** What the terminal UI needs from outside: the terminal, a place to save to, an editor. */
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import { RenegoError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Model } from '../core/model.ts';
import { createRecorder } from '../sinks/recorder.ts';
import { saveFilter } from './filter.ts';
import type { Context, Io } from './io.ts';
import type { ScreenSettings } from './settings.ts';

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
    save: () => save(log, model),
    filters: () => filters,
    saveFilter(name: string, text: string) {
      const told = saveFilter(io, name, text);
      filters = { ...filters, [name]: text };
      return told;
    },
    editor: (text: string, what: string) => edit(text, what, io.env),
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

/** Writes the session as it is to a new file in the working folder. Says what to tell the user. */
function save(log: Log, model: Model): string {
  const stamp = new Date().toISOString().replace(/[-:]|\..*/g, '');
  const path = `renego-${stamp}.renego.ndjson`;
  const recorder = createRecorder(path, log.header, () => {});
  for (const event of log.events) recorder.accept(event, model);
  recorder.close('saved');
  return recorder.failure === undefined ? `saved to ${path}` : `not saved: ${recorder.failure}`;
}

/** Shows a text in $VISUAL, $EDITOR or vi, and gives it back as it is saved. Rejects if that cannot be started. */
function edit(text: string, what: string, env: Io['env']): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'renego-'));
  const path = join(folder, `${what.replace(/[^\w.-]+/g, '-')}.txt`);
  writeFileSync(path, text, { mode: 0o600 });
  const [command = 'vi', ...flags] = (env.VISUAL || env.EDITOR || 'vi').split(/\s+/);
  return new Promise<string>((resolve, reject) => {
    const editor = spawn(command, [...flags, path], { stdio: 'inherit' });
    editor.on('error', reject);
    editor.on('exit', () => resolve(readFileSync(path, 'utf8')));
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
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
