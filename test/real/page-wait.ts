/** Waits for what a page can only find out by asking: a promise is true at once for a page's own waitForFunction. */
import type { Page } from 'playwright-core';

const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;

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
