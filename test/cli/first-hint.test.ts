import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstHint } from '../../src/cli/first-hint.ts';

test('a hint at each of the first starts, never wider than 80 columns show, and then none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'renego-hint-'));
  try {
    const env = { XDG_STATE_HOME: folder };
    const hints = Array.from({ length: 5 }, () => firstHint({ env }, {}).hint ?? '');
    expect(hints.map(({ length }) => length > 0)).toEqual([true, true, true, false, false]);
    for (const hint of hints) expect(hint.length).toBeLessThanOrEqual(78);
    expect(firstHint({ env: { ...env, CI: '1' } }, {})).toEqual({});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
