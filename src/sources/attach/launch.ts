/** Starts a browser with a profile of its own, which is removed when it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RenegoError } from '../../core/errors.ts';
import type { Endpoint } from './endpoint.ts';
import { findBrowser } from './installed.ts';
import { makeProfile, removeLeftovers } from './profile.ts';

export interface LaunchOptions {
  /** `chromium`, `firefox`, or the path of an executable of either kind. */
  readonly browser: string;
  readonly headless: boolean;
  /** More for its command line. */
  readonly args: readonly string[];
}

export interface Launched {
  readonly endpoint: Endpoint;
  /** Waits until it has ended, or ends it, and removes its profile. */
  close(): Promise<void>;
}

const START_MS = 60_000;
const END_MS = 5_000;

/**
 * Rejects with RenegoError: `usage` for a browser that is not there, `connect` for one that does not start. `ending` aborts
 * when the session is to end: who does not wait for that leaves nothing behind either.
 */
export async function launch({ browser, headless, args }: LaunchOptions, ending: AbortSignal): Promise<Launched> {
  const { path, firefox } = findBrowser(browser);
  void removeLeftovers();
  const profile = makeProfile();
  const own = firefox ? firefoxArgs(profile.path, headless) : chromiumArgs(profile.path, headless);
  const child = spawn(path, [...own, ...args, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  if (child.pid !== undefined) profile.usedBy(child.pid);
  const stop = onImpatience(ending, () => {
    child.kill('SIGKILL');
    profile.removeNow();
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const close = async () => {
    const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(timer);
    await profile.remove();
    stop();
  };
  try {
    return { endpoint: await announced(child, path, ended, hintFor(headless)), close };
  } catch (error) {
    child.kill('SIGKILL');
    await close();
    throw error;
  }
}

/** Calls `leave` when a signal comes while the session is ending: then the process ends at once. Returns what stops that. */
function onImpatience(ending: AbortSignal, leave: () => void): () => void {
  const hear = (signal: NodeJS.Signals): void => {
    // A terminal that is closed says so more than once.
    if (!ending.aborted || signal === 'SIGHUP') return;
    stop();
    leave();
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const stop = (): void => {
    for (const name of names) process.off(name, hear);
  };
  // Before whoever ends the process.
  for (const name of names) process.prependListener(name, hear);
  return stop;
}

/** Windows need a display. */
function hintFor(headless: boolean): string | undefined {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (headless || process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return undefined;
  return 'There is no display here ($DISPLAY): add --headless.';
}

/** Both browsers print where they listen. */
function announced(child: ChildProcess, path: string, ended: Promise<void>, hint?: string): Promise<Endpoint> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      const last = said.trim().split('\n').slice(-3).join(' ').slice(0, 500);
      reject(new RenegoError('connect', 'BROWSER_START', `${path} ${why}${last === '' ? '' : `: ${last}`}`, hint));
    };
    const timer = setTimeout(() => fail('does not say where it listens'), START_MS);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
      const [, kind, url] = /(DevTools|WebDriver BiDi) listening on (ws:\/\/\S+)/.exec(said) ?? [];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(kind === 'DevTools' ? { speaks: 'devtools', url } : { speaks: 'bidi', url: `${url}/session` });
    });
    child.once('error', (error) => fail(`cannot be started (${error.message})`));
    void ended.then(() => {
      clearTimeout(timer);
      fail('ended at once');
    });
  });
}

function chromiumArgs(profile: string, headless: boolean): string[] {
  return [
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-features=Translate,MediaRouter',
    '--password-store=basic',
    '--use-mock-keychain',
    ...(headless ? ['--headless=new'] : []),
    // Its sandbox does not work for root, and it refuses to start then.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

const PREFS = [
  ['browser.shell.checkDefaultBrowser', false],
  ['browser.aboutwelcome.enabled', false],
  ['datareporting.policy.dataSubmissionEnabled', false],
  ['toolkit.telemetry.reportingpolicy.firstRun', false],
  ['app.update.enabled', false],
  ['app.normandy.enabled', false],
  ['browser.startup.page', 0],
  ['browser.startup.homepage', 'about:blank'],
] as const;

function firefoxArgs(profile: string, headless: boolean): string[] {
  const lines = PREFS.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  return ['--remote-debugging-port=0', '--profile', profile, '--no-remote', ...(headless ? ['--headless'] : [])];
}
