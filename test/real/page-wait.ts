/** Waits for what is true in a page. A promise is true at once for a page's own waitForFunction, see `answered`. */
import type { Page } from 'playwright-core';

const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;

/**
 * Waits until this expression is true in the page. Asked by a timer: Chromium stops the animation frames that a page's
 * own waitForFunction counts on where nothing is drawn.
 */
export async function holds(page: Page, expression: string): Promise<void> {
  await page.waitForFunction(expression, undefined, { polling: AGAIN_MS, timeout: PATIENCE_MS });
}

/** `question` is an expression that gives a promise; resolves when that gives something true. */
export async function answered(page: Page, question: string): Promise<void> {
  await page.evaluate(`(async () => {
    const late = Date.now() + ${PATIENCE_MS};
    while (!(await (${question}))) {
      if (Date.now() > late) throw new Error(${JSON.stringify(`never true: ${question}`)});
      await new Promise((resolve) => setTimeout(resolve, ${AGAIN_MS}));
    }
  })()`);
}
