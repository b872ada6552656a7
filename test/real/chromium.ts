/** A Chromium of its own that listens for debuggers, driven by the test over another connection. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { requirePart } from './parts.ts';

export interface Listening {
  /** `127.0.0.1:port` */
  readonly endpoint: string;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly child: ChildProcess;
  close(): Promise<void>;
}

export async function startChromium(...args: string[]): Promise<Listening> {
  const profile = mkdtempSync(join(tmpdir(), 'renego-test-'));
  const flags = ['--headless=new', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0'];
  const child = spawn(requirePart('chromium'), [...flags, ...args, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'pipe',
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(said)));
  });
  const browser = await chromium.connectOverCDP(url);
  const [context] = browser.contexts();
  if (!context) throw new Error('no context');
  return {
    endpoint: new URL(url).host,
    browser,
    context,
    child,
    async close() {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      // By itself it waits for its own processes, which else may still write.
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
