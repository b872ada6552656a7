/**
 * What the rules foresee against what real stacks do with random mutations. `RENEGO_SEED=7 RENEGO_CASES=2000` tries more;
 * `RENEGO_MUTATORS='mid|group'` only these; `RENEGO_ORACLE=folder` keeps the transcripts of all cases that went apart.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { collect } from '../helpers/heap.ts';
import { seeded } from '../helpers/seeded.ts';
import { type Firefox, type FirefoxPage, startFirefox } from './firefox.ts';
import { ask, type Case, KINDS, type Oracle, share, table } from './oracle.ts';
import { requirePart, withParts } from './parts.ts';
import { applyOne, closeAll, type Outcome, type Prepared, prepareAll, type Store } from './subjects.ts';

const SEED = Number(process.env.RENEGO_SEED ?? 4711);
const CASES = Number(process.env.RENEGO_CASES ?? 400);
const ONLY = new RegExp(process.env.RENEGO_MUTATORS ?? '');
/** The share of cases in which Firefox may say something else: of odd syntax more is known about Chromium's parser. */
const FIREFOX_APART = 0.04;
const FIXTURES = new URL('../fixtures/sdp/', import.meta.url);
const OFFERS = readdirSync(FIXTURES)
  .filter((name) => /-offer-.*\.sdp$/.test(name) && !name.includes('10-sections'))
  .map((name) => readFileSync(new URL(name, FIXTURES), 'utf8'));

function report(oracle: Oracle, cases: readonly Case[]): void {
  const refused = cases.filter(({ outcome }) => outcome.applied !== 'ok').length;
  const kinds = KINDS.map((kind) => `${kind} ${(share(cases, [kind]) * 100).toFixed(1)} %`);
  console.log(
    `${oracle.name}, seed ${SEED}: ${cases.length} cases, ${refused} refused; ${kinds.join(', ')}\n${table(cases)}`,
  );
  const folder = process.env.RENEGO_ORACLE;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const [i, { kind, mutator, lines, outcome }] of cases.entries()) {
    if (kind === 'agrees') continue;
    const name = `${oracle.name}-${SEED}-${i}-${kind}-${mutator}.ndjson`.replace(/[^\w.-]+/g, '_');
    const text = [...lines, outcome].map((line) => JSON.stringify(line)).join('\n');
    writeFileSync(join(folder, name), text);
  }
}

/** Set in the process by itself that asks the engine. */
const ALONE = process.env.RENEGO_ENGINE_ORACLE === '1';
const TRIES = 3;

/** What this file says when it runs by itself, in a process of its own. */
function alone(): Promise<{ readonly code: number; readonly told: string }> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const args = ['run', '--config', 'test/vitest.config.ts', '--project', 'real', 'real/oracle', '-t', 'the engine'];
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  const env = { ...Object.fromEntries(clean), RENEGO_ENGINE_ORACLE: '1' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/vitest/vitest.mjs'), ...args],
      { cwd: root, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), told: stdout + stderr }),
    );
  });
}

withParts(['wrtc'], 'rules against the engine', () => {
  // Hundreds of connections, opened, broken and closed: now and then the stack crashes in its own destructors (a segmentation
  // fault in libgcc's unwinder), which says nothing about the rules and must not take the other tests with it.
  it.skipIf(ALONE)('finds an error in what it refuses, in a process of its own', { timeout: 300_000 }, async () => {
    let { code, told } = await alone();
    for (let more = TRIES - 1; more > 0 && /Worker exited unexpectedly/.test(told); more -= 1) {
      console.warn('the WebRTC stack crashed; asked again');
      ({ code, told } = await alone());
    }
    expect(told).toMatch(/engine, seed \d+: \d+ cases/);
    expect(code, told).toBe(0);
  });

  it.runIf(ALONE)('finds an error in what the engine refuses', async () => {
    const { RTCPeerConnection } = createRequire(import.meta.url)('@roamhq/wrtc') as typeof globalThis;
    const store: Store = { subjects: [], create: () => new RTCPeerConnection() };
    // As long as one is open, the stack keeps its threads; it would start them again for each pair.
    const spare = new RTCPeerConnection();
    const oracle: Oracle = {
      name: 'engine',
      batch: 1,
      async prepare(plans) {
        closeAll(store);
        // A closed connection keeps eight files open until its object is collected, and one that has gathered far more: each
        // pair of TCP candidates is another socket. When it can open no more the stack ends the process. Closing goes on in
        // the stack's own thread, whose last words come as a task.
        await new Promise((resolve) => setTimeout(resolve, 5));
        collect();
        return prepareAll(plans, store);
      },
      apply: (message, which) => applyOne(message, store, which),
    };
    // Half as many: collecting takes as long as the rest.
    const cases = await ask(oracle, CASES / 2, seeded(SEED), OFFERS, ONLY);
    closeAll(store);
    spare.close();
    report(oracle, cases);
    expect(share(cases, ['missed', 'false alarm'])).toBeLessThan(0.02);
  });
});

withParts(['chromium'], 'rules against Chromium', () => {
  const flags = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  const args = ['--no-sandbox', '--disable-gpu', '--disable-sync', ...flags];
  let browser: Browser | undefined;
  afterAll(() => browser?.close());

  /** A page by itself for each batch: closed connections count until their page is gone. */
  async function openPage(): Promise<Page> {
    browser ??= await chromium.launch({ executablePath: requirePart('chromium'), headless: true, args });
    const page = await browser.newPage();
    const store = '{ subjects: [], create: () => new RTCPeerConnection() }';
    await page.evaluate(
      `window.store = ${store}; window.prepareAll = ${prepareAll}; window.applyOne = ${applyOne}; undefined`,
    );
    return page;
  }

  it('foresees what Chromium says', async () => {
    let page: Page | undefined;
    const oracle: Oracle = {
      name: 'chromium',
      async prepare(plans) {
        await page?.close();
        page = await openPage();
        return page.evaluate(`prepareAll(${JSON.stringify(plans)}, store)`);
      },
      apply: async (message, which) =>
        page?.evaluate<Outcome>(`applyOne(${JSON.stringify(message)}, store, ${which})`).catch(() => undefined),
    };
    const cases = await ask(oracle, CASES, seeded(SEED), OFFERS, ONLY);
    report(oracle, cases);
    expect(share(cases, ['missed', 'words', 'false refusal', 'false alarm'])).toBeLessThan(0.02);
  });
});

withParts(['firefox', 'servers'], 'rules against Firefox', () => {
  let browser: Firefox | undefined;
  afterAll(() => browser?.close());

  it('foresees what Firefox says', async () => {
    browser = await startFirefox();
    const fresh = '{ subjects: [], create: () => new RTCPeerConnection() }';
    let page: FirefoxPage | undefined;
    const oracle: Oracle = {
      name: 'firefox',
      async prepare(plans) {
        await page?.close();
        page = await browser?.newPage();
        const define = `window.store = ${fresh}; window.prepareAll = ${prepareAll}; window.applyOne = ${applyOne};`;
        await page?.evaluate(`(() => { ${define} })()`);
        return page?.evaluate(`prepareAll(${JSON.stringify(plans)}, store)`) as Promise<Prepared[]>;
      },
      apply: (message, which) =>
        page?.evaluate(`applyOne(${JSON.stringify(message)}, store, ${which})`) as Promise<Outcome>,
    };
    const cases = await ask(oracle, CASES, seeded(SEED), OFFERS, ONLY);
    report(oracle, cases);
    expect(share(cases, ['missed', 'words', 'false refusal', 'false alarm'])).toBeLessThan(FIREFOX_APART);
  });
});
