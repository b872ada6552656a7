/** Which browsers are installed on this machine. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { RenegoError } from '../../core/errors.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  chromium: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'chrome',
    'msedge',
  ],
  firefox: ['firefox', 'firefox-esr'],
};

const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  firefox: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

/** Throws RenegoError `UNKNOWN_BROWSER` for a name that is none, `BROWSER_NOT_FOUND` for one that is not installed. */
export function findBrowser(browser: string): { readonly path: string; readonly firefox: boolean } {
  const names = NAMES[browser];
  if (names === undefined) {
    if (existsSync(browser)) return { path: browser, firefox: /firefox/i.test(browser) };
    const hint = 'Write chromium, firefox, or the path of its executable.';
    throw new RenegoError('usage', 'UNKNOWN_BROWSER', `--browser: there is no '${browser}'`, hint);
  }
  const path = installed(browser)[0];
  if (path !== undefined) return { path, firefox: browser === 'firefox' };
  const hint = 'Name its executable: --browser /path/to/it.';
  throw new RenegoError('connect', 'BROWSER_NOT_FOUND', `no ${browser} was found on this machine`, hint);
}

/** The executables of one kind that are there, those on the PATH first. */
export function installed(kind: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = NAMES[kind] ?? [];
  const files = names.flatMap((name) => folders.flatMap((folder) => [join(folder, name), join(folder, `${name}.exe`)]));
  return [...files, ...(ELSEWHERE[kind] ?? [])].filter((file) => existsSync(file));
}
