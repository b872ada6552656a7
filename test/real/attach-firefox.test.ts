/** What `renego attach` sees of the API in a real Firefox, and that the page cannot see it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from './attach-app.ts';
import { PAGES } from './attach-pages.ts';
import { expectAllTold } from './attach-told.ts';
import { type Lines, linesOf } from './lines.ts';
import { requirePart, withParts } from './parts.ts';
import { start } from './process.ts';

withParts(['firefox'], 'what renego attach sees of the API in Firefox', () => {
  let app: App;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    app = await startApp(PAGES);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
  });
  afterAll(() => app?.close());

  function attach(path: string): Lines {
    const flags = ['--browser', 'firefox', '--headless', '--json', '--timeout', '150s', '--launch'];
    const running = start(['attach', ...flags, new URL(path, app.url).href]);
    open.push({ close: () => running.child.kill('SIGTERM') && running.ended() });
    return linesOf(running);
  }

  /** Firefox with a page, and nobody to watch it. */
  function browse(path: string): void {
    const profile = mkdtempSync(join(tmpdir(), 'renego-test-'));
    const own = ['--headless', '--no-remote', '--profile', profile, new URL(path, app.url).href];
    const child = spawn(requirePart('firefox'), own, { stdio: 'ignore' });
    const ended = once(child, 'exit');
    open.push({
      async close() {
        child.kill('SIGTERM');
        await ended;
        await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
      },
    });
  }

  test('a page looks the same to itself whether it is watched or not', async () => {
    const alone = app.reported();
    browse('/look-and-report');
    const before = JSON.parse(await alone) as string[];
    const watched = app.reported();
    const lines = attach('/look-and-report');
    // Firefox makes the names of window as they are asked for, so that their order tells what was.
    expect((JSON.parse(await watched) as string[]).toSorted()).toEqual(before.toSorted());
    expect(before.length).toBeGreaterThan(500);
    await lines.until('what it did', (line) => line.kind === 'call' && line.name === 'direction =');
  });

  test('every call, event and refusal is told', async () => {
    const lines = attach('/all-at-once');
    await lines.until('the end', (line) => line.name === 'addTransceiver' && line.ok === false);
    expectAllTold(lines.all);
  });
});
