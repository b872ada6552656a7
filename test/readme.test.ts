import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { generated } from './readme.ts';

const path = fileURLToPath(new URL('../README.md', import.meta.url));

test('the generated parts of the README are current; `npm run readme` writes them', { timeout: 180_000 }, async () => {
  const page = readFileSync(path, 'utf8');
  const current = await generated(page);
  if (process.env.RENEGO_WRITE_README === '1') writeFileSync(path, current);
  else expect(page).toBe(current);
});

test('the README has a part for each marker, and every exit code', () => {
  const page = readFileSync(path, 'utf8');
  expect([...page.matchAll(/<!-- (\w+) -->/g)].map(([, name]) => name)).toEqual([
    'screen',
    'commands',
    'protocols',
    'measured',
    'rules',
    'fields',
    'settings',
    'keys',
    'bench',
  ]);
  for (const code of Object.values(EXIT)) expect(page).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'));
});
