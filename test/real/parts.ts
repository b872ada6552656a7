/** Real parts that a test needs: where one is absent its tests are skipped and say so, or fail if they are required. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** `servers`: what `npm ci --ignore-scripts --prefix test/servers` installs. */
export type Part =
  | 'chromium'
  | 'firefox'
  | 'tmux'
  | 'npm'
  | 'wrtc'
  | 'janus'
  | 'kamailio'
  | 'coturn'
  | 'aiortc'
  | 'zsh'
  | 'fish'
  | 'servers';

const FINDERS: Readonly<Record<Part, () => string | undefined>> = {
  chromium: () =>
    process.env.CHROMIUM_PATH ?? onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome'),
  tmux: () => onPath('tmux'),
  npm: () => onPath('npm'),
  wrtc: loadableEngine,
  firefox: () => process.env.FIREFOX_PATH ?? onPath('firefox-esr') ?? onPath('firefox'),
  janus: () => onPath('janus'),
  kamailio: () => onPath('kamailio') ?? existing('/usr/sbin/kamailio'),
  coturn: () => onPath('turnserver'),
  aiortc: () => (existing('/usr/lib/python3/dist-packages/aiortc') ? '/usr/bin/python3' : undefined),
  zsh: () => onPath('zsh'),
  fish: () => onPath('fish'),
  servers: () => existing(join(import.meta.dirname, '../servers/node_modules')),
};

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

const existing = (path: string): string | undefined => (existsSync(path) ? path : undefined);

function loadableEngine(): string | undefined {
  try {
    execFileSync(process.execPath, ['-e', "require('@roamhq/wrtc')"], { stdio: 'ignore', cwd: import.meta.dirname });
    return '@roamhq/wrtc';
  } catch {
    return undefined;
  }
}

/** Where the part is; undefined if it is not on this machine. */
export function findPart(part: Part): string | undefined {
  return FINDERS[part]();
}

/**
 * `describe` if all parts are here. Else a describe whose tests are skipped, named after what is missing;
 * with RENEGO_REQUIRE_PARTS=1 an error.
 */
export function withParts(parts: readonly Part[], name: string, body: () => void): void {
  const missing = parts.filter((part) => findPart(part) === undefined);
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const reason = `${missing.join(' and ')} not found on this machine`;
  if (process.env.RENEGO_REQUIRE_PARTS === '1') throw new Error(`${name}: ${reason}`);
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(`${name} (skipped: ${reason})`, body);
}

/** The path of a part that `withParts` has found. */
export function requirePart(part: Part): string {
  const path = findPart(part);
  if (path === undefined) throw new Error(`${part} not found on this machine`);
  return path;
}
