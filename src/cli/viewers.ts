/** The programs of others that a text is shown in or handed to: editor, pager, the clipboards of tmux and GNU screen. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './io.ts';

type Env = Io['env'];
export type Viewer = 'editor' | 'pager';

/** As the environment names it, or what every system of that kind has. */
export function viewerOf(viewer: Viewer, env: Env, platform: NodeJS.Platform = process.platform): string {
  const isWindows = platform === 'win32';
  if (viewer === 'pager') return env.PAGER || (isWindows ? 'more' : 'less');
  return env.VISUAL || env.EDITOR || (isWindows ? 'notepad' : 'vi');
}

/** What a shell says of a program that is not there; the second is that of Windows. */
const NOT_FOUND: readonly (number | null)[] = [127, 9009];

/** As others read these variables: by a shell, so that flags, quotes and names with blanks work. */
function started(command: string, path: string): ChildProcess {
  if (process.platform === 'win32') return spawn(`${command} "${path}"`, { shell: true, stdio: 'inherit' });
  return spawn('sh', ['-c', `${command} "$@"`, command, path], { stdio: 'inherit' });
}

/** Shows a text in an editor or pager, and gives it back as it is then. Rejects if that cannot be started. */
export function show(text: string, what: string, env: Env, viewer: Viewer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'renego-'));
  const name = what.replace(/[^\w.-]+/g, '-');
  const path = join(folder, name.endsWith('.json') ? name : `${name}.txt`);
  writeFileSync(path, text, { mode: 0o600 });
  const command = viewerOf(viewer, env);
  return new Promise<string>((resolve, reject) => {
    const program = started(command, path);
    program.on('error', reject);
    program.on('exit', (code) => {
      if (NOT_FOUND.includes(code))
        reject(new Error(`"${command}" was not found; $${viewer.toUpperCase()} names another`));
      else resolve(readFileSync(path, 'utf8'));
    });
  }).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/**
 * Hands a copied text to tmux, if that is what the screen is in: as it comes, tmux lets no program set a clipboard by OSC
 * 52, but it passes on what it is given. Before tmux 3.2 it is only tmux's own (no `-w`).
 */
export function tmuxClipboard(env: Env): { readonly clipboard?: (text: string) => void } {
  if (!env.TMUX) return {};
  const load = (text: string, flags: readonly string[], failed: () => void): void => {
    const tmux = spawn('tmux', ['load-buffer', ...flags, '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
    tmux.on('error', () => {});
    tmux.on('exit', (code) => code !== 0 && failed());
    tmux.stdin.on('error', () => {});
    tmux.stdin.end(text);
  };
  return { clipboard: (text) => load(text, ['-w'], () => load(text, [], () => {})) };
}

/** Longer pieces than this GNU screen may drop. */
const PIECE = 500;

/** A text for the clipboard by OSC 52, in the pieces (DCS) that GNU screen passes on to its terminal as they are. */
export function throughScreen(text: string): string {
  const whole = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
  const pieces = whole.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'g')) ?? [];
  return pieces.map((piece) => `\u001bP${piece}\u001b\\`).join('');
}

/** Hands on a copied text to what the screen is in, which takes none from a program itself: tmux, GNU screen. */
export function clipboardOf(env: Env, write: (text: string) => void): { readonly clipboard?: (text: string) => void } {
  const { clipboard: tmux } = tmuxClipboard(env);
  if (!env.STY) return tmux === undefined ? {} : { clipboard: tmux };
  return {
    clipboard(text) {
      tmux?.(text);
      write(throughScreen(text));
    },
  };
}
