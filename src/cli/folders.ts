/** Where a user's settings and what the program remembers of its starts are kept: as XDG says, on Windows as there. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './io.ts';

type Env = Io['env'];

const homeOf = (env: Env): string => env.HOME || homedir();
/** A variable of Windows, which other systems may have for other reasons. */
const onWindows = (value: string | undefined, platform: NodeJS.Platform) => (platform === 'win32' ? value : undefined);

/** `$XDG_CONFIG_HOME`, `%APPDATA%` or `~/.config`. */
export function settingsFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  return env.XDG_CONFIG_HOME || onWindows(env.APPDATA, platform) || join(homeOf(env), '.config');
}

/** `$XDG_STATE_HOME`, `%LOCALAPPDATA%` or `~/.local/state`. */
export function stateFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  return env.XDG_STATE_HOME || onWindows(env.LOCALAPPDATA, platform) || join(homeOf(env), '.local', 'state');
}
