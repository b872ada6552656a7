/** The report in HTML, in a real Chromium: hostile text, narrow windows, search. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { check } from '../../src/rules/index.ts';
import { htmlReport } from '../../src/sinks/report/html.ts';
import { mermaidReport } from '../../src/sinks/report/mermaid.ts';
import { type Told, tell } from '../../src/sinks/report/told.ts';
import { emptyRecording, recorded } from '../recording.ts';
import { requirePart, withParts } from './parts.ts';

const MERMAID = createRequire(import.meta.url).resolve('@mermaid-js/tiny');

const EVILS = [
  '',
  '<script>document.title="evil"</script>',
  '</script><img src="http://evil.invalid/" onerror="document.title=\'evil\'">',
  '"><svg onload=document.title="evil">',
  '</style><style>*{display:none}</style>',
  "javascript:document.title='evil'",
  '\u202eabc\u0000\u001b[31m',
  'x'.repeat(100_000),
];

function hostile(): Told {
  const { log, model } = emptyRecording();
  for (const evil of EVILS) {
    const sdp = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=${evil}\r\nt=0 0\r\nm=audio 9 ${evil} 0\r\na=mid:${evil}\r\n`;
    const message = { from: evil, to: 'b', kind: 'message', protocol: evil, encoding: 'text', raw: evil } as const;
    log.append({ ...message, signals: [{ type: 'offer', pc: evil, sdp }] });
    log.append({ ...message, signals: [{ type: 'candidate', pc: evil, candidate: evil, mid: evil }] });
    log.append({ ...message, signals: [{ type: 'other', label: evil }] });
    log.append({ from: 'b', to: 'b', kind: 'problem', code: evil, detail: evil });
  }
  for (let n = 0; n < 500; n += 1) {
    const raw = `message ${n}`;
    const named = { protocol: 'x', encoding: 'text', raw, signals: [{ type: 'other', label: `needle${n}` }] } as const;
    log.append({ from: 'b', to: EVILS[0] ?? '', kind: 'message', ...named });
  }
  return tell(log.header, model, check(log.events, {}));
}

/** The text of each message and note that Mermaid draws of this diagram. */
async function drawn(page: Page, diagram: string): Promise<readonly string[]> {
  const svg = await page.evaluate(async (text) => {
    const { mermaid } = globalThis as unknown as {
      mermaid: { render(id: string, text: string): Promise<{ svg: string }> };
    };
    return (await mermaid.render('diagram', text)).svg;
  }, diagram);
  return page.evaluate((drawing) => {
    document.body.innerHTML = drawing;
    return [...document.querySelectorAll('.messageText, .noteText')].map(({ textContent }) => textContent ?? '');
  }, svg);
}

withParts(['chromium'], 'the report in Chromium', () => {
  let browser: Browser;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'renego-test-'));
  const said: string[] = [];

  beforeAll(async () => {
    const file = join(folder, 'report.html');
    writeFileSync(file, [...htmlReport(hostile())].join(''));
    browser = await chromium.launch({ executablePath: requirePart('chromium'), args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) said.push(request.url());
    });
    await page.goto(`file://${file}`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shown = () => page.evaluate(() => document.querySelectorAll('.row:not(.head):not(.hidden)').length);

  it('runs nothing of what a peer sent, and asks nobody', async () => {
    expect(await page.title()).toMatch(/^renego: /);
    expect(await page.evaluate(() => document.querySelectorAll('script').length)).toBe(1);
    expect(await page.evaluate(() => document.querySelectorAll('style').length)).toBe(1);
    expect(await page.evaluate(() => document.querySelectorAll('img,svg,iframe,a:not([href^="#"])').length)).toBe(0);
    expect(said).toEqual([]);
  });

  it.each([1400, 420])('is no wider than a window of %i pixels, whatever is in it', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForFunction((wanted) => innerWidth === wanted, width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const tallest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('.row')].map((row) => row.getBoundingClientRect().height)),
    );
    expect(tallest).toBeLessThan(900);
  });

  it('is drawn by Mermaid, whatever is in it', async () => {
    const canvas = await browser.newPage();
    await canvas.addScriptTag({ path: MERMAID });
    const asked: string[] = [];
    canvas.on('request', (request) => asked.push(request.url()));
    const texts = await drawn(canvas, mermaidReport(hostile()));
    const whole = texts.join('\n');
    expect(whole).toMatch(/^offer #1 /m);
    expect(whole).toMatch(/^and \d+ more$/m);
    expect(whole).toContain('<script>document.title="evil"</script>');
    expect(await canvas.evaluate(() => [document.title, document.querySelectorAll('script').length])).toEqual(['', 1]);
    expect(asked).toEqual([]);
    const { log, model } = recorded('ice-restart.ndjson');
    const told = tell(log.header, model, []);
    const plain = await drawn(canvas, mermaidReport(told));
    expect(plain.filter((text) => text.startsWith('offer #'))).toHaveLength(4);
    expect(plain).toContain('offer #2 · ICE restart · header extensions');
  });

  it('finds by words, and shows all again', async () => {
    const all = await shown();
    expect(all).toBeGreaterThan(500);
    await page.fill('#search', 'needle499');
    expect(await shown()).toBe(1);
    await page.fill('#search', '');
    expect(await shown()).toBe(all);
  });
});
