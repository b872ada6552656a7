/** A real Firefox, driven over WebDriver BiDi. */
import { createRequire } from 'node:module';
import { requirePart } from './parts.ts';

/** What is used of a page; a script is an expression, and its promise is awaited. */
export interface FirefoxPage {
  evaluate(script: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Firefox {
  newPage(): Promise<FirefoxPage>;
  close(): Promise<void>;
}

interface Puppeteer {
  launch(options: object): Promise<Firefox>;
}

/** Prefs: media without devices and questions. */
const PREFS = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true };

export function startFirefox(): Promise<Firefox> {
  const require = createRequire(new URL('../servers/package.json', import.meta.url));
  const puppeteer = require('puppeteer-core') as Puppeteer;
  const executablePath = requirePart('firefox');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: PREFS,
    timeout: 120_000,
  });
}
